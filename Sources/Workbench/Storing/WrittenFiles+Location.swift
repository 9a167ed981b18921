import Language
import Storage

extension WrittenFiles {
  /// Fails if `location` lies elsewhere or belongs to somebody else.
  func check(_ location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    do { try check(location.path, below: directory, force: force) } catch { throw error.diagnostic(location, range) }
  }

  func write(_ bytes: [UInt8], to location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    do { try write(bytes, to: location.path, below: directory, force: force) } catch let refusal as Refusal { throw refusal.diagnostic(location, range) }
  }

  func append(_ bytes: [UInt8], to location: Location, below directory: String, force: Bool, at range: SourceRange?) throws {
    do { try append(bytes, to: location.path, below: directory, force: force) } catch let refusal as Refusal { throw refusal.diagnostic(location, range) }
  }
}

extension WrittenFiles.Refusal {
  fileprivate func diagnostic(_ location: Location, _ range: SourceRange?) -> Diagnostic {
    switch self {
    case .isFolder: Diagnostic("'\(location.text)' is a folder", at: range, remedy: "name a file in it")
    case .isOutside: Diagnostic("'\(location.text)' lies outside the working directory", at: range, remedy: "name a place below it, or run segue with --force")
    case .isOurs: Diagnostic("'\(location.text)' lies in Segue's own folder", at: range, remedy: "write beside it")
    case .isInStore: Diagnostic("'\(location.text)' lies in the store of values", at: range, remedy: "write to another folder")
    case .isUnreadable: Diagnostic("'\(location.text)' exists and cannot be read", at: range)
    case .isForeign: Diagnostic("'\(location.text)' exists and was not written by Segue", at: range, remedy: "choose another name, or run segue with --force")
    }
  }
}
