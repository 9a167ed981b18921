import Adaptation
import FoundationEssentials
import Language
import Rendering
import Workbench

struct PlotCommand: Command {
  static let name = "plot"
  static let summary = "Curves of loss and mIoU of trained models, bars of a table's classes, or the curve of a sweep."
  static let category = Category.judging
  static let isStored = false
  static let usesSeed = false
  static let isRemembered = false
  static let naming = Naming.none
  static let searchTerms = ["curve", "chart", "graph", "bars", "history", "svg"]
  static let examples = [
    Example("plot t", shows: .image, after: Samples.trained),
    Example("plot t what=miou", shows: .image, after: Samples.trained),
    Example("plot a what=discriminator", shows: .image, after: Samples.adversarial),
    Example("plot few", fails: "nothing to plot", after: Samples.data),
  ]

  @Inputs("trained models, or one table") var values: [any Value]
  @Choice("what is drawn over the epochs of models") var what = TrainingFigure.loss
  @Path("an SVG file for the drawing", .writing) var to: Location?

  func check(_ context: Context) throws {
    if !isTable { try checkCurves() }
    guard let to else { return }
    guard to.fileExtension == ".svg" else { throw Diagnostic("a drawing is written as SVG, not '\(to.text)'", at: $to, remedy: "end the name in .svg") }
    try context.checkWritable(to, at: $to)
  }

  func run(_ context: Context) throws -> PlotValue {
    PlotValue(plot: (values.count == 1 ? values[0] as? any PlottableValue : nil)?.plot ?? curves())
  }

  func deliver(_ result: PlotValue, _ context: Context) throws {
    guard let to else { return }
    try context.write(Array(SVGPlot().text(result.plot).utf8), to: to, at: $to)
    context.note("written: \(to.text)")
  }

  private var isTable: Bool { values.count == 1 && values[0] is any PlottableValue }

  private func checkCurves() throws {
    for (value, operand) in zip(values, $values) {
      guard let history = (value as? ModelValue)?.history else {
        throw Diagnostic("there is nothing to plot of \(operand.text), which is \(value.kind.withArticle)", at: operand.range, remedy: "trained models and tables can be plotted")
      }
      guard history.epochs.contains(where: { what.value($0) != nil }) else {
        throw Diagnostic("\(operand.text) has no \(what.noun) of its epochs", at: operand.range, remedy: what.remedy)
      }
    }
  }

  private func curves() -> Plot {
    let series = zip(values, $values).map { value, operand in
      let epochs = (value as? ModelValue)?.history?.epochs ?? []
      return Plot.Series(operand.text, epochs.compactMap { epoch in what.value(epoch).map { (Double(epoch.epoch), $0) } })
    }
    let name = what.title
    return Plot(
      title: "\(name) over the epochs", horizontal: "epoch", vertical: name, series: series,
      caption: "\(name) of \($values.map(\.text).joined(separator: ", ")) over the epochs")
  }
}

/// A drawing, which is shown and not kept.
struct PlotValue: Value {
  static let kind = Kind.image
  let plot: Plot
  var display: Display { .plot(plot) }
}
