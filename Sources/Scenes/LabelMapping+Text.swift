extension LabelMapping {
  /// A mapping from a small text file, for data of one's own. A line each; `#` begins a comment:
  ///
  ///     0 = road                  a number of the label files, and a Cityscapes class
  ///     12..15 = void             several numbers; void is neither learned nor judged
  ///     128,0,64 = traffic sign   a colour, for label files that hold colours
  ///     * = void                  every number that is not named
  ///
  /// - Throws: `SceneError` naming `path` and the line.
  public init(text: String, path: String) throws {
    var table = [UInt8?](repeating: nil, count: 256)
    var colours: [CityscapesClass.Colour: UInt8] = [:]
    var rest: UInt8?
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      func wrong(_ what: String) -> SceneError { SceneError("\(path), line \(number + 1): \(what)") }
      let words = line.prefix { $0 != "#" }.split(separator: "=", omittingEmptySubsequences: false).map(Self.trimmed)
      if words == [""] { continue }
      guard words.count == 2 else { throw wrong("expected a line like '7 = road', not '\(Self.trimmed(line))'") }
      let id: UInt8
      if words[1] == "void" {
        id = CityscapesClass.ignored
      } else if let found = CityscapesClass.named(words[1]) {
        id = found.trainID
      } else {
        throw wrong("there is no class '\(words[1])'; the classes are \(CityscapesClass.all.map(\.name).joined(separator: ", ")) and void")
      }
      switch try Self.subject(words[0], wrong) {
      case .rest: rest = id
      case .colour(let colour): colours[colour] = id
      case .values(let range):
        if let twice = range.first(where: { table[$0] != nil }) { throw wrong("\(twice) was given a class before") }
        for value in range { table[value] = id }
      }
    }
    guard table.contains(where: { $0 != nil }) || !colours.isEmpty else {
      throw SceneError("\(path) maps nothing; expected lines like '7 = road'")
    }
    self.init(title: "the numbers in \(path)", table: table.map { $0 ?? rest }, colours: colours)
  }

  private enum Subject {
    case rest
    case values(ClosedRange<Int>)
    case colour(CityscapesClass.Colour)
  }

  private static func subject(_ text: String, _ wrong: (String) -> SceneError) throws -> Subject {
    if text == "*" { return .rest }
    func byte(_ word: some StringProtocol) throws -> Int {
      guard let value = Int(trimmed(word)), (0...255).contains(value) else {
        throw wrong("'\(text)' is no label; expected 0 to 255, a range like 3..7, a colour like 128,64,0, or *")
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

  private static func trimmed(_ text: some StringProtocol) -> String {
    let head = text.drop(while: \.isWhitespace)
    return String(head.reversed().drop(while: \.isWhitespace).reversed())
  }
}
