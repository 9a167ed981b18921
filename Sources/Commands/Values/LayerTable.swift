import Imaging
import Language
import Segmentation
import Tensors
import Workbench

/// Every layer of a network by the name that `features` takes: `m.layers`.
struct LayerTable: SavableValue {
  static let kind = Kind.table
  let network: Network

  private static let size = PixelSize(1024, 512)

  private var layers: [(name: String, shape: MapShape)] { NetworkCost(network, of: Self.size).layers }

  var display: Display {
    .table(
      DisplayTable(
        title: "layers of \(network.form.words), for images of \(Self.size.description)",
        columns: [.init("layer", .left), .init("width"), .init("height"), .init("channels")],
        rows: layers.map { ["\($0.name)", "\($0.shape.width)", "\($0.shape.height)", "\($0.shape.channels)"] },
        remarks: ["features MODEL layer=\"NAME\" on=IMAGE gives what a layer makes of an image; images is the network's input, normalised"]))
  }

  var summary: Phrase { "\(counted(layers.count, "layer"))" }

  static let fileExtensions = [".csv"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    let lines = layers.map { "\($0.name),\($0.shape.width),\($0.shape.height),\($0.shape.channels)" }
    return Array((["layer,width,height,channels"] + lines).map { $0 + "\n" }.joined().utf8)
  }
}
