import Adaptation
import FoundationEssentials
import Imaging
import Scenes
import Testing

/// The picture that FDA's authors publish beside their two pictures, where these are at hand: `fda/` in the folder that the environment
/// variable SEGUE_TEST_DATA names.
@Suite struct PublishedFourierTests {
  static let folder = ProcessInfo.processInfo.environment["SEGUE_TEST_DATA"].map { $0 + "/fda" }

  @Test(.enabled(if: folder != nil, "needs SEGUE_TEST_DATA, the folder of real test data"))
  func equalsTheAuthorsPicture() throws {
    let folder = try #require(PublishedFourierTests.folder)
    let size = PixelSize(1024, 512)
    func picture(_ name: String) throws -> FloatImage {
      FloatImage(try PNG.readImage("\(folder)/\(name).png").resized(to: size, by: .bicubic))
    }
    let expected = try PNG.readImage("\(folder)/src_in_tar.png")
    let found = FourierAdaptation(beta: 0.01).restyled(try picture("source"), toward: try picture("target")).rounded
    try #require(found.size == expected.size)
    let differences = zip(found.pixels, expected.pixels).map { abs(Int($0) - Int($1)) }
    let equal = Double(differences.count { $0 == 0 }) / Double(differences.count)
    #expect(equal >= 0.9999)
    #expect(differences.allSatisfy { $0 <= 1 })
  }
}
