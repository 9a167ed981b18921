import Adaptation
import Imaging
import Language
import Tensors
import Workbench

struct Combine: Command {
  static let summary = "Make an image of the amplitudes of one and the phases of another: phases hold the layout, amplitudes the style."
  static let category = Category.judging
  static let usesSeed = false
  static let searchTerms = ["fourier", "fft", "inverse", "swap", "amplitude", "phase", "style"]
  static let examples = [
    Example("combine amplitude=a phase=p", shows: .image, after: Samples.spectra),
    Example("combine amplitude=p phase=a", fails: "no amplitudes", after: Samples.spectra),
    Example("combine amplitude=a phase=small", fails: "32x16", after: Samples.spectra),
  ]

  @Input("amplitudes, by `spectrum IMAGE`") var amplitude: TensorValue
  @Input("phases, by `spectrum IMAGE part=phase`") var phase: TensorValue

  static let foundations = Versions.arithmetic

  func check(_ context: Context) throws {
    let size = try spectrumSize(amplitude, $amplitude), other = try spectrumSize(phase, $phase)
    guard amplitude.tensor.values.allSatisfy({ $0 >= 0 }) else {
      throw Diagnostic("\($amplitude?.text ?? "this") holds numbers below 0, so they are no amplitudes", at: $amplitude?.range, remedy: "`spectrum IMAGE` makes amplitudes, with part=phase phases")
    }
    guard phase.tensor.values.allSatisfy({ abs($0) <= 3.1416 }) else {
      throw Diagnostic("\($phase?.text ?? "this") holds numbers that are no angles", at: $phase?.range, remedy: "`spectrum IMAGE part=phase` makes phases")
    }
    guard size == other else {
      throw Diagnostic("the amplitudes are of a \(size) image and the phases of one of \(other)", at: $phase?.range, remedy: "take two images of one size; load dataset has size=")
    }
  }

  func memory(_ context: Context) throws -> MemoryNeed? {
    MemoryNeed([("the frequencies and the image", 80 * Int64(try spectrumSize(amplitude, $amplitude).area))], at: $amplitude?.range, remedy: "take the spectra of smaller images; load dataset has size=")
  }

  func run(_ context: Context) throws -> ImageValue {
    let spectrum = Spectrum(centredAmplitudes: amplitude.tensor, centredPhases: phase.tensor)
    let image = FloatImage(size: try spectrumSize(amplitude, $amplitude), pixels: spectrum.pixels).rounded
    return ImageValue(image, caption: "")
  }

  func presented(_ result: ImageValue, _ context: Context) -> ImageValue {
    ImageValue(result.image, caption: "amplitudes of \($amplitude?.text ?? ""), phases of \($phase?.text ?? "")")
  }

  func outline(_ context: Context) throws -> ImageValue? {
    ImageValue(Image(size: try spectrumSize(amplitude, $amplitude)), caption: "")
  }

  /// The size of the image whose spectrum a tensor is.
  private func spectrumSize(_ value: TensorValue, _ operand: Operand?) throws -> PixelSize {
    let shape = value.tensor.shape
    guard shape.count == 3, shape[2] == Spectrum.channels else {
      throw Diagnostic("\(operand?.text ?? "this") is no spectrum: it is \(value.summary.text)", at: operand?.range, remedy: "`spectrum IMAGE` makes amplitudes, with part=phase phases")
    }
    return PixelSize(shape[1], shape[0])
  }
}
