import Adaptation
import Imaging
import Language
import Scenes
import Tensors
import Workbench

struct SpectrumCommand: Command {
  static let name = "spectrum"
  static let summary = "The amplitude of an image's frequencies, and the window of them that Fourier adaptation swaps."
  static let category = Category.judging
  static let usesSeed = false
  static let searchTerms = ["fourier", "fft", "amplitude", "frequencies", "window"]
  static let examples = [
    Example("spectrum d.source[0] beta=0.05", shows: .tensor, after: ["d = load dataset"]),
    Example("spectrum d.source", fails: "one image", after: ["d = load dataset"]),
  ]

  @Input("one image: a dataset with its number, such as gta[0]") var of: DatasetValue
  @Setting("draws the window of this beta", in: 0...0.5) var beta = 0.01
  @Choice("which frequencies are swapped") var window = FourierWindow.square

  func run(_ context: Context) throws -> TensorValue {
    let sample = try oneSample(of, $of), size = sample.image.size
    let spectrum = Spectrum(of: sample.image.pixels, height: size.height, width: size.width)
    let adaptation = FourierAdaptation(beta: beta, window: window)
    var picture = FeaturePicture.grey(spectrum.pictureValues.values, size)
    let mask = adaptation.mask(size)
    // Red where the window is; the amplitudes still show.
    for pixel in mask.values.indices where mask.values[pixel] > 0 { picture.pixels[3 * pixel] = 255 }
    return TensorValue(
      tensor: spectrum.logAmplitudes, picture: picture,
      caption: "\(sample.name): log amplitude, low frequencies in the middle; \(adaptation.describe(size))")
  }
}
