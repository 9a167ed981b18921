extension Parser {
  /// `parameter=value` and values, up to the end.
  mutating func arguments() -> [Argument] {
    var arguments: [Argument] = []
    while let word = peek() {
      if let mended = mendedBySpaces(from: at) {
        let length = mendedLength(from: at)
        fail("a value holds no spaces", word.range.joined(to: words[at + length - 1].range), "write \(mended)", replacement: mended)
        at += length
        continue
      }
      at += 1
      if reportsOption(word) { continue }
      if let argument = argument(word) { arguments.append(argument) }
    }
    return arguments
  }

  private mutating func argument(_ word: Word) -> Argument? {
    if word.text == "=" || Comparison.Comparator(rawValue: word.text) != nil {
      fail("'\(word.text)' is not expected here", word.range, "only expect compares; an argument is written parameter=value")
      return nil
    }
    if let next = peek(), next.text.hasPrefix("="), Reference.isName(word.text) {
      let value = next.text == "=" ? peek(1) : nil
      let right = next.text == "=" ? value?.text ?? "" : String(next.text.dropFirst())
      at += value == nil ? 1 : 2
      fail("an argument has no spaces around its '='", word.range.joined(to: words[at - 1].range), "write \(word.text)=\(right)", replacement: right.isEmpty ? nil : "\(word.text)=\(right)")
      return nil
    }
    guard !word.text.hasPrefix("\""), let cut = word.text.firstIndex(of: "="), Reference.isName(word.text[..<cut]) else {
      return term(word).map { Argument(value: $0) }
    }
    let split = word.range.start + word.text[..<cut].utf8.count
    let parameter = Word(String(word.text[..<cut]), SourceRange(word.range.start, split))
    let value = Word(String(word.text[word.text.index(after: cut)...]), SourceRange(split + 1, word.range.end))
    tokens += [Token(.parameter, parameter.range), Token(.equals, SourceRange(split, split + 1))]
    if value.text.isEmpty {
      let next = peek()
      if next != nil { at += 1 }
      fail("\(parameter.text)= has no value", word.range, next.map { "write \(parameter.text)=\($0.text)" })
      return nil
    }
    return term(value).map { Argument(parameter: parameter, value: $0) }
  }

  /// `value < value < value`
  mutating func comparison(of command: String, _ range: SourceRange) -> Comparison? {
    var terms: [Term] = []
    var comparators: [Comparison.Comparator] = []
    let example = "for example \(command) iou1.miou > 30"
    guard peek() != nil else {
      fail("\(command) needs a comparison", range, example)
      return nil
    }
    while let word = peek() {
      at += 1
      if terms.count == comparators.count {
        guard Comparison.Comparator(rawValue: word.text) == nil else {
          fail("a value is missing before '\(word.text)'", word.range, example)
          return nil
        }
        if let cut = word.text.firstIndex(where: { "<>=".contains($0) }), !word.text.hasPrefix("\"") {
          let sign = word.text[cut...].prefix { "<>=".contains($0) }
          let apart = "\(word.text[..<cut]) \(sign) \(word.text[sign.endIndex...])"
          fail("'\(sign)' needs spaces around it", word.range, "write \(apart)", replacement: apart)
          return nil
        }
        guard let term = term(word) else { return nil }
        terms.append(term)
      } else if let comparator = Comparison.Comparator(rawValue: word.text) {
        tokens.append(Token(.comparator, word.range))
        comparators.append(comparator)
      } else {
        let known = ["==": "=", "≤": "<=", "≥": ">=", "=<": "<=", "=>": ">="][word.text]
        fail("'\(word.text)' does not compare", word.range, known.map { "write \($0)" } ?? "< > <= >= = do", replacement: known)
        return nil
      }
    }
    guard !comparators.isEmpty, terms.count == comparators.count + 1 else {
      let last = words[words.count - 1].range
      fail(comparators.isEmpty ? "\(command) needs a comparison" : "a value is missing at the end", last, example)
      return nil
    }
    return Comparison(terms, comparators)
  }

  /// `512x256` for `512 x 256` or `512x 256` at this word; nil where the words are well apart.
  func mendedBySpaces(from index: Int) -> String? {
    let length = mendedLength(from: index)
    return length == 0 ? nil : words[index..<(index + length)].map(\.text).joined().replacing("X", with: "x").replacing("×", with: "x")
  }

  private func mendedLength(from index: Int) -> Int {
    let joints = ["x", "X", "×", "..", "%"]
    for length in [3, 2] where index + length <= words.count {
      var parts = words[index..<(index + length)].map(\.text)
      // `size=512 x 256`: what is mended is the value.
      if let equals = parts[0].firstIndex(of: "="), Reference.isName(parts[0][..<equals]) { parts[0] = String(parts[0][parts[0].index(after: equals)...]) }
      let cut = (0..<(length - 1)).contains { i in joints.contains { parts[i].hasSuffix($0) || parts[i + 1].hasPrefix($0) } }
      guard cut, parts[0].first?.isNumber == true || parts[0].first == "-" else { continue }
      if length == 3, !joints.contains(parts[1]) { continue }
      let joined = parts.joined().replacing("X", with: "x").replacing("×", with: "x")
      guard let term = try? Term.read(Word(joined, SourceRange(0, 0))) else { continue }
      switch term.literal {
      case .size, .range, .percent: return length
      default: continue
      }
    }
    return 0
  }
}
