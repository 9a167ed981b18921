/// One operation of a network: how it computes, and beside it how its gradient does.
///
/// An op knows no sizes; a `Plan` asks it for shapes, gives it memory and calls it. Ops are values: what differs from run to run
/// lies in the pass.
public protocol Op: Sendable {
  /// For example `convolution 3x3 stride 2`.
  var name: String { get }
  /// The parameters it reads.
  var parameters: [ParameterID] { get }
  func outputShape(for inputs: [MapShape]) -> MapShape
  /// Which values `backward` reads, and which therefore stay in memory until then.
  var backwardReads: BackwardReads { get }
  /// Floats that `forward` leaves for `backward`, such as a batch's mean.
  func stateCount(for inputs: [MapShape]) -> Int
  /// False for an input whose shape alone matters.
  func differentiates(input: Int) -> Bool
  /// True if the input's gradient may be written over the output's, element by element.
  var worksInPlace: Bool { get }
  /// Multiplications with addition for these shapes.
  func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int
  /// How it computes with these algorithms; nil where there is one way only.
  func methods(for inputs: [MapShape], _ algorithms: ConvolutionAlgorithms) -> OpMethods?

  func forward(_ pass: ForwardPass)
  func backward(_ pass: BackwardPass)
}

public struct BackwardReads: OptionSet, Sendable {
  public let rawValue: Int
  public init(rawValue: Int) { self.rawValue = rawValue }
  public static let inputs = BackwardReads(rawValue: 1)
  public static let output = BackwardReads(rawValue: 2)
}

extension Op {
  public var parameters: [ParameterID] { [] }
  public func stateCount(for inputs: [MapShape]) -> Int { 0 }
  public func differentiates(input: Int) -> Bool { true }
  public var worksInPlace: Bool { false }
  public func multiplyAccumulates(from inputs: [MapShape], to output: MapShape) -> Int { 0 }
  public func methods(for inputs: [MapShape], _ algorithms: ConvolutionAlgorithms) -> OpMethods? { nil }
}

/// What an op computes from and into.
public struct ForwardPass {
  public let inputs: [FeatureMap]
  public let output: FeatureMap
  public let parameters: Parameters
  /// Where to leave floats for `backward`.
  public let state: UnsafeMutablePointer<Float>
  /// Batch statistics are taken and followed, rather than used as they are.
  public let training: Bool
  /// How much of a batch's statistics goes into the running ones.
  public let momentum: Float
  public let algorithms: ConvolutionAlgorithms
  /// Those whose images make one batch together.
  public let collective: any Collective
}

/// What an op computes its gradients from and into.
public struct BackwardPass {
  public let inputs: [FeatureMap]
  public let output: FeatureMap
  /// An op may write over it: nobody reads it afterwards.
  public let outputGradient: FeatureMap
  /// Nil where nobody wants the gradient.
  public let inputGradients: [FeatureMap?]
  /// True where an input's gradient holds a part already, to be added to.
  public let accumulate: [Bool]
  public let parameters: Parameters
  /// False where only the inputs' gradients are wanted.
  public let wantsParameterGradients: Bool
  public let state: UnsafeMutablePointer<Float>
  public let algorithms: ConvolutionAlgorithms
  public let collective: any Collective
}
