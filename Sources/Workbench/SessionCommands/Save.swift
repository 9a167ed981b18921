import Language

/// `save lesson.segue`, `save lesson.segue only=mbt`, `save train1 to=model.safetensors`
struct Save: SessionCommand {
  static let summary = "Copy the session's script to a file, or write a value, or a part of one such as t.history, for other programs."
  static let searchTerms = ["write", "export", "file", "checkpoint", "verify", "optimiser", "csv", "pytorch"]
  static let seeAlso = ["graph", "keep"]
  static let examples = [
    Example("save lesson.segue", after: ["rounds = 25"]), Example("save rounds to=rounds.txt", fails: "cannot be written", after: ["rounds = 25"]),
  ]

  @Words("a file that ends in .segue, or a value", isRequired: true) var what: [Word]
  @Path("the file for the value", .writing) var to: Location?
  @Inputs("for a script: only the statements that these values need", atLeast: 0) var only: [any Value]

  func check(in session: Session) throws {
    if let second = what.dropFirst().first { throw Diagnostic("save takes one file or one value", at: second.range) }
    guard let to else {
      guard word.text.hasSuffix(".segue") else {
        throw Diagnostic("save needs to know where", at: word.range, remedy: "write save \(word.text) to=FILE, or a file name that ends in .segue")
      }
      return try session.checkWritable(session.location(word.text), at: word.range)
    }
    guard let reference = Reference(word.text) else { throw Diagnostic("'\(word.text)' names no value", at: word.range) }
    let bound = try session.bound(reference, at: word.range)
    if bound.knowledge > .kind {
      guard let savable = bound.seen as? any SavableValue else {
        throw Diagnostic("\(bound.value.kind.withArticle) cannot be written to a file", at: word.range, remedy: "save x.segue writes the session")
      }
      try checkEnding(of: to, for: savable)
      if let reason = savable.reasonNotToSave { throw Diagnostic(reason, at: word.range) }
      try session.requireMemory(MemoryNeed([("the file", savable.memoryToWrite(fileWithExtension: to.fileExtension))], at: word.range, remedy: MemoryNeed.moreMemory))
    }
    try session.checkWritable(to, at: $to)
  }

  var change: SessionChange? { to.map { .file($0) } }

  func run(in session: Session) throws -> Display {
    guard let to else { return try saveScript(word, session) }
    guard let reference = Reference(word.text), let value = try session.value(of: reference, at: word.range) as? any SavableValue else {
      preconditionFailure("check has seen that it can be saved")
    }
    do {
      try session.write(try value.bytes(forFileWithExtension: to.fileExtension), to: to, at: $to)
      return .text("written: \(to.text)")
    } catch {
      guard !(error is Diagnostic), !(error is any DiagnosedError) else { throw error }
      throw Diagnostic(session.diagnostic(error).message, at: word.range)
    }
  }

  private var word: Word { what[0] }

  private func checkEnding<Some: SavableValue>(of to: Location, for value: Some) throws {
    guard Some.fileExtensions.contains(to.fileExtension) else {
      throw Diagnostic(
        "\(Some.kind.withArticle) is not written as '\(to.text)'", at: $to,
        remedy: Some.otherWay(toFileWithExtension: to.fileExtension) ?? "end the name in \(Some.fileExtensions.joined(separator: " or "))")
    }
  }

  private func saveScript(_ word: Word, _ session: Session) throws -> Display {
    let names = $only.map { String($0.text.prefix { $0 != "." && $0 != "[" && $0 != "@" }) }
    let script = names.isEmpty ? session.transcript : session.transcript(only: names)
    try session.write(Array(script.utf8), to: session.location(word.text), at: word.range)
    return .text("written: \(word.text)")
  }
}
