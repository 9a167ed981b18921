extension Catalog {
  /// The workbench's own commands; a test proves the list complete.
  static let sessionCommands: [any CommandDeclaration.Type] = [
    Repeat.self, Sweep.self, Expect.self, Diff.self, SetSeed.self, Help.self, Explain.self, Vars.self, Graph.self, Undo.self, Redo.self, Refresh.self, Keep.self, Edit.self,
    Save.self, Time.self, StoreCommand.self, Quit.self, Exit.self,
  ]
}
