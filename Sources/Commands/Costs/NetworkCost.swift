import Imaging
import Segmentation
import Tensors
import Workbench

/// What a network costs on images of one size, from its graph alone.
struct NetworkCost {
  let network: Network
  let images: Int
  let size: PixelSize

  init(_ network: Network, images: Int = 1, of size: PixelSize) { (self.network, self.images, self.size) = (network, images, size) }

  private var sizes: [NodeID: MapShape] { [network.images: MapShape(images, size.height, size.width, 3)] }
  private var outline: Outline { Outline(network.graph, sizes: sizes) }

  /// Multiplications with addition of one forward pass, all heads.
  var forward: Double { Double(outline.multiplyAccumulates()) }

  /// The same without the auxiliary heads, which only training uses.
  var inference: Double { Double(outline.multiplyAccumulates(of: network.graph.nodes(reaching: [network.logits]))) }

  /// Forward and backward: the gradients of what went in and of the weights each cost as much as the way forward.
  var trainingStep: Double { 3 * forward }

  /// The maps that its layers make, each under its layer's name, in the order of the graph.
  var layers: [(name: String, shape: MapShape)] {
    let outline = outline
    return network.graph.nodes.compactMap { node in network.graph.node(named: node.name).map { (node.name, outline.shape($0)) } }
  }

  /// Bytes of weights, gradients and momentum.
  var trainingWeights: Int { 3 * 4 * network.layout.entries.reduce(0) { $0 + $1.count } }
}

/// `16.9 GMAC`, `2.1 MMAC`: multiplications with addition.
func gigaMACs(_ count: Double) -> Phrase {
  if count < 1e8 { return "\(Number(count / 1e6, places: 1, .rounded)) MMAC" }
  return "\(Number(count / 1e9, places: count < 1e10 ? 2 : 1, .rounded)) GMAC"
}
