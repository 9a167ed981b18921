internal import Console
internal import FoundationEssentials
internal import Glibc
internal import Language
internal import Rendering
internal import Synchronization
public import Workbench

/// Serves an editor: diagnostics while one types, completion, help, formatting, and the way to the statement that made a name.
///
///     let server = LanguageServer(catalog, surroundings: { … }, write: { … })
///     try server.serve { read() }
///
/// One thread answers, and never waits for the other, which checks what was typed.
public final class LanguageServer: Sendable {
  let catalog: Catalog
  let documents = Documents()
  private let surroundings: @Sendable (_ directory: String) throws -> Surroundings
  private let write: @Sendable (String) -> Void
  private struct State {
    var phase = Phase.new
    /// The folder that is open in the editor.
    var root: String?
  }
  enum Phase { case new, running, shutdown }
  private let state = Mutex(State())
  /// How many messages were written: held while one is, so that no two are written into one another.
  private let output = Mutex(0)

  /// - Parameters:
  ///   - surroundings: of a directory, for a check that writes nothing.
  ///   - write: is given whole messages.
  public init(_ catalog: Catalog, surroundings: @escaping @Sendable (_ directory: String) throws -> Surroundings, write: @escaping @Sendable (String) -> Void) {
    (self.catalog, self.surroundings, self.write) = (catalog, surroundings, write)
  }

  /// Serves until the editor leaves.
  ///
  /// - Parameter read: the next bytes; none at the end.
  /// - Returns: whether it left as it should.
  public func serve(_ read: () -> [UInt8]) throws -> Bool {
    let wake = try WakePipe()
    let thread = try BackgroundThread { [self] in
      while !documents.isClosed {
        wake.wait()
        // Keys follow one another: one check serves those of a tenth of a second.
        if !documents.isClosed { usleep(100_000) }
        checkWaiting()
      }
    }
    defer {
      documents.end()
      wake.wake()
      thread.join()
    }
    var stream = MessageStream()
    while true {
      do throws(MessageStream.Fault) {
        while let message = try stream.next() {
          if !take(message) { return isShutDown }
          wake.wake()
        }
      } catch {
        throw Diagnostic(error.words, remedy: "editors start `segue lsp` by themselves, and talk to it")
      }
      let bytes = read()
      if bytes.isEmpty { return isShutDown }
      stream.add(bytes)
    }
  }

  private var isShutDown: Bool { state.withLock { $0.phase } == .shutdown }

  /// Works on one message; false where it was the last.
  package func take(_ message: [UInt8]) -> Bool {
    guard let request = try? Request(message) else {
      send([("id", .null), ("error", LanguageServer.error(-32700, "this is no message"))])
      return true
    }
    if request.method == "exit" { return false }
    let phase = state.withLock { $0.phase }
    if phase == .new, request.method != "initialize" {
      if let id = request.id { send([("id", id), ("error", LanguageServer.error(-32002, "initialize comes first"))]) }
      return true
    }
    do {
      let answer = try answer(request)
      if let id = request.id { send([("id", id), answer.map { ("result", $0) } ?? ("error", LanguageServer.error(-32601, "\(request.method) is not known"))]) }
    } catch {
      if let id = request.id { send([("id", id), ("error", LanguageServer.error(-32602, "the parameters of \(request.method) were not understood"))]) }
    }
    return true
  }

  /// Nil for what is not known.
  private func answer(_ request: Request) throws -> JSONText? {
    switch request.method {
    case "initialize":
      let asked: Parameters.Initialize = try request.parameters()
      state.withLock { state in (state.phase, state.root) = (.running, asked.rootUri.flatMap(FileAddress.path)) }
      return LanguageServer.capabilities
    case "shutdown":
      state.withLock { $0.phase = .shutdown }
      return .null
    case "textDocument/didOpen":
      let opened: Parameters.Opened = try request.parameters()
      set(opened.textDocument.uri, opened.textDocument.text, opened.textDocument.version)
    case "textDocument/didChange":
      let changed: Parameters.Changed = try request.parameters()
      if let text = changed.contentChanges.last?.text { set(changed.textDocument.uri, text, changed.textDocument.version) }
    case "textDocument/didClose":
      let closed: Parameters.Whole = try request.parameters()
      documents.close(closed.textDocument.uri)
      publish([], of: closed.textDocument.uri, version: nil)
    case "textDocument/completion": return try at(request, completion)
    case "textDocument/hover": return try at(request, hover)
    case "textDocument/definition": return try at(request, definition)
    case "textDocument/formatting":
      let asked: Parameters.Whole = try request.parameters()
      return documents[asked.textDocument.uri].map { formatting($0.text) } ?? .null
    case "textDocument/codeAction": return actions(try request.parameters())
    default: return nil
    }
    return .null
  }

