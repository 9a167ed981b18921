extension Spectrum {
  /// How strong a frequency is.
  public static func amplitude(_ coefficient: SIMD2<Float>) -> Float {
    (coefficient.x * coefficient.x + coefficient.y * coefficient.y).squareRoot()
  }

  /// Where a frequency's waves lie: an angle in -pi...pi, 0 for a frequency without strength.
  public static func phase(_ coefficient: SIMD2<Float>) -> Float {
    coefficient.x == 0 && coefficient.y == 0 ? 0 : arcTangent(coefficient.y, coefficient.x)
  }

  /// The amplitudes of every frequency, `[height, width, 3]`, with frequency 0 in the middle: at row `height / 2`, column `width / 2`.
  public var centredAmplitudes: Tensor { centred { _, coefficient in Spectrum.amplitude(coefficient) } }

  /// The phases of every frequency, laid out as the amplitudes; 0 where the amplitude is nothing but rounding, which has no phase.
  public var centredPhases: Tensor {
    let noise = (0..<Spectrum.channels).map { Float(Spectrum.noiseShare) * abs(self[$0, 0, 0].x) }
    return centred { channel, coefficient in Spectrum.amplitude(coefficient) <= noise[channel] ? 0 : Spectrum.phase(coefficient) }
  }

  /// The share of the sum of all pixels, which is the amplitude of frequency 0, below which an amplitude is nothing but rounding: what a
  /// picture of one colour shows where it has nothing. Transforms in float32 of sides from 32 to 2048 reach 2^-23.7.
  public static let noiseShare = 0x1p-22

  /// `log(1 + amplitude)`, laid out as the amplitudes: the form in which a spectrum can be looked at, because the amplitudes of a
  /// photograph span six decades.
  public var logAmplitudes: Tensor { centred { logarithm(1 + Spectrum.amplitude($1)) } }

  /// `logAmplitudes` averaged over the channels and stretched to 0...255, `[height, width]`; all 0 where nothing varies.
  public var pictureValues: Tensor { Spectrum.pictureValues(ofCentredAmplitudes: centredAmplitudes) }

  /// The same from amplitudes that were taken earlier.
  public static func pictureValues(ofCentredAmplitudes amplitudes: Tensor) -> Tensor {
    let (height, width) = (amplitudes.shape[0], amplitudes.shape[1])
    let logs = amplitudes.values.map { logarithm(1 + $0) }
    let grey: [Float] = (0..<height * width).map { i in (logs[3 * i] + logs[3 * i + 1] + logs[3 * i + 2]) / 3 }
    let (low, high) = (grey.min() ?? 0, grey.max() ?? 0)
    let scale = high > low ? 255 / (high - low) : 0
    return Tensor(shape: [height, width], values: grey.map { ($0 - low) * scale })
  }

  private func centred(_ value: (_ channel: Int, SIMD2<Float>) -> Float) -> Tensor {
    var values = [Float](repeating: 0, count: Spectrum.channels * height * width)
    var place = 0
    for vertical in -(height / 2)..<(height - height / 2) {
      for horizontal in -(width / 2)..<(width - width / 2) {
        for channel in 0..<Spectrum.channels {
          values[place] = value(channel, self[channel, vertical, horizontal])
          place += 1
        }
      }
    }
    return Tensor(shape: [height, width, Spectrum.channels], values: values)
  }
}
