import Imaging
import Workbench

/// The colours of maps of one sort, the same for all of a figure.
struct MapScale {
  private let what: Show.What
  private let colours: ColourMap
  private let low: Float, high: Float

  /// The scale for maps of these looks. That of a discriminator is as wide around one half as it needs: one that is well deceived moves little.
  init(_ what: Show.What, for looks: some Sequence<ModelView.Look>) {
    self.what = what
    guard what == .discriminator else {
      (colours, low, high) = (.sequential, 0, 1)
      return
    }
    var reach: Float = 0
    for look in looks { if case .map(let values, _) = look.other { for value in values { reach = max(reach, abs(value - 0.5)) } } }
    let half = [0.02, 0.05, 0.1, 0.25].first { reach <= $0 } ?? Float(0.5)
    (colours, low, high) = (.diverging, 0.5 - half, 0.5 + half)
  }

  /// The numbers in colours, each as the rectangle that it stands for in a picture of the size `whole`.
  func picture(of values: [Float], _ size: PixelSize, at whole: PixelSize) -> Image {
    if size == whole { return colours.picture(of: values, size: size, from: low, to: high) }
    let levels = IndexMap(size: size, values: values.map { UInt8(min(max(($0 - low) / (high - low), 0), 1) * 255) }).resized(to: whole)
    return colours.picture(of: levels.values.map { Float($0) / 255 }, size: whole)
  }

  /// What the colours mean.
  var keys: [PictureKey] {
    switch what {
    case .image, .label, .overlay, .prediction: []
    case .confidence: PictureKeys.scale(colours, low: "unsure", high: "sure")
    case .entropy: PictureKeys.scale(colours, low: "one class", high: "all classes alike")
    case .errors: [PictureKey(ErrorPicture.wrong, "wrong", beginsLine: true)]
    case .discriminator: PictureKeys.scale(colours, from: low, to: high, places: high < 0.6 ? 3 : 2, low: "taken for source", high: "for target")
    }
  }
}
