import Imaging
import Scenes
import Segmentation
import Storage
import Tensors
import Workbench

// What values take in memory while they are made, written to files or read from the store.

extension BuildModel {
  /// Its weights, and what they are drawn into.
  func memory(_ context: Context) throws -> MemoryNeed? {
    let count = try built().layout.entries.reduce(0) { $0 + Int64($1.count) }
    return MemoryNeed([("weights", 12 * count)], at: $width, remedy: "a smaller width= needs less")
  }
}

extension TensorValue {
  func memoryToWrite(fileWithExtension ending: String) -> Int64 { ending == ".png" ? 0 : 4 * Int64(tensor.count) }
}

extension ModelValue {
  /// Only the last epoch's weights are read, to check them.
  static func memoryToLoad(from folder: Folder) -> Int64 { folder.largestFile(named: "epoch-") }

  /// The stored file, its tensors, the weights, and the new file.
  func memoryToWrite(fileWithExtension ending: String) -> Int64 {
    guard let network = try? networks().first else { return 0 }
    return 16 * network.layout.entries.reduce(0) { $0 + Int64($1.count) }
  }
}

extension CheckpointValue {
  /// The stored file, its tensors, and the new file.
  func memoryToWrite(fileWithExtension ending: String) -> Int64 { 3 * training.folder.largestFile(named: TrainingRecord.stateName) }
}

extension BatchValue {
  /// Images and labels as numbers, and the file.
  func memoryToWrite(fileWithExtension ending: String) -> Int64 {
    guard ending != ".csv" else { return 0 }
    return streams.reduce(0) { sum, stream in
      sum + stream.picks.reduce(0 as Int64) { $0 + 32 * Int64($1.draw.crop?.area ?? stream.dataset.size(at: $1.position).area) }
    }
  }
}

extension ImageValue {
  /// As numbers, and the file.
  func memoryToWrite(fileWithExtension ending: String) -> Int64 { Int64(image.size.area) * (ending == ".png" ? 6 : 24) }
}
