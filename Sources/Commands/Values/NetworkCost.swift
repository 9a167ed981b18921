import Adaptation
import Imaging
import Segmentation
import Tensors
import Workbench

/// What a network costs on images of one size, told from its graph alone.
struct NetworkCost {
  let network: BiSeNet
  let images: Int
  let size: PixelSize

  init(_ network: BiSeNet, images: Int = 1, of size: PixelSize) { (self.network, self.images, self.size) = (network, images, size) }

  private var sizes: [NodeID: MapShape] { [network.images: MapShape(images, size.height, size.width, 3)] }

  /// Multiplications with addition of one forward pass, all three heads.
  var forward: Double { Double(Outline(network.graph, sizes: sizes).multiplyAccumulates { _ in true }) }

  /// The same without the auxiliary heads, which only training uses.
  var inference: Double {
    Double(Outline(network.graph, sizes: sizes).multiplyAccumulates { !$0.hasPrefix("conv_out16.") && !$0.hasPrefix("conv_out32.") })
  }

  /// Forward and backward: the gradients of what went in and of the weights each cost as much as the way forward.
  var trainingStep: Double { 3 * forward }

  /// The maps that its layers make, each under its layer's name, in the order of the graph.
  var layers: [(name: String, shape: MapShape)] {
    let outline = Outline(network.graph, sizes: sizes)
    return network.graph.nodes.compactMap { node in network.graph.node(named: node.name).map { (node.name, outline.shape($0)) } }
  }

  /// Bytes of the maps of a training step.
  var trainingMaps: Int { Plan.bytes(network.graph, sizes: sizes, outputs: network.heads, training: true) }

  /// Bytes of weights, gradients and momentum.
  var trainingWeights: Int { 3 * 4 * network.layout.entries.reduce(0) { $0 + $1.count } }
}

/// What the discriminator adds to an adversarial step of `images` pairs.
struct DiscriminatorCost {
  let discriminator: Discriminator
  let images: Int
  let size: PixelSize

  private var sizes: [NodeID: MapShape] { [discriminator.probabilities: MapShape(images, size.height, size.width, discriminator.classes)] }

  /// The target through it and back to the network; then source and target through it and back to its weights.
  var step: Double { 8 * Double(Outline(discriminator.graph, sizes: sizes).multiplyAccumulates { _ in true }) }

  var maps: Int { Plan.bytes(discriminator.graph, sizes: sizes, outputs: [discriminator.logits], training: true, repeatable: true) }

  /// Weights, gradients and Adam's two moments.
  var weights: Int { 4 * 4 * discriminator.layout.entries.reduce(0) { $0 + $1.count } }
}

extension Discriminator {
  /// Channels of what it reads.
  var classes: Int { 19 }
}

/// `16.9 GMAC`, `2.1 MMAC`: multiplications with addition.
func gigaMACs(_ count: Double) -> Phrase {
  if count < 1e8 { return "\(Number(count / 1e6, places: 1, .rounded)) MMAC" }
  return "\(Number(count / 1e9, places: count < 1e10 ? 2 : 1, .rounded)) GMAC"
}

/// `1 image`, `5 images`
func counted(_ count: Int, _ noun: String) -> String { counted(count, noun, noun + "s") }

func counted(_ count: Int, _ noun: String, _ nouns: String) -> String { "\(count) \(count == 1 ? noun : nouns)" }
