import Imaging

/// The built-in streets as a dataset: both worlds, drawn as they are read.
public enum StreetsFormat: DatasetFormat {
  public static let name = "streets"
  public static let summary = "Street scenes that are built in, in two looks: a rendered source and a camera-like target."
  public static let needsPath = false

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let fields = World.allCases.map { world in
      let reader = StreetsReader(look: .init(world), size: request.size ?? Streets.size)
      let dataset = Dataset(
        title: "streets \(world.rawValue)", role: world == .source ? .source : .target, classes: Array(0..<CityscapesClass.count),
        reader: reader, parts: reader.parts, samples: request.samples)
      return LoadedData.Field(name: world.rawValue, dataset: dataset)
    }
    return LoadedData(whole: nil, fields: fields)
  }
}

/// Streets of neither world, each in colours, light and textures of its own: what networks learn streets from before they see a world.
public enum VariedStreetsFormat: DatasetFormat {
  public static let name = "variedstreets"
  public static let summary = "Street scenes that are built in, each in a look of its own, in neither of the two worlds of streets."
  public static let needsPath = false

  /// Streets for training; decoded they fit in the cache of a session.
  static let count = 1600

  public static func load(_ request: LoadRequest) throws -> LoadedData {
    let reader = StreetsReader(look: .varied, size: request.size ?? Streets.size, trainingCount: count)
    return LoadedData(
      whole: Dataset(
        title: "varied streets", role: .source, classes: Array(0..<CityscapesClass.count), reader: reader, parts: reader.parts, samples: request.samples))
  }
}

/// Draws streets of one look: those for training first, then those for validation.
struct StreetsReader: SampleReader {
  let look: StreetScene.Look
  let size: PixelSize
  var trainingCount = Streets.Split.train.count

  var parts: [Dataset.Part] {
    [Dataset.Part](repeating: .train, count: trainingCount) + [Dataset.Part](repeating: .val, count: Streets.Split.val.count)
  }

  var count: Int { trainingCount + Streets.Split.val.count }

  func name(at index: Int) -> String {
    let (split, number) = place(index)
    return "\(look)-\(split.rawValue)-\(number)"
  }

  func size(at index: Int) -> PixelSize { size }

  func read(at index: Int) throws -> (image: Image, label: IndexMap?) {
    let (split, number) = place(index)
    let scene =
      switch look {
      case .source: Streets.scene(world: .source, split: split, index: number)
      case .target: Streets.scene(world: .target, split: split, index: number)
      case .varied: Streets.varied(split: split, index: number)
      }
    return scene.render(look: look, size: size)
  }

  private func place(_ index: Int) -> (Streets.Split, Int) { index < trainingCount ? (.train, index) : (.val, index - trainingCount) }
}
