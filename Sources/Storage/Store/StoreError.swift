/// Why a store cannot be used.
public enum StoreError: Error, Sendable, Hashable, CustomStringConvertible {
  /// A folder in which files are removed leads elsewhere.
  case isLink(folder: String)
  /// A version that knows more wrote it; nil where the file that says so holds no number.
  case isNewer(home: String, format: Int?)

  public var description: String {
    switch self {
    case .isLink(let folder): "\(folder) is a link, and files are removed in that folder"
    case .isNewer(let home, let format): "the store in \(home) was written by a newer version (format \(format.map(String.init) ?? "unknown"))"
    }
  }
}
