import Language

extension LeftOut<any Value> {
  /// What a study takes where nothing is named: no other study of the same command.
  static var measured: Self { .latest("the latest table of results") { value, candidate in value.kind == .table && value is any Measured && !candidate.isMadeByAsker } }
}

extension Operand {
  /// The operand's numbers; a diagnostic where it has none.
  func measures(_ value: any Value) throws -> Measures {
    if let measured = value as? any Measured { return measured.measures }
    throw Diagnostic("\(text) is \(value.kind.withArticle) without numbers to compare", at: range, remedy: "name a table that `iou` made, or a number of one, such as scores.miou")
  }
}
