import Foundation
import Imaging
import Language
import Rendering
import Testing
import Workbench

@Suite struct JSONRendererTests {
  static let events: [(Event, String)] = [
    (.began(number: 3, canonical: "iou1 = iou \"a\tb\""), #"{"event":"began","number":3,"statement":"iou1 = iou \"a\tb\""}"#),
    (
      .progressed(Progress(fraction: 0.125, stage: "epoch 1/8", figures: ["loss \(Number(1.23456789, places: 3))"], milestone: true)),
      #"{"event":"progressed","fraction":0.125,"stage":"epoch 1/8","figures":[{"text":"loss 1.235","numbers":[1.23456789]}],"milestone":true}"#
    ),
    (.noted("2 files left out"), #"{"event":"noted","text":"2 files left out"}"#),
    (
      .produced(
        name: "t", kind: "table",
        display: .table(DisplayTable(columns: [.init("class", .left), .init("IoU")], rows: [["road", "\(Number(95.123456, places: 2))"], ["train", "n/a"]])),
        digest: "91c0", kept: true),
      #"{"event":"produced","name":"t","kind":"table","digest":"91c0","kept":true,"display":{"type":"table","title":null,"columns":["class","IoU"],"rows":[["road",95.123456],["train","n/a"]],"remarks":[]}}"#
    ),
    (
      .produced(name: nil, kind: "image", display: .picture(Image(size: PixelSize(2, 1)), caption: "a street"), digest: nil, kept: false),
      #"{"event":"produced","name":null,"kind":"image","digest":null,"kept":false,"display":{"type":"picture","width":2,"height":1,"caption":"a street","numbers":[]}}"#
    ),
    (
      .produced(
        name: "p", kind: "plot",
        display: .plot(Plot(title: "loss", horizontal: "epoch", vertical: "", series: [.init("near", [(0, 1), (1, .nan)])], caption: "")), digest: nil, kept: false),
      #"{"event":"produced","name":"p","kind":"plot","digest":null,"kept":false,"display":{"type":"plot","title":"loss","horizontal":"epoch","vertical":"","categories":null,"series":[{"name":"near","points":[[0,1],[1,null]]}],"caption":""}}"#
    ),
    (
      .failed(Diagnostic("no value is named 'x'", at: SourceRange(4, 5), remedy: nil)),
      #"{"event":"failed","message":"no value is named 'x'","remedy":null,"range":[4,5],"replacement":null}"#
    ),
    (.ended(seconds: 0.5), #"{"event":"ended","seconds":0.5}"#),
  ]

  @Test(arguments: events.indices)
  func eventsAreOneObjectALine(_ index: Int) throws {
    let (event, expected) = Self.events[index]
    let line = JSONRenderer().line(event)
    #expect(line == expected)
    #expect(try JSONSerialization.jsonObject(with: Data(line.utf8)) is [String: Any])
  }

  @Test(arguments: [0.1, 1e300, 1e-300, 1.0 / 3, -0.0, 12345678901234568, 1e15, -2.5, .leastNonzeroMagnitude])
  func numbersKeepEveryBit(_ value: Double) throws {
    #expect(Double(JSONText.number(value).text) == value)
  }

  @Test func wordsOfFilesAreEscaped() throws {
    let words = "a\u{1B}]0;x\u{7}\"\\\u{2028}é日🙂\u{0}\u{9F}"
    let text = JSONText.string(words).text
    #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{2028}" && !(0x7F..<0xA0).contains($0.value) })
    #expect(try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed) as? String == words)
  }
}
