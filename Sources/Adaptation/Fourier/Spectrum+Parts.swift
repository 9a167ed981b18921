internal import Glibc
public import Tensors

extension Spectrum {
  /// The spectrum of these amplitudes and phases, `[height, width, 3]` each with frequency 0 in the middle, as ``centredAmplitudes`` and
  /// ``centredPhases`` give them: those of one picture give the picture, those of two a picture with the light and colours of the first and
  /// the things of the second (Oppenheim and Lim, *The importance of phase in signals*, 1981).
  public init(centredAmplitudes amplitudes: Tensor, centredPhases phases: Tensor) {
    precondition(amplitudes.shape == phases.shape && amplitudes.shape.count == 3 && amplitudes.shape[2] == Spectrum.channels, "amplitudes and phases are of one picture's shape")
    let (height, width) = (amplitudes.shape[0], amplitudes.shape[1]), columns = width / 2 + 1
    var coefficients = [SIMD2<Float>](repeating: .zero, count: Spectrum.channels * height * columns)
    for row in 0..<height {
      let vertical = row < height - height / 2 ? row : row - height
      for column in 0..<columns {
        let horizontal = column < width - width / 2 ? column : column - width
        let place = ((vertical + height / 2) * width + horizontal + width / 2) * Spectrum.channels
        for channel in 0..<Spectrum.channels {
          let amplitude = Double(amplitudes.values[place + channel]), phase = Double(phases.values[place + channel])
          coefficients[(channel * height + row) * columns + column] = SIMD2(Float(amplitude * cos(phase)), Float(amplitude * sin(phase)))
        }
      }
    }
    self.init(coefficients: coefficients, height: height, width: width)
  }
}
