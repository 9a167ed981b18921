/// Compares recorded lines with what is shown now. Spaces and line breaks count as one space; `...` in the recording matches anything;
/// numbers agree as their nature asks, and digests exactly.
public struct OutputComparison {
  public let verdict: Verdict
  /// True where a digest is another one: the recipe changed.
  public let isRecipeChanged: Bool

  /// `isExact` where trained and rounded numbers must be those that were recorded as well.
  public init(recorded: [String], now: [Phrase], isExact: Bool = false) {
    let recording = OutputComparison.collapsed(recorded.joined(separator: " "))
    let atoms = OutputComparison.atoms(now)
    let segments = OutputComparison.segments(recording)
    var at = 0
    var worst = Verdict.same
    for (index, segment) in segments.enumerated() {
      let isFirst = index == 0, isLast = index == segments.count - 1
      var found: (end: Int, verdict: Verdict)?
      for start in isFirst ? at...at : at...atoms.count {
        guard let match = OutputComparison.match(segment, atoms, from: start, isExact) else { continue }
        if isLast, match.end != atoms.count { continue }
        found = match
        break
      }
      guard let found else {
        verdict = .differs
        isRecipeChanged = OutputComparison.digests(recording) != now.flatMap(\.digests)
        return
      }
      worst = max(worst, found.verdict)
      at = found.end
    }
    verdict = worst
    isRecipeChanged = false
  }

  /// One character, a number, or a digest of what is shown now.
  private enum Atom {
    case character(Character)
    case number(Number)
    case digest(String)
  }

  private static func collapsed(_ text: String) -> [Character] {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ").map(\.self)
  }

  private static func atoms(_ lines: [Phrase]) -> [Atom] {
    var atoms: [Atom] = []
    var owesSpace = false
    func add(_ atom: Atom) {
      if owesSpace, !atoms.isEmpty { atoms.append(.character(" ")) }
      owesSpace = false
      atoms.append(atom)
    }
    for line in lines {
      owesSpace = true
      for piece in line.pieces {
        switch piece {
        case .number(let number): add(.number(number))
        case .key: break
        case .digest: for character in piece.text { add(character == "@" ? .character("@") : .digest(String(character))) }
        case .words: for character in piece.text { if character.isWhitespace { owesSpace = true } else { add(.character(character)) } }
        }
      }
    }
    return atoms
  }

  /// The stretches between `...`, with their spaces at such a gap dropped: a gap may stand for nothing.
  private static func segments(_ recording: [Character]) -> [[Character]] {
    var segments: [[Character]] = [[]]
    var at = 0
    while at < recording.count {
      if recording[at...].starts(with: "...") {
        at += 3
        while at < recording.count, recording[at] == "." { at += 1 }
        if segments[segments.count - 1].last == " " { segments[segments.count - 1].removeLast() }
        if at < recording.count, recording[at] == " " { at += 1 }
        segments.append([])
      } else {
        segments[segments.count - 1].append(recording[at])
        at += 1
      }
    }
    return segments
  }

  private static func match(_ segment: [Character], _ atoms: [Atom], from start: Int, _ isExact: Bool) -> (end: Int, verdict: Verdict)? {
    var at = start
    var index = 0
    var worst = Verdict.same
    while index < segment.count {
      guard at < atoms.count else { return nil }
      switch atoms[at] {
      case .character(let character):
        guard segment[index] == character else { return nil }
        index += 1
      case .digest(let digit):
        guard String(segment[index]) == digit else { return nil }
        index += 1
      case .number(let number):
        let length = numberLength(segment[index...], number)
        guard length > 0 else { return nil }
        guard let verdict = agreement(String(segment[index..<(index + length)]), number, isExact) else { return nil }
        worst = max(worst, verdict)
        index += length
      }
      at += 1
    }
    return (at, worst)
  }

  /// How many characters spell a number here.
  private static func numberLength(_ rest: ArraySlice<Character>, _ number: Number) -> Int {
    let text = Array(number.text)
    if !number.value.isFinite, rest.starts(with: text) { return text.count }
    var length = rest.first == "-" ? 1 : 0
    let whole = rest.dropFirst(length).prefix { ("0"..."9").contains($0) }.count
    guard whole > 0 else { return 0 }
    length += whole
    if rest.dropFirst(length).first == "." {
      let places = rest.dropFirst(length + 1).prefix { ("0"..."9").contains($0) }.count
      if places > 0 { length += 1 + places }
    }
    return length
  }

  /// Nil where they differ. Digits that were written to the same place must be the same, or are at best close: a number whose last digit
  /// was changed by hand never passes for the one that was recorded.
  static func agreement(_ recorded: String, _ number: Number, _ isExact: Bool = false) -> Verdict? {
    if recorded == number.text { return .same }
    guard let old = Double(recorded), number.value.isFinite else { return nil }
    let places = recorded.split(separator: ".").dropFirst().first?.count ?? 0
    let unit = Number(0, places: places).unit
    let distance = abs(old - number.value), isNear = distance <= unit / 2 * (1 + 1e-9)
    if isNear, places < number.places { return .same }
    if isNear, places > number.places, number.nature != .exact { return .same }
    if isExact { return nil }
    switch number.nature {
    case .exact: return nil
    case .rounded: return distance <= unit * (1 + 1e-9) ? .close : nil
    case .trained(let tolerance):
      let allowed = switch tolerance {
      case .absolute(let most): most
      case .relative(let share): share * abs(old)
      }
      return distance <= allowed + unit / 2 * (1 + 1e-9) ? .close : nil
    }
  }

  /// What looks like a digest in a recording.
  private static func digests(_ recording: [Character]) -> [String] {
    String(recording).split { " ,;()".contains($0) }.filter { word in
      word.first == "@" && word.count == 9 && word.dropFirst().allSatisfy { $0.isHexDigit && !$0.isUppercase }
    }.map { String($0.dropFirst()) }
  }
}

extension Phrase {
  /// The first digits of the digests in it.
  var digests: [String] { pieces.compactMap { if case .digest(let digest) = $0 { String(digest.prefix(8)) } else { nil } } }
}
