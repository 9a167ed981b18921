/// The two domains of a dataset made for adaptation: where labels are free, and where a network has to work.
///
/// For the built-in streets the source is a clean rendered world and the target a camera-like one.
public enum World: String, Sendable, Hashable, CaseIterable {
  case source, target
}
