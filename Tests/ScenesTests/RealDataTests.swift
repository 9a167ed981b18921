import Foundation
import Imaging
import Scenes
import Testing

/// Where genuine files lie, for those who have them; without it these tests are skipped, and say so.
let realData = ProcessInfo.processInfo.environment["SEGUE_TEST_DATA"].flatMap { $0.isEmpty ? nil : $0 }

@Suite(.enabled(if: realData != nil, "SEGUE_TEST_DATA names no folder of real files")) struct RealDataTests {
  @Test func gta5() throws {
    let loaded = try GTA5.load(LoadRequest(path: realData! + "/gta5", isStrict: true))
    let data = try #require(loaded.whole)
    #expect(data.count == 3 && data.sizes == [PixelSize(1914, 1052)])
    #expect(try data.train.count == 2 && data.val.count == 1)
    for i in 0..<3 {
      let label = try #require(try data.evaluationSample(i, seed: 0).label)
      let found = Set(label.values)
      #expect(found.isSubset(of: Set(0..<19).union([255])) && found.isSuperset(of: [0, 2, 8, 13]), "\(found.sorted())")
    }
  }

  @Test func cityscapes() throws {
    let data = try #require(try Cityscapes.load(LoadRequest(path: realData! + "/cityscapes", size: PixelSize(1024, 512), isStrict: true)).whole)
    #expect(try data.count == 5 && data.train.count == 3 && data.val.count == 2)
    for i in 0..<5 {
      let sample = try data.evaluationSample(i, seed: 0)
      #expect(sample.image.size == PixelSize(1024, 512) && sample.label?.size == PixelSize(2048, 1024))
      #expect(Set(sample.label!.values).isSuperset(of: [0, 2, 8, 255]))
    }
    #expect(try data.sample(0, draw: Draw(seed: 1, crop: PixelSize(512, 256))).label?.size == PixelSize(512, 256))
  }

  @Test func camVid() throws {
    let loaded = try CamVid.load(LoadRequest(path: realData! + "/camvid", isStrict: true))
    let worlds = Dictionary(uniqueKeysWithValues: loaded.fields.map { ($0.name, $0.dataset) })
    let (day, dusk) = (try #require(worlds["day"]), try #require(worlds["dusk"]))
    #expect(try day.train.count == 153 && day.val.count == 26)
    #expect(try dusk.train.count == 50 && dusk.val.count == 12)
    #expect(try Set((0..<12).map { try dusk.val.name(at: $0) }.map { $0.prefix(6) }) == ["0001TP"])
    var seen = Set<UInt8>()
    for i in 0..<dusk.count { seen.formUnion(try dusk.evaluationSample(i, seed: 0).label!.values) }
    #expect(seen.subtracting([255]).isSubset(of: Set(dusk.classes.map(UInt8.init))))
  }
}
