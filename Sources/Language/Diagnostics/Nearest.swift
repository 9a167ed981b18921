/// The edit distance in which a swap of two neighbours, the commonest slip of a hand, costs one.
public func editDistance(_ first: String, _ second: String) -> Int {
  let from = Array(first.lowercased()), to = Array(second.lowercased())
  if from.isEmpty || to.isEmpty { return max(from.count, to.count) }
  var beforeLast = [Int](repeating: 0, count: to.count + 1)
  var last = Array(0...to.count)
  for row in 1...from.count {
    var current = [row] + [Int](repeating: 0, count: to.count)
    for column in 1...to.count {
      let change = from[row - 1] == to[column - 1] ? 0 : 1
      current[column] = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + change)
      if row > 1, column > 1, from[row - 1] == to[column - 2], from[row - 2] == to[column - 1] {
        current[column] = min(current[column], beforeLast[column - 2] + 1)
      }
    }
    (beforeLast, last) = (last, current)
  }
  return last[to.count]
}

/// The word that was probably meant, if one is near enough: at most a third of its letters away, at least one, but not all: every other
/// letter is as near to a letter.
public func nearest(_ word: String, in words: some Sequence<String>) -> String? {
  guard word.count <= 64 else { return nil }
  var best: (word: String, distance: Int)?
  for candidate in words where candidate.count <= 64 {
    let distance = editDistance(word, candidate)
    if distance <= max(1, min(word.count, candidate.count) / 3), distance < max(word.count, candidate.count), distance < best?.distance ?? .max { best = (candidate, distance) }
  }
  return best?.word
}

/// `did you mean city?`, or else what there is: `there are city, streets`.
public func suggestion(for word: String, in words: [String], none: String? = nil) -> String? {
  if let near = nearest(word, in: words) { return "did you mean \(near)?" }
  if words.isEmpty { return none }
  let shown = words.prefix(12).joined(separator: ", ")
  return words.count > 12 ? "there are \(shown) and \(words.count - 12) more" : words.count == 1 ? "there is \(shown)" : "there are \(shown)"
}
