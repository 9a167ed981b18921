import Tensors
import TestSupport
import Testing

/// Event files, read back record by record. That TensorBoard's own reader agrees is checked by `scripts/formats tensorboard`.
@Suite struct TensorBoardTests {
  private let start = TensorBoardEvents.start(at: 1_796_000_000.25)

  private func record(_ step: Int, _ summaries: [TensorBoardEvents.Summary] = [.init("loss/segmentation", .scalar(0.5))]) -> [UInt8] {
    TensorBoardEvents.record(summaries, step: step, at: 1_796_000_001)
  }

  /// The events of a file, without looking at checksums.
  private func events(_ bytes: [UInt8]) -> [ProtobufReader] {
    var events: [ProtobufReader] = [], place = 0
    while place < bytes.count {
      let length = (0..<8).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
      events.append(ProtobufReader(Array(bytes[place + 12..<place + 12 + length])))
      place += 16 + length
    }
    return events
  }

  /// The event at time 0, with both checksums as another implementation of them gives them.
  @Test func theFirstRecordIsAsOthersWriteIt() {
    let bytes = TensorBoardEvents.start(at: 0)
    #expect(bytes.prefix(12) == [0x18, 0, 0, 0, 0, 0, 0, 0] + [0xA3, 0x7F, 0x4B, 0x22])
    #expect(bytes.count == 16 + 24 && bytes.suffix(4) == [0xEE, 0xDF, 0x28, 0xA3])
  }

  @Test func aFileSaysItsFormatAndTime() {
    let first = events(start)[0]
    #expect(first.doubles(1) == [1_796_000_000.25] && first.texts(3) == ["brain.Event:2"])
  }

  @Test func summariesSayWhatShowsThem() throws {
    let png: [UInt8] = [0x89, 0x50, 0, 0xFF]
    let event = events(start + record(7, [.init("a/b", .scalar(0.25), help: "why"), .init("t", .text("# x")), .init("p", .picture(png, width: 3, height: 2))]))[1]
    #expect(event.integers(2) == [7])
    let values = event.messages(5)[0].messages(1)
    #expect(values.map { $0.texts(1)[0] } == ["a/b", "t", "p"])
    let tensors = values.map { $0.messages(8)[0] }, metadata = values.map { $0.messages(9)[0] }
    #expect(metadata.map { $0.messages(1)[0].texts(1)[0] } == ["scalars", "text", "images"])
    #expect(metadata.map { $0.integers(4) } == [[1], [2], [3]] && metadata[0].texts(3) == ["why"])
    #expect(tensors.map { $0.integers(1) } == [[1], [7], [7]])
    #expect(tensors.map { $0.messages(2)[0].messages(2).flatMap { $0.integers(1) } } == [[], [1], [3]])
    #expect(tensors[0].floats(5) == [0.25])
    #expect(tensors[1].texts(8) == ["# x"])
    #expect(tensors[2].contents(8) == [Array("3".utf8), Array("2".utf8), png])
  }

  @Test func theLastStepIsFound() {
    #expect(TensorBoardEvents.lastStep(in: []) == nil)
    #expect(TensorBoardEvents.lastStep(in: start) == nil)
    #expect(TensorBoardEvents.lastStep(in: start + record(0) + record(3) + record(300)) == 300)
    #expect(TensorBoardEvents.lastStep(in: start + record(70_000)) == 70_000)
  }

  /// Whatever is cut off or flipped, what stands before it counts and nothing else.
  @Test func whatIsDamagedEndsAFile() {
    let whole = start + record(1) + record(2), two = (start + record(1)).count
    for end in two..<whole.count { #expect(TensorBoardEvents.lastStep(in: Array(whole[..<end])) == 1) }
    for place in two..<whole.count {
      for bit in 0..<8 {
        var bytes = whole
        bytes[place] ^= 1 << bit
        #expect(TensorBoardEvents.lastStep(in: bytes) == 1, "bit \(bit) of byte \(place)")
      }
    }
  }
}
