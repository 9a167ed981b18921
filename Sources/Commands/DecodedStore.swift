import Scenes
public import Workbench

/// What lies in `.segue` beside the values: pictures that were decoded once.
public enum DecodedStore {
  /// Keeps them in this working directory from now on; not where nothing that was stored is to be believed.
  public static func open(in surroundings: Surroundings) {
    let samples = surroundings.belongings.samples
    samples.decoded = surroundings.isFresh ? nil : DecodedPictures(folder: surroundings.decodedPictures, in: surroundings.fileSystem)
  }
}

extension Belongings {
  /// Decoded samples of all datasets of a session.
  var samples: SampleCache { thing { SampleCache() } }
}
