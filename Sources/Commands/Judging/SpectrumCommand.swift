import Adaptation
import Imaging
import Language
import Scenes
import Tensors
import Workbench

struct SpectrumCommand: Command {
  static let name = "spectrum"
  static let version = 3
  static let summary = "The amplitudes or the phases of an image's frequencies, and the window of them that Fourier adaptation swaps."
  static let category = Category.judging
  static let usesSeed = false
  static let searchTerms = ["fourier", "fft", "amplitude", "phase", "frequencies", "window"]
  static let examples = [
    Example("spectrum d.source[0] beta=0.05", shows: .tensor, after: ["d = load dataset"]),
    Example("spectrum d.source[0] part=phase", shows: .tensor, after: ["d = load dataset"]),
    Example("spectrum d.source", fails: "one image", after: ["d = load dataset"]),
  ]

  enum Part: String, CaseIterable, Sendable, ExplainedChoice {
    case amplitude, phase
    var explanation: String { self == .amplitude ? "how strong each frequency is: light, colours, style" : "where its waves lie: the layout; 0 for a frequency that is nothing but rounding" }
  }

  @Input("an image, or a dataset with a number, such as gta[0]") var of: any Value
  @Choice("amplitudes or phases") var part = Part.amplitude
  @Setting("draw the window for this beta", in: 0...0.5, for: .display) var beta = 0.01
  @Choice("which frequencies are swapped", for: .display) var window = FourierWindow.square

  static let foundations = Versions.arithmetic

  func drawsNumbers(_ context: Context) -> Bool { (of as? DatasetValue)?.isDrawnInEvaluation ?? false }

  func check(_ context: Context) throws { _ = try imageSize(of: of, $of) }

  func memory(_ context: Context) throws -> MemoryNeed? {
    MemoryNeed([("the frequencies and their picture", 150 * Int64(try imageSize(of: of, $of).area))], at: $of?.range, remedy: "take a smaller image; load dataset has size=")
  }

  /// Of numbers that are of the part and of no other: amplitudes are large, angles may be negative.
  func outline(_ context: Context) throws -> TensorValue? {
    let size = try imageSize(of: of, $of), shape = [size.height, size.width, Spectrum.channels]
    let values = [Float](repeating: part == .amplitude ? 10 : -1, count: shape.reduce(1, *))
    return TensorValue(tensor: Tensor(shape: shape, values: values), picture: Image(size: size), caption: "")
  }

  func run(_ context: Context) throws -> TensorValue {
    let (image, name) = try pixels(of: of, $of, context), size = image.size
    let spectrum = Spectrum(of: image.pixels, height: size.height, width: size.width)
    return TensorValue(tensor: part == .amplitude ? spectrum.centredAmplitudes : spectrum.centredPhases, of: ImageValue(image.rounded, caption: "\(name)"))
  }

  /// An image is called as the statement wrote it; a dataset's sample has a name of its own.
  func presented(_ result: TensorValue, _ context: Context) -> TensorValue {
    guard let original = result.original else { return result }
    let name: Phrase = of is ImageValue ? "\($of?.text ?? "image")" : original.caption
    return TensorValue(tensor: result.tensor, drawing: drawing(of: result.tensor, original.image, name), of: original)
  }

  private func drawing(of tensor: Tensor, _ image: Image, _ name: Phrase) -> ImageValue {
    let size = image.size
    switch part {
    case .amplitude:
      let drawing = SpectrumDrawing(tensor, FourierAdaptation(beta: beta, window: window), size)
      return ImageValue(drawing.figure(of: image), caption: "\(name): log amplitude, low frequencies in the middle; \(drawing.words)")
    case .phase:
      // Green stands for the three channels: a mean of angles means nothing.
      let green = stride(from: 1, to: tensor.count, by: 3).map { tensor.values[$0] }
      let picture = ColourMap.cyclic.picture(of: green, size: size, from: -.pi, to: .pi)
      let keys = [(-1, "-180 degrees"), (-0.5, "-90"), (0, "0"), (0.5, "90")].map { PictureKey(ColourMap.cyclic[Float(($0.0 + 1) / 2)], $0.1) }
      let figure = Figure(rows: [[.init("image", image), .init("phase (green)", picture)]], keys: keys)
      return ImageValue(figure, caption: "\(name): phase of the green channel, low frequencies in the middle")
    }
  }
}

/// The amplitudes of a picture with the window of Fourier adaptation in red, whole and from near.
struct SpectrumDrawing {
  /// `[height, width, 3]`, frequency 0 in the middle.
  private let amplitudes: Tensor
  private let adaptation: FourierAdaptation
  private let size: PixelSize
  /// How much larger the middle is drawn.
  private let factor: Int

  init(_ amplitudes: Tensor, _ adaptation: FourierAdaptation, _ size: PixelSize) {
    (self.amplitudes, self.adaptation, self.size) = (amplitudes, adaptation, size)
    // As near as the whole window is seen with as much again around it.
    let mask = adaptation.mask(size), side = min(size.width, size.height)
    let inside = mask.values.indices.filter { mask.values[$0] > 0 }.map { $0 / size.width }
    let rows = max((inside.max() ?? 0) - (inside.min() ?? 0) + 1, 1)
    factor = [16, 8, 4, 2].first { $0 * rows * 2 <= size.height && side >= 2 * $0 } ?? 1
  }

  var words: String { adaptation.describe(size) }

  func figure(of image: Image) -> Figure {
    var whole = FeaturePicture.grey(Spectrum.pictureValues(ofCentredAmplitudes: amplitudes).values, size)
    let mask = adaptation.mask(size)
    // The amplitudes still show below the red.
    for pixel in mask.values.indices where mask.values[pixel] > 0 { whole.pixels[3 * pixel] = 255 }
    var keys = [PictureKey((255, 60, 60), "swapped by fda")]
    var panels = [Figure.Panel("image", image), .init("log amplitude", whole)]
    if factor > 1 {
      let part = PixelSize(size.width / factor, size.height / factor)
      let near = PixelWindow(x: size.width / 2 - part.width / 2, y: size.height / 2 - part.height / 2, size: part)
      panels.append(.init("its middle, \(factor)x", whole.cropped(to: near).enlarged(by: factor)))
      let around = PixelWindow(x: near.x - 1, y: near.y - 1, size: PixelSize(part.width + 2, part.height + 2))
      panels[1].picture.frame(around, red: 255, green: 214, blue: 90)
      keys.append(PictureKey((255, 214, 90), "what stands beside it \(factor) times as large"))
    }
    return Figure(rows: [panels], keys: keys)
  }
}

/// The size of an image, or of the one sample of a dataset, which is not read.
func imageSize(of value: any Value, _ operand: Operand?) throws -> PixelSize {
  switch value {
  case let data as DatasetValue: return try oneImage(data, operand).size(at: 0)
  case let image as ImageValue: return image.image.size
  default: throw Diagnostic("this takes one image, and \(operand?.text ?? "this") is \(value.kind.withArticle)", at: operand?.range, remedy: "name an image, or a dataset with a number")
  }
}

/// The pixels of an image, or of the one sample of a dataset, and what to call them.
func pixels(of value: any Value, _ operand: Operand?, _ context: Context) throws -> (image: FloatImage, name: String) {
  if let image = value as? ImageValue { return (FloatImage(image.image), operand?.text ?? "image") }
  guard let data = value as? DatasetValue else { preconditionFailure("check has seen that it is one image") }
  let sample = try oneSample(data, operand, context)
  return (sample.image, sample.name)
}
