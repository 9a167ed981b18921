/// The spatial frequencies of a colour picture, each channel by itself.
///
/// Row `r` stands for the vertical frequency `r`, or `r - height` in the lower half; column `c` for the horizontal frequency `c`. Columns
/// go from 0 to `width / 2`: a real picture's other half is the conjugate of this one, the frequency (-y, -x) of (y, x).
/// Nothing is scaled on the way here; the way back divides by the number of pixels.
public struct Spectrum: Sendable, Hashable {
  public static let channels = 3

  public let height: Int
  public let width: Int
  /// Complex numbers, real part first: `[3, height, columns]`.
  public var coefficients: [SIMD2<Float>]

  /// The stored columns of a channel, `width / 2 + 1`.
  public var columns: Int { width / 2 + 1 }

  /// The spectrum of `pixels`, `[height, width, 3]`.
  public init(of pixels: [Float], height: Int, width: Int) {
    precondition(height > 0 && width > 0 && pixels.count == Spectrum.channels * height * width, "a picture has 3 values a pixel")
    (self.height, self.width) = (height, width)
    let area = height * width
    let half = Spectrum.channels * height * (width / 2 + 1)
    let planes = Scratch<Float>(Spectrum.channels * area)
    let complex = Scratch<SIMD2<Float>>(half)
    let (plane, result) = (planes.start, complex.start)
    pixels.withUnsafeBufferPointer { pixels in
      Threads.run(Spectrum.channels) { channel in
        for i in 0..<area { plane[channel * area + i] = pixels[Spectrum.channels * i + channel] }
        FFTW.forward(plane + channel * area, to: result + channel * (half / Spectrum.channels), height: height, width: width)
      }
    }
    coefficients = Array(UnsafeBufferPointer(start: complex.start, count: half))
  }

  /// A spectrum of these coefficients, `[3, height, width / 2 + 1]`.
  public init(coefficients: [SIMD2<Float>], height: Int, width: Int) {
    precondition(coefficients.count == Spectrum.channels * height * (width / 2 + 1), "a spectrum has 3 x height x columns coefficients")
    (self.coefficients, self.height, self.width) = (coefficients, height, width)
  }

  /// The picture of this spectrum, `[height, width, 3]`, not clipped.
  public var pixels: [Float] {
    let area = height * width
    let complex = Scratch<SIMD2<Float>>(coefficients.count)
    coefficients.withUnsafeBufferPointer { complex.start.update(from: $0.baseAddress!, count: $0.count) }
    let planes = Scratch<Float>(Spectrum.channels * area)
    let scale = 1 / Float(area), half = coefficients.count / Spectrum.channels
    let (plane, source) = (planes.start, complex.start)
    return [Float](unsafeUninitializedCapacity: Spectrum.channels * area) { pixels, initialized in
      let pixel = pixels.baseAddress!
      Threads.run(Spectrum.channels) { channel in
        FFTW.back(source + channel * half, to: plane + channel * area, height: height, width: width)
        for i in 0..<area { pixel[Spectrum.channels * i + channel] = plane[channel * area + i] * scale }
      }
      initialized = Spectrum.channels * area
    }
  }

  /// Where the coefficient of a channel, row and stored column lies.
  public func index(channel: Int, row: Int, column: Int) -> Int { (channel * height + row) * columns + column }

  /// The coefficient of any frequency, negative ones and the half that is not stored included.
  public subscript(channel: Int, vertical: Int, horizontal: Int) -> SIMD2<Float> {
    let (row, column) = (Spectrum.wrap(vertical, height), Spectrum.wrap(horizontal, width))
    if column < columns { return coefficients[index(channel: channel, row: row, column: column)] }
    let twin = coefficients[index(channel: channel, row: Spectrum.wrap(-row, height), column: width - column)]
    return SIMD2(twin.x, -twin.y)
  }

  static func wrap(_ frequency: Int, _ side: Int) -> Int {
    let rest = frequency % side
    return rest < 0 ? rest + side : rest
  }
}

/// Memory for the length of a computation, at an address that suits vector loads; whoever takes it fills it first.
private struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  let start: UnsafeMutablePointer<Element>

  init(_ count: Int) {
    let bytes = max(count, 1) * MemoryLayout<Element>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
    start = memory.bindMemory(to: Element.self, capacity: count)
  }

  deinit { UnsafeMutableRawPointer(start).deallocate() }
}
