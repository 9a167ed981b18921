/// Event files as TensorBoard reads them: records of what was measured at a step.
///
/// A file begins with ``start(at:)`` and grows by ``record(_:step:at:)``; TensorBoard follows it as it does. Times are seconds since 1970.
public enum TensorBoardEvents {
  public struct Summary: Sendable, Hashable {
    public enum Content: Sendable, Hashable {
      case scalar(Double)
      /// Shown as Markdown.
      case text(String)
      /// The bytes of a PNG file.
      case picture([UInt8], width: Int, height: Int)
    }

    /// `loss/segmentation`: what stands before the stroke is a group.
    public let tag: String
    public let content: Content
    /// Shown beside it.
    public let help: String

    public init(_ tag: String, _ content: Content, help: String = "") { (self.tag, self.content, self.help) = (tag, content, help) }
  }

  public static func start(at time: Double) -> [UInt8] {
    var event = ProtobufMessage()
    event.add(1, time)
    event.add(3, "brain.Event:2")
    return framed(event)
  }

  public static func record(_ summaries: [Summary], step: Int, at time: Double) -> [UInt8] {
    var event = ProtobufMessage(), all = ProtobufMessage()
    for summary in summaries { all.add(1, summary.message) }
    event.add(1, time)
    event.add(2, step)
    event.add(5, all)
    return framed(event)
  }

  /// The last step that the whole records of a file are about; nil where it has none. What comes after a record that was half written, or
  /// damaged, is not looked at, as TensorBoard does not.
  public static func lastStep(in bytes: [UInt8]) -> Int? {
    var place = 0, last: Int?
    while let event = payload(in: bytes, at: &place) {
      // Segue writes the time first, which takes nine bytes, and then the step.
      guard event.count > 10, event[event.startIndex] == 0x09, event[event.startIndex + 9] == 0x10 else { continue }
      var step = 0, shift = 0
      for byte in event.dropFirst(10).prefix(9) {
        step |= Int(byte & 0x7F) << shift
        shift += 7
        if byte < 0x80 { break }
      }
      last = max(last ?? step, step)
    }
    return last
  }

  // MARK: records

  /// The length, its checksum, the event, its checksum.
  private static func framed(_ event: ProtobufMessage) -> [UInt8] {
    let length = little(UInt64(event.bytes.count))
    return length + little(CRC32C.masked(length)) + event.bytes + little(CRC32C.masked(event.bytes))
  }

  /// The event at `place`, which moves behind it; nil at the end, and at what is no whole record.
  private static func payload(in bytes: [UInt8], at place: inout Int) -> ArraySlice<UInt8>? {
    guard bytes.count - place >= 16 else { return nil }
    let head = bytes[place..<place + 8], length = head.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard little(CRC32C.masked(head)) == Array(bytes[place + 8..<place + 12]), length <= UInt64(bytes.count - place - 16) else { return nil }
    let start = place + 12, end = start + Int(length)
    guard little(CRC32C.masked(bytes[start..<end])) == Array(bytes[end..<end + 4]) else { return nil }
    place = end + 4
    return bytes[start..<end]
  }

  private static func little(_ number: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: number.littleEndian) { Array($0) } }
}

extension TensorBoardEvents.Summary {
  private enum Element: Int { case float = 1, bytes = 7 }

  fileprivate var message: ProtobufMessage {
    var value = ProtobufMessage()
    value.add(1, tag)
    value.add(8, tensor)
    value.add(9, metadata)
    return value
  }

  private var tensor: ProtobufMessage {
    switch content {
    case .scalar(let number):
      var tensor = tensor(.float, shape: [])
      tensor.add(5, Float(number))
      return tensor
    case .text(let text):
      var tensor = tensor(.bytes, shape: [1])
      tensor.add(8, text)
      return tensor
    case .picture(let png, let width, let height):
      var tensor = tensor(.bytes, shape: [3])
      tensor.add(8, String(width))
      tensor.add(8, String(height))
      tensor.add(8, bytes: png)
      return tensor
    }
  }

  private func tensor(_ type: Element, shape: [Int]) -> ProtobufMessage {
    var tensor = ProtobufMessage(), extents = ProtobufMessage()
    for extent in shape {
      var dimension = ProtobufMessage()
      dimension.add(1, extent)
      extents.add(2, dimension)
    }
    tensor.add(1, type.rawValue)
    tensor.add(2, extents)
    return tensor
  }

  /// Which of TensorBoard's plugins shows it.
  private var metadata: ProtobufMessage {
    let (plugin, dataClass) = switch content {
    case .scalar: ("scalars", 1)
    case .text: ("text", 2)
    case .picture: ("images", 3)
    }
    var data = ProtobufMessage(), metadata = ProtobufMessage()
    data.add(1, plugin)
    metadata.add(1, data)
    if !help.isEmpty { metadata.add(3, help) }
    metadata.add(4, dataClass)
    return metadata
  }
}
