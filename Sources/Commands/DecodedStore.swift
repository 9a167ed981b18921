import Scenes
public import Workbench

/// What lies in `.segue` beside the values: pictures that were decoded once.
public enum DecodedStore {
  /// Keeps them in this working directory from now on.
  public static func open(in surroundings: Surroundings) {
    SampleCache.shared.decoded = DecodedPictures(folder: surroundings.decodedPictures)
  }
}
