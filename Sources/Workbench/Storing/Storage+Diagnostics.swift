public import Language
public import Storage

extension FileError {
  /// The same for a person, with what would help.
  public var diagnostic: Diagnostic {
    let isWriting = operation != "read" && operation != "list"
    let remedy: String? =
      isFull ? "`store trim=yes` removes values that no name holds"
      : isForbidden && isWriting ? "run segue in a folder that you may write to" : isBeingWritten ? "wait until it is written" : nil
    return Diagnostic(description, remedy: remedy)
  }
}

extension StoreError {
  var diagnostic: Diagnostic {
    switch self {
    case .isLink(let folder):
      Diagnostic("\(folder) is a link, and Segue removes files in that folder", remedy: "put a folder in its place; to keep values elsewhere, let .segue itself be a link")
    case .isNewer(let home, let format):
      Diagnostic("the store in \(home) was written by a newer Segue (format \(format.map(String.init) ?? "unknown"))", remedy: "use that version, or another directory")
    }
  }
}

extension Folder.Damage {
  var diagnostic: Diagnostic {
    Diagnostic("the stored file \(name) of @\(lastName(path).prefix(8)) is damaged", remedy: "type the statement again, or `refresh`, to recompute the value")
  }
}

extension Folder.Replaced {
  var diagnostic: Diagnostic {
    Diagnostic("another process put other bits in the place of @\(lastName(path).prefix(8))", remedy: "type the statement again")
  }
}

extension Diagnostic {
  /// What went wrong below, in words; nil for errors that are not of files.
  init?(ofStorage error: any Error) {
    switch error {
    case let error as FileError: self = error.diagnostic
    case let error as StoreError: self = error.diagnostic
    case let error as Folder.Damage: self = error.diagnostic
    case let error as Folder.Replaced: self = error.diagnostic
    default: return nil
    }
  }
}