  private func at(_ request: Request, _ work: (Documents.Document, Int, String) -> JSONText) throws -> JSONText {
    let asked: Parameters.At = try request.parameters()
    guard let document = documents[asked.textDocument.uri] else { return .null }
    return work(document, document.text.offset(of: asked.position), asked.textDocument.uri)
  }

  private func set(_ name: String, _ text: String, _ version: Int?) {
    let root = state.withLock { $0.root }, path = FileAddress.path(name)
    let own = path.map { String($0[..<($0.lastIndex(of: "/") ?? $0.startIndex)]) }
    // Scripts are run in the folder that is open; one from elsewhere in its own.
    let directory = root.flatMap { root in own == nil || own == root || own?.hasPrefix(root + "/") == true ? root : nil } ?? own ?? "/"
    documents.set(name, DocumentText(text, catalog.vocabulary), version: version, directory: directory.isEmpty ? "/" : directory)
  }

  /// Checks what changed, and tells what it found: the same as `segue check`.
  package func checkWaiting() {
    while let (name, document) = documents.takeWaiting() {
      let script = document.text.script
      do {
        let (found, session) = Session.checked(script, catalog, try surroundings(document.directory))
        if documents.keep(Documents.Checked(session), of: name, version: document.version) {
          publish(found.map { diagnostic($0, severity: 1, in: document.text) } + script.unseenCharacters.map { diagnostic($0, severity: 2, in: document.text) }, of: name, version: document.version)
        }
      } catch {
        publish(script.diagnostics.map { diagnostic($0, severity: 1, in: document.text) }, of: name, version: document.version)
      }
    }
  }

  private func diagnostic(_ diagnostic: Diagnostic, severity: Int, in text: DocumentText) -> JSONText {
    // What mends it comes back from the editor when it asks for actions.
    let replacement = diagnostic.range == nil ? nil : diagnostic.replacement
    return .object([
      ("range", text.json(diagnostic.range ?? SourceRange(0, 0))), ("severity", .int(severity)), ("source", .string("segue")),
      ("message", .string(diagnostic.message + (diagnostic.remedy.map { "\n" + $0 } ?? ""))),
    ] + (replacement.map { [("data", .object([("replacement", .string($0))]))] } ?? []))
  }

  private func publish(_ diagnostics: [JSONText], of name: String, version: Int?) {
    let version = version.map { [("version", JSONText.int($0))] } ?? []
    send([("method", .string("textDocument/publishDiagnostics")), ("params", .object([("uri", .string(name))] + version + [("diagnostics", .array(diagnostics))]))])
  }

  private func send(_ members: [(String, JSONText)]) {
    let text = MessageStream.framed(JSONText.object([("jsonrpc", .string("2.0"))] + members).text)
    output.withLock { $0 += 1; write(text) }
  }

  private static func error(_ code: Int, _ words: String) -> JSONText { .object([("code", .int(code)), ("message", .string(words))]) }

  private static var capabilities: JSONText {
    .object([
      ("capabilities", .object([
        ("positionEncoding", .string("utf-16")), ("textDocumentSync", .object([("openClose", .bool(true)), ("change", .int(1))])),
        ("completionProvider", .object([("triggerCharacters", .array(["=", ".", "@", " "].map(JSONText.string)))])),
        ("hoverProvider", .bool(true)), ("definitionProvider", .bool(true)), ("documentFormattingProvider", .bool(true)),
        ("codeActionProvider", .object([("codeActionKinds", .array([.string("quickfix")]))])),
      ])),
      ("serverInfo", .object([("name", .string("segue")), ("version", .string(Release.number))])),
    ])
  }
}
