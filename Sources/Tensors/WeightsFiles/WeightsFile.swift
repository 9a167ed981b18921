/// A file of weights: safetensors, or what any version of PyTorch's `torch.save` writes, told apart by content.
///
/// Nothing in a file is executed: pickles are read as data, and what is no tensor stays words. Nothing in it is believed either: sizes,
/// strides, offsets and places are checked against the file before they are used, and no memory is set aside for what is only announced.
///
///     let file = try WeightsFile(decoding: bytes, from: "model.pth")
///     file.parts.map(\.name)              // ["state_dict", "optimizer"]
///     try file.values(of: file.parts[0].tensors)
public struct WeightsFile: Sendable {
  public let form: WeightsFileForm
  /// The dictionaries of tensors that it holds, in its order.
  public let parts: [WeightsPart]
  private let source: String
  private let bytes: [UInt8]
  private let archive: ZipArchive?

  /// How many of a file's first bytes tell its form.
  public static let startLength = Safetensors.startLength

  /// The form of a file that begins so; what none of PyTorch's forms begins with is taken for safetensors.
  public static func form(of start: some RandomAccessCollection<UInt8>) -> WeightsFileForm {
    let head = Array(start.prefix(startLength))
    // A header's length may begin as a pickle does, but its JSON begins with a brace.
    if head.count > 8, head[8] == UInt8(ascii: "{"), head[4..<8].allSatisfy({ $0 == 0 }) { return .safetensors }
    switch ForeignWeights(head) {
    case .torchArchive: return .torchArchive
    case .torchPickle: return .torchStream
    case .torchTar: return .torchTar
    default: return TarArchive.begins(head) ? .torchTar : .safetensors
    }
  }

  /// - Parameter source: how errors call the bytes, for instance the name of the file.
  /// - Throws: `WeightsFileError`, or `SafetensorsError` for what is taken for safetensors.
  public init(decoding bytes: [UInt8], from source: String = "the file") throws {
    let form = WeightsFile.form(of: bytes)
    (self.source, self.form) = (source, form)
    // The numbers of safetensors are read at once, those of the others from the bytes when they are asked for.
    self.bytes = form == .safetensors ? [] : bytes
    (parts, archive) = try WeightsFile.wording(source, form) { () throws -> ([WeightsPart], ZipArchive?) in
      switch form {
      case .safetensors: ([try WeightsFile.part(Safetensors(decoding: bytes, from: source))], nil)
      case .torchArchive: try TorchArchive.read(bytes)
      case .torchStream: (try TorchStream.read(bytes), nil)
      case .torchTar: (try TorchTar.read(bytes), nil)
      }
    }
  }

  /// How many bytes beside the file itself reading its numbers takes at one time, where entries have to be inflated.
  public var largestInflated: Int { archive?.largestInflated ?? 0 }

  /// The numbers of some of a part's tensors, in row-major order; F64 is rounded, the smaller types are widened exactly.
  public func values(of entries: [WeightsPart.Entry]) throws -> [[Float]] {
    try WeightsFile.wording(source, form) {
      var values = [[Float]](repeating: [], count: entries.count), last: (key: String, bytes: ArraySlice<UInt8>)?
      // Tensors of one storage together, so that none is inflated twice.
      for (index, entry) in entries.enumerated().sorted(by: { ($0.element.storageKey, $0.offset) < ($1.element.storageKey, $1.offset) }) {
        switch entry.content {
        case .ready(let tensor): values[index] = tensor.values
        case .stored(let tensor):
          switch tensor.storage.place {
          case .bytes(let range): values[index] = tensor.values(in: bytes[range])
          case .entry(let place):
            if last?.key != tensor.storage.key { last = (tensor.storage.key, try archive?.contents(place, in: bytes) ?? []) }
            values[index] = tensor.values(in: last?.bytes ?? [])
          }
        }
      }
      return values
    }
  }

  private static func part(_ file: Safetensors) -> WeightsPart {
    WeightsPart(
      name: nil, tensors: zip(file.entries, file.types).map { .init(name: $0.name, shape: $0.tensor.shape, type: $1.rawValue, isWhole: $1.isWhole, content: .ready($0.tensor)) },
      others: [])
  }

  private static func wording<Result>(_ source: String, _ form: WeightsFileForm, _ read: () throws -> Result) throws -> Result {
    do {
      return try read()
    } catch ReadingFault.malformed(let what) {
      throw WeightsFileError(source: source, fault: .malformed(form, what))
    } catch ReadingFault.unfit(let what, let remedy) {
      throw WeightsFileError(source: source, fault: .unfit(what, remedy: remedy))
    }
  }
}

extension WeightsPart.Entry {
  fileprivate var storageKey: String { if case .stored(let tensor) = content { tensor.storage.key } else { "" } }
}
