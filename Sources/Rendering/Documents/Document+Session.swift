public import Workbench
internal import Language

extension Document {
  /// What is in effect in a session, with what its values show now; values that are not in memory are taken from the store.
  public init(_ session: Session, source: String) {
    self.init(source: source, items: session.recorded().flatMap { recorded -> [Item] in
      switch recorded.content {
      case .words where recorded.text.isEmpty: [.blank]
      case .words: Document(recorded: Script(recorded.text, session.vocabulary), source: source, session.vocabulary).items
      case .failure(let message): [.statement(Cell(recorded.text, session.vocabulary, failure: message))]
      case .output(let display):
        [.statement(Cell(
          recorded.text, session.vocabulary, display: display ?? .text("\(recorded.outputs.joined(separator: "\n"))"),
          marks: (recorded.isStale ? [.stale] : []) + (display == nil ? [.lost] : [])))]
      }
    })
  }
}
