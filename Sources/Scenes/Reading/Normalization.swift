public import Imaging

/// How pixels become what networks take: ImageNet's mean and deviation, as torchvision's backbones were trained with.
public enum Normalization {
  /// Of red, green and blue in 0...1.
  public static let mean: [Float] = [0.485, 0.456, 0.406]
  public static let deviation: [Float] = [0.229, 0.224, 0.225]

  /// (pixel / 255 - mean) / deviation, `[H, W, 3]`.
  public static func values(of image: FloatImage) -> [Float] {
    [Float](unsafeUninitializedCapacity: image.pixels.count) { out, count in
      write(image, to: out)
      count = image.pixels.count
    }
  }

  /// The picture of such values, the other way round; not clipped.
  public static func image(of values: [Float], size: PixelSize) -> FloatImage {
    FloatImage(size: size, pixels: values.enumerated().map { i, value in 255 * (value * deviation[i % 3] + mean[i % 3]) })
  }

  static func write(_ image: FloatImage, to out: UnsafeMutableBufferPointer<Float>) {
    let scale = deviation.map { 1 / (255 * $0) }
    let shift = zip(mean, deviation).map { -$0 / $1 }
    let (a, b, c) = (scale[0], scale[1], scale[2])
    let (d, e, f) = (shift[0], shift[1], shift[2])
    precondition(out.count >= image.pixels.count)
    image.pixels.withUnsafeBufferPointer { pixels in
      for i in stride(from: 0, to: pixels.count, by: 3) {
        (out.baseAddress! + i).initialize(to: pixels[i] * a + d)
        (out.baseAddress! + i + 1).initialize(to: pixels[i + 1] * b + e)
        (out.baseAddress! + i + 2).initialize(to: pixels[i + 2] * c + f)
      }
    }
  }
}
