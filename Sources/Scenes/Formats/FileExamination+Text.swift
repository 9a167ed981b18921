import Imaging

// A short line for each file: data sets have tens of thousands of them.
extension FileExamination {
  /// `64 32 0 8 0;7:683,8:1365;;;` : size, kind, depth and interlacing of the header, and an orientation where there is one; numbers; colours; the largest value; the fault.
  public var text: String {
    func list(_ counts: [Int: Int]) -> String { counts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: ",") }
    let head = header.map { "\($0.size.width) \($0.size.height) \($0.kind.rawValue) \($0.depth) \($0.isInterlaced ? 1 : 0)" + (orientation.map { " \($0)" } ?? "") } ?? ""
    return [head, list(numbers), list(colours), largest.map(String.init) ?? "", fault ?? ""].joined(separator: ";")
  }

  /// What `text` gave; nil where that is no such text.
  public init?(text: String) {
    let parts = text.split(separator: ";", maxSplits: 4, omittingEmptySubsequences: false)
    guard parts.count == 5, let numbers = Self.counts(parts[1]), let colours = Self.counts(parts[2]) else { return nil }
    self.init()
    (self.numbers, self.colours) = (numbers, colours)
    largest = Int(parts[3])
    fault = parts[4].isEmpty ? nil : String(parts[4])
    if parts[0].isEmpty { return }
    let head = parts[0].split(separator: " ").compactMap { Int($0) }
    guard head.count == 5 || head.count == 6, let kind = UInt8(exactly: head[2]).flatMap(PictureHeader.Kind.init(rawValue:)) else { return nil }
    if head.count == 6 { orientation = head[5] }
    header = PictureHeader(size: PixelSize(head[0], head[1]), kind: kind, depth: head[3], isInterlaced: head[4] == 1)
  }

  private static func counts(_ text: Substring) -> [Int: Int]? {
    var counts: [Int: Int] = [:]
    for entry in text.split(separator: ",") {
      let pair = entry.split(separator: ":")
      guard pair.count == 2, let value = Int(pair[0]), let count = Int(pair[1]) else { return nil }
      counts[value] = count
    }
    return counts
  }
}
