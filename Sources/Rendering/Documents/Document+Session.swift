public import Workbench
public import Language

extension Document {
  /// What is in effect in a session, with what its values show now; values that are not in memory are taken from the store.
  public init(_ session: Session, source: String) { self.init(session.recorded(), source: source, session.vocabulary) }

  /// Of what a session recorded.
  public init(_ items: [RecordedItem], source: String, _ vocabulary: Vocabulary) {
    self.init(source: source, items: items.flatMap { recorded -> [Item] in
      switch recorded.content {
      case .words where recorded.text.isEmpty: [.blank]
      case .words: Document(recorded: Script(recorded.text, vocabulary), source: source, vocabulary).items
      case .failure(let message): [.statement(Cell(recorded.text, vocabulary, failure: message))]
      case .output(let display):
        [.statement(Cell(
          recorded.text, vocabulary, display: display ?? .text("\(recorded.outputs.joined(separator: "\n"))"),
          marks: (recorded.isStale ? [.stale] : []) + (display == nil ? [.lost] : [])))]
      }
    })
  }
}
