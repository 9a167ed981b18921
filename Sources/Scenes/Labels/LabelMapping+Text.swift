extension LabelMapping {
  /// A mapping from a small text file, for data of one's own. A line each, with any line ends; `#` begins a comment:
  ///
  ///     0 = road                  a number of the label files, and a Cityscapes class
  ///     12..15 = void             several numbers; void is neither learned nor judged
  ///     128,0,64 = traffic sign   a colour, for label files that hold colours
  ///     * = void                  every number and colour that is not named
  ///     channel = first           the numbers are the first channel of colours, of 8 or 16 bits
  ///
  /// - Throws: `SceneError` naming `path` and the line. Lines that look like something else are not quoted.
  public init(bytes: [UInt8], path: String) throws {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { throw SceneError("\(path) is UTF-16; save it as UTF-8") }
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else { throw SceneError("\(path) is not UTF-8 text, so it is not a label map") }
    try self.init(text: text, path: path)
  }

  /// The same from text.
  public init(text: String, path: String) throws {
    var entries = Entries(path: path)
    let lines = LabelMapping.lines(text)
    for (number, line) in lines.enumerated() { try entries.add(String(Substring(line)), number + 1) }
    guard !entries.isEmpty else { throw SceneError("\(path) maps nothing; expected lines like '7 = road'") }
    self.init(
      title: "the numbers in \(path)", table: entries.table.map { $0 ?? entries.rest }, colours: entries.colours, otherColours: entries.rest,
      namesNumbers: entries.table.contains { $0 != nil } || entries.colours.isEmpty, isFirstChannel: entries.isFirstChannel)
  }

  /// Lines that end as Unix, Windows or old Macintoshes end them, without a byte order mark.
  static func lines(_ text: String) -> [Substring.UnicodeScalarView] {
    var scalars = text.unicodeScalars[...]
    if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
    var lines: [Substring.UnicodeScalarView] = [], start = scalars.startIndex, place = start
    while place < scalars.endIndex {
      let next = scalars.index(after: place)
      guard scalars[place] == "\n" || scalars[place] == "\r" else { place = next; continue }
      lines.append(scalars[start..<place])
      let isPair = scalars[place] == "\r" && next < scalars.endIndex && scalars[next] == "\n"
      place = isPair ? scalars.index(after: next) : next
      start = place
    }
    return lines + [scalars[start...]]
  }

  static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// What the lines of a map have said so far.
private struct Entries {
  let path: String
  var table = [UInt8?](repeating: nil, count: 256)
  var colours: [CityscapesClass.Colour: UInt8] = [:]
  var rest: UInt8?
  var isFirstChannel = false

  init(path: String) { self.path = path }

  var isEmpty: Bool { table.allSatisfy { $0 == nil } && colours.isEmpty }

  private enum Subject {
    case rest
    case values(ClosedRange<Int>)
    case colour(CityscapesClass.Colour)
  }

  mutating func add(_ line: String, _ number: Int) throws {
    func wrong(_ what: String) -> SceneError { SceneError("\(path), line \(number): \(what)") }
    let words = line.prefix { $0 != "#" }.split(separator: "=", omittingEmptySubsequences: false).map(LabelMapping.trimmed)
    if words == [""] { return }
    guard words.count == 2 else { throw wrong("expected a line like '7 = road'") }
    if words[0] == "channel" {
      guard words[1] == "first" || words[1] == "red" else { throw wrong("the channel that holds the class can only be 'first'") }
      guard !isFirstChannel else { throw wrong("the channel was given before") }
      isFirstChannel = true
      return
    }
    let subject = try subject(words[0], wrong), id = try id(words[1], wrong)
    switch subject {
    case .rest:
      guard rest == nil else { throw wrong("'*' was given a class before") }
      rest = id
    case .colour(let colour):
      guard colours.updateValue(id, forKey: colour) == nil else { throw wrong("the colour \(words[0]) was given a class before") }
    case .values(let range):
      if let twice = range.first(where: { table[$0] != nil }) { throw wrong("\(twice) was given a class before") }
      for value in range { table[value] = id }
    }
  }

  private func id(_ word: String, _ wrong: (String) -> SceneError) throws -> UInt8 {
    if word.lowercased() == "void" { return CityscapesClass.ignored }
    if let found = CityscapesClass.named(word) { return found.trainID }
    throw wrong("there is no class '\(word)'; the classes are \(CityscapesClass.all.map(\.name).joined(separator: ", ")) and void")
  }

  private func subject(_ text: String, _ wrong: (String) -> SceneError) throws -> Subject {
    if text == "*" { return .rest }
    // What does not look like a label may be a secret of another file.
    let isNumeric = !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isNumber || " .,-+".contains($0)) }
    let expected = "expected 0 to 255, a range like 3..7, a colour like 128,64,0, or *"
    func byte(_ word: some StringProtocol) throws -> Int {
      guard let value = Int(LabelMapping.trimmed(word)), (0...255).contains(value) else {
        throw wrong(isNumeric ? "'\(text)' is no label; \(expected)" : "what stands before '=' is no label; \(expected)")
      }
      return value
    }
    let channels = text.split(separator: ",", omittingEmptySubsequences: false)
    if channels.count == 3 {
      let values = try channels.map { UInt8(try byte($0)) }
      return .colour(.init(values[0], values[1], values[2]))
    }
    if let dots = text.firstRange(of: "..") {
      let (low, high) = (try byte(text[..<dots.lowerBound]), try byte(text[dots.upperBound...]))
      guard low <= high else { throw wrong("the range \(text) runs backwards") }
      return .values(low...high)
    }
    let value = try byte(text)
    return .values(value...value)
  }
}
