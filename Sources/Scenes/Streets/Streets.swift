public import Imaging

/// The built-in dataset: street scenes with the 19 classes of Cityscapes, made from a seed when they are read.
///
/// Two worlds share one law of layout and differ in looks, and a little in where the camera stands. No street of one world or
/// split occurs in another: not as a picture, and not as a layout.
///
/// Streets beside them belong to neither: each has a look of its own (``varied(split:index:seed:)``).
///
///     let scene = Streets.scene(world: .source, split: .train, index: 0, seed: 7)
///     let (image, label) = scene.render(look: .source, size: Streets.size)
public enum Streets {
  /// The version of the generator, which belongs into the recipe of everything made from it: it changes whenever a byte does.
  public static let version = 1

  /// The size at which streets are drawn if nobody says otherwise. Any other size shows the same streets.
  public static let size = PixelSize(256, 128)

  /// The two disjoint parts of each world.
  public enum Split: String, Sendable, Hashable, CaseIterable {
    case train, val

    /// How many streets this part has if nobody says otherwise.
    public var count: Int { self == .train ? 160 : 50 }
  }

  /// The street of this number, at least 0, in this part of this world; `seed` chooses among whole datasets.
  public static func scene(world: World, split: Split, index: Int, seed: UInt64 = 0) -> StreetScene {
    StreetScene(seed: sceneSeed(world: world, split: split, index: index, seed: seed), camera: world)
  }

  /// The street of this number, at least 0, among those that belong to neither world: for ``StreetScene/Look/varied``. Every other one is seen by
  /// the target's camera.
  public static func varied(split: Split, index: Int, seed: UInt64 = 0) -> StreetScene {
    let bits = sceneSeed(world: .source, split: split, index: index, seed: seed, isVaried: true)
    return StreetScene(seed: bits, camera: index.isMultiple(of: 2) ? .source : .target)
  }

  /// Seeds of one dataset are distinct by construction: the place is written into separate bits, and mixing is one to one.
  package static func sceneSeed(world: World, split: Split, index: Int, seed: UInt64, isVaried: Bool = false) -> UInt64 {
    precondition(index >= 0 && index < 1 << 32, "streets are counted from 0")
    let place = UInt64(index) | (split == .train ? 0 : 1 << 32) | (world == .source ? 0 : 1 << 33) | (isVaried ? 1 << 34 : 0)
    return mixed(place &+ mixed(seed))
  }

  /// The finalizer of SplitMix64 (Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators*, OOPSLA 2014): one to one.
  private static func mixed(_ bits: UInt64) -> UInt64 {
    var z = bits &+ 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
