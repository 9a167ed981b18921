internal import Synchronization
internal import Workbench

/// The documents that are open in the editor, and what their last check found. Two threads share it: one answers, one checks.
final class Documents: Sendable {
  struct Document: Sendable {
    var text: DocumentText
    var version: Int?
    /// Where relative paths start.
    var directory: String
    /// Of an earlier text, often.
    var checked: Checked?
  }

  /// A session that a check is done with. Unchecked, as it passes from one thread to the next: whoever takes it works with it alone.
  final class Checked: @unchecked Sendable {
    let session: Session
    init(_ session: Session) { self.session = session }
  }

  private struct State {
    var documents: [String: Document] = [:]
    /// Those whose text changed since it was checked, the oldest first.
    var waiting: [String] = []
    var isClosed = false
  }
  private let state = Mutex(State())

  subscript(_ name: String) -> Document? { state.withLock { $0.documents[name] } }

  /// A new text, of a document that may be new.
  func set(_ name: String, _ text: DocumentText, version: Int?, directory: String) {
    state.withLock { state in
      state.documents[name] = Document(text: text, version: version, directory: directory, checked: state.documents[name]?.checked)
      state.waiting.removeAll { $0 == name }
      state.waiting.append(name)
    }
  }

  func close(_ name: String) {
    state.withLock { state in
      state.documents[name] = nil
      state.waiting.removeAll { $0 == name }
    }
  }

  /// The next that is to be checked; nil where none is.
  func takeWaiting() -> (name: String, document: Document)? {
    state.withLock { state in
      guard !state.waiting.isEmpty else { return nil }
      let name = state.waiting.removeFirst()
      return state.documents[name].map { (name, $0) }
    }
  }

  /// Keeps what a check found; false where the text has changed meanwhile, or is gone.
  func keep(_ checked: Checked, of name: String, version: Int?) -> Bool {
    state.withLock { state in
      guard state.documents[name] != nil else { return false }
      state.documents[name]?.checked = checked
      return state.documents[name]?.version == version
    }
  }

  var isClosed: Bool { state.withLock(\.isClosed) }
  func end() { state.withLock { $0.isClosed = true } }
}
