import Imaging

/// The built-in streets as a dataset: both worlds, drawn as they are read.
public enum StreetsFormat: DatasetFormat {
  public static let name = "streets"
  public static let summary = "Street scenes that are built in, in two looks: a rendered source and a camera-like target."
  public static let needsPath = false

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let fields = World.allCases.map { world in
      let reader = StreetsReader(world: world, size: request.size ?? Streets.size)
      let dataset = Dataset(
        title: "streets \(world.rawValue)", role: world == .source ? .source : .target, classes: Array(0..<CityscapesClass.count),
        reader: reader, parts: reader.parts, samples: request.samples)
      return LoadedData.Field(name: world.rawValue, dataset: dataset)
    }
    return LoadedData(whole: nil, fields: fields)
  }
}

/// Draws the streets of one world: those for training first, then those for validation.
struct StreetsReader: SampleReader {
  let world: World
  let size: PixelSize

  var parts: [Dataset.Part] {
    [Dataset.Part](repeating: .train, count: Streets.Split.train.count) + [Dataset.Part](repeating: .val, count: Streets.Split.val.count)
  }

  var count: Int { Streets.Split.train.count + Streets.Split.val.count }

  func name(at index: Int) -> String {
    let (split, number) = place(index)
    return "\(world.rawValue)-\(split.rawValue)-\(number)"
  }

  func size(at index: Int) -> PixelSize { size }

  func read(at index: Int) throws -> (image: Image, label: IndexMap?) {
    let (split, number) = place(index)
    let (image, label) = Streets.scene(world: world, split: split, index: number).render(look: world, size: size)
    return (image, label)
  }

  private func place(_ index: Int) -> (Streets.Split, Int) {
    let training = Streets.Split.train.count
    return index < training ? (.train, index) : (.val, index - training)
  }
}
