import Foundation
import Imaging
import Scenes
import Testing

@Suite struct ColourTests {
  /// Lines of Fixtures/colour.txt: a function of torchvision, a factor, and its result.
  static let cases: [(name: String, factor: Float, values: [Float])] = {
    let file = Bundle.module.url(forResource: "colour", withExtension: "txt", subdirectory: "Fixtures")!
    let text = try! String(contentsOf: file, encoding: .utf8)
    return text.split(separator: "\n").filter { !$0.hasPrefix("#") }.map { line in
      let words = line.split(separator: " ")
      return (String(words[0]), Float(words[1])!, words.dropFirst(2).map { Float($0)! })
    }
  }()

  /// The formula of scripts/reference-imaging.py.
  static let picture: FloatImage = {
    let (width, height) = (6, 5)
    let pixels = (0..<3 * width * height).map { i -> Float in
      (i / (3 * width)).isMultiple(of: 3) ? Float(UInt32(truncatingIfNeeded: i * 2_654_435_761) >> 24) : Float(i * 7 / 9 % 256)
    }
    return FloatImage(size: PixelSize(width, height), pixels: pixels)
  }()

  @Test func adjustmentsEqualTorchvision() {
    #expect(Self.cases.count == 19)
    for (name, factor, values) in Self.cases {
      let result = switch name {
      case "brightness": Self.picture.brightened(by: factor)
      case "contrast": Self.picture.contrasted(by: factor)
      case "saturation": Self.picture.saturated(by: factor)
      default: Self.picture.hueShifted(by: factor)
      }
      let worst = zip(result.pixels, values).map { abs($0 - $1) }.max()!
      #expect(worst < 1e-3, "\(name) \(factor): \(worst)")
    }
  }

  @Test func normalisationGoesBothWays() {
    let values = Normalization.values(of: Self.picture)
    for (i, pixel) in Self.picture.pixels.enumerated() {
      let exact = (Double(pixel) / 255 - Double(Normalization.mean[i % 3])) / Double(Normalization.deviation[i % 3])
      #expect(abs(Double(values[i]) - exact) < 1e-6)
    }
    let back = Normalization.image(of: values, size: Self.picture.size)
    #expect(zip(back.pixels, Self.picture.pixels).allSatisfy { abs($0 - $1) < 1e-3 })
  }
}
