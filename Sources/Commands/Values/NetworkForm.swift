import Segmentation

/// What says which network weights belong to; it lies beside them in the store.
struct NetworkForm: Hashable, Sendable, Codable {
  let spatialPath: String
  let width: String

  init(_ network: BiSeNet) { (spatialPath, width) = (network.spatialPath.rawValue, network.width.rawValue) }

  /// - Throws: where the words are of a newer version.
  func network() throws -> BiSeNet {
    guard let path = BiSeNet.SpatialPath(rawValue: spatialPath), let width = NetworkWidth(rawValue: width) else {
      throw UnknownForm(description: "the network bisenet spatial=\(spatialPath) width=\(width) is unknown to this version of Segue")
    }
    return BiSeNet(spatialPath: path, width: width)
  }

  /// `bisenet width=1/2`
  var words: String {
    "bisenet" + (spatialPath == BiSeNet.SpatialPath.path.rawValue ? "" : " spatial=\(spatialPath)") + (width == NetworkWidth.full.rawValue ? "" : " width=\(width)")
  }

  struct UnknownForm: Error, CustomStringConvertible { let description: String }
}
