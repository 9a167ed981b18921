import Foundation
import Imaging
import Testing

@Suite struct ResizingTests {
  /// A line of Fixtures/resizing.txt.
  struct Case: CustomTestStringConvertible {
    let words: [Substring]

    func number(_ i: Int) -> Int { Int(words[i])! }
    var filter: String { String(words[1]) }
    var from: PixelSize { PixelSize(number(2), number(3)) }
    var to: PixelSize { PixelSize(number(4), number(5)) }
    var checksum: UInt64 { UInt64(words[6], radix: 16)! }
    var testDescription: String { "\(filter) \(from) to \(to)" }

    static let all: [Case] = {
      let file = Bundle.module.url(forResource: "resizing", withExtension: "txt", subdirectory: "Fixtures")!
      let text = try! String(contentsOf: file, encoding: .utf8)
      return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { Case(words: $0.split(separator: " ")) }
    }()
  }

  @Test func everyCaseEqualsPillowByteForByte() {
    #expect(Case.all.count > 200)
    for entry in Case.all {
      if let filter = ResamplingFilter(rawValue: entry.filter) {
        let result = picture(entry.from.width, entry.from.height).resized(to: entry.to, by: filter)
        #expect(checksum(result.pixels) == entry.checksum, "\(entry.testDescription)")
      } else {
        let result = map(entry.from.width, entry.from.height).resized(to: entry.to)
        #expect(checksum(result.values) == entry.checksum, "\(entry.testDescription)")
      }
    }
  }

  @Test(arguments: ResamplingFilter.allCases) func aFlatPictureStaysFlat(_ filter: ResamplingFilter) {
    let flat = Image(size: PixelSize(37, 21), red: 255, green: 7, blue: 0)
    for size in [PixelSize(11, 40), PixelSize(100, 3), PixelSize(37, 21)] {
      #expect(flat.resized(to: size, by: filter) == Image(size: size, red: 255, green: 7, blue: 0))
    }
  }
}
