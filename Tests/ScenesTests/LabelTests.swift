import Imaging
import Scenes
import Testing

@Suite struct LabelTests {
  @Test func theTableHasItsOrder() {
    #expect(CityscapesClass.all.map { Int($0.trainID) } == Array(0..<19))
    #expect(CityscapesClass.all.map { Int($0.labelID) } == [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33])
    #expect(Set(CityscapesClass.all.map(\.colour)).count == 19)
    #expect(CityscapesClass.named("Traffic_Light")?.trainID == 6)
    #expect(CityscapesClass.named("sign")?.trainID == 7)
    #expect(CityscapesClass.named("void") == nil)
  }
}
