public import Language
public import Storage

extension FileError: DiagnosedError {
  /// The same for a person, with what would help.
  public var diagnostic: Diagnostic {
    let isReading = operation == "read" || operation == "list"
    let remedy: String? =
      isFull ? "`store trim=yes` removes values that no name holds"
      : isForbidden ? isReading ? "change its permissions, for example with chmod" : "run segue in a folder that you may write to"
      : isBeingWritten ? "wait until it has been written" : nil
    return Diagnostic(description, remedy: remedy)
  }
}

extension StoreError: DiagnosedError {
  public var diagnostic: Diagnostic {
    switch self {
    case .isLink(let folder):
      Diagnostic("\(folder) is a link, and Segue removes files in that folder", remedy: "put a folder in its place; to keep values elsewhere, let .segue itself be a link")
    case .isNewer(let home, let format):
      Diagnostic("the store in \(home) was written by a newer Segue (format \(format.map(String.init) ?? "unknown"))", remedy: "use that version, or another directory")
    }
  }
}

extension Folder.Damage: DiagnosedError {
  public var diagnostic: Diagnostic {
    Diagnostic("the stored file \(name) of @\(lastName(path).prefix(8)) is damaged", remedy: "type the statement again, or `refresh`, to recompute the value")
  }
}

extension Folder.Replaced: DiagnosedError {
  public var diagnostic: Diagnostic {
    Diagnostic("another process replaced @\(lastName(path).prefix(8)) with other bits", remedy: "type the statement again")
  }
}
