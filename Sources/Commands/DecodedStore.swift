import Scenes
public import Workbench

/// What lies in `.segue` beside the values: pictures that were decoded once.
public enum DecodedStore {
  /// Keeps them in this working directory from now on; not where nothing that was stored is to be believed.
  public static func open(in surroundings: Surroundings) {
    SampleCache.shared.decoded = surroundings.isFresh ? nil : DecodedPictures(folder: surroundings.decodedPictures)
  }
}
