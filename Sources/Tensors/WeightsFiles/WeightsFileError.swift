/// Why a file of weights in one of PyTorch's forms cannot be read.
public struct WeightsFileError: Error, Equatable, CustomStringConvertible {
  /// What was read: the name of a file, or a few words.
  public let source: String
  public let fault: Fault

  public enum Fault: Error, Equatable {
    /// The file is not what its form asks for: cut short, damaged, or made to mislead.
    case malformed(WeightsFileForm, String)
    /// A whole file of another purpose.
    case unfit(String, remedy: String)
  }

  public var description: String {
    switch fault {
    case .malformed(let form, let what): "\(source) cannot be read as \(form.name): \(what)"
    case .unfit(let what, _): "\(source) \(what)"
    }
  }

  /// What would help; nil where only another file would.
  public var remedy: String? { if case .unfit(_, let remedy) = fault { remedy } else { nil } }
}

/// The forms in which weights are read, told apart by content.
public enum WeightsFileForm: Sendable, Hashable, CaseIterable {
  case safetensors
  /// `torch.save` since PyTorch 1.6.
  case torchArchive
  /// `torch.save` before that: pickles in a row, then numbers.
  case torchStream
  /// `torch.save` before PyTorch 0.1.10.
  case torchTar

  /// In words that follow "as".
  public var name: String {
    switch self {
    case .safetensors: "a safetensors file"
    case .torchArchive: "a PyTorch archive"
    case .torchStream: "a PyTorch file of before 1.6"
    case .torchTar: "a PyTorch file of before 0.1.10"
    }
  }
}

/// What a reader of one of the forms throws; whoever knows the file's name and form makes a ``WeightsFileError`` of it.
enum ReadingFault: Error, Equatable {
  case malformed(String)
  case unfit(String, remedy: String)
}
