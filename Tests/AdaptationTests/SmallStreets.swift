import Imaging
import Scenes
import Segmentation

/// Streets so small that whole methods run in a moment.
enum SmallStreets {
  static let size = PixelSize(64, 32)

  /// The first `count` streets of one world.
  static func of(_ world: World, _ part: Dataset.Part = .train, taking count: Int, size: PixelSize = size) throws -> Dataset {
    let data = try StreetsFormat.load(LoadRequest(size: size))
    return try data.datasets[world == .source ? 0 : 1].only(part).taking(count)
  }

  /// A network of eighth width as it starts.
  static func model(_ form: BiSeNet.SpatialPath = .path, seed: UInt64 = 3) -> SegmentationModel {
    let network = BiSeNet.network(spatialPath: form, width: .eighth)
    return SegmentationModel(network: network, weights: network.initialWeights(seed: seed))
  }
}
