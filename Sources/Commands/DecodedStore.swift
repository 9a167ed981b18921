import Scenes

/// What lies in `.segue` beside the values: pictures that were decoded once.
public enum DecodedStore {
  /// Keeps them in this working directory from now on.
  public static func open(in directory: String) {
    SampleCache.shared.decoded = DecodedPictures(folder: directory + "/.segue/decoded")
  }
}
