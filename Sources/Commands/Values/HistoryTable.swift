import Adaptation
import Language
import Workbench

/// What a training was like, epoch by epoch: `t.history`, or one epoch of it, `t.history[2]`.
struct HistoryTable: SavableValue {
  static let kind = Kind.table
  let epochs: [TrainingHistory.Epoch]

  /// The figures that any of the epochs has.
  private var figures: [TrainingFigure] { TrainingFigure.allCases.filter { figure in epochs.contains { figure.share($0) != nil } } }

  var display: Display {
    .table(
      DisplayTable(
        columns: [.init("epoch")] + figures.map { .init($0.title) },
        rows: epochs.map { epoch in ["\(epoch.epoch)"] + figures.map { figure in figure.share(epoch).map { "\(figure.number($0))" } ?? "-" } },
        remarks: ["files hold every figure in full: save NAME.history to=FILE.csv"]))
  }

  var summary: Phrase { "\(counted(epochs.count, "epoch")): \(figures.map(\.fieldName).joined(separator: ", "))" }

  /// Those of the last epoch.
  var fieldNames: [String] { epochs.last.map { last in figures.filter { $0.share(last) != nil }.map(\.fieldName) } ?? [] }

  func field(_ name: String) throws -> any Value {
    guard let figure = figures.first(where: { $0.fieldName == name }), let value = epochs.last.flatMap(figure.share) else {
      preconditionFailure("asked for a field that is not there")
    }
    return figure.number(value)
  }

  var count: Int? { epochs.count }
  func element(_ index: Int) throws -> any Value { HistoryTable(epochs: [epochs[index]]) }

  static let fileExtensions = [".csv", ".json"]

  /// Numbers in the shortest spelling that reads back as the same one; losses as means over an epoch's steps, mIoU in 0...1.
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(epochs) }
    let columns = TrainingFigure.allCases
    let lines = epochs.map { epoch in ([String(epoch.epoch)] + columns.map { column in column.share(epoch).map { String($0) } ?? "" }).joined(separator: ",") }
    return Array(([(["epoch"] + columns.map(\.fieldName)).joined(separator: ",")] + lines).map { $0 + "\n" }.joined().utf8)
  }
}
