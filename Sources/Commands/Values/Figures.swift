import Adaptation
import Workbench

/// The numbers of this field, with the precision they are written to and the tolerance of a replay.
enum Figures {
  /// 0...1 in, per cent out: mIoU is close within 3 points.
  static func meanIoU(_ share: Double) -> Number { Number(100 * share, places: 1, .trained(.absolute(3))) }
  /// One class's IoU: close within 10 points.
  static func classIoU(_ share: Double) -> Number { Number(100 * share, places: 1, .trained(.absolute(10))) }
  static func loss(_ value: Double, _ term: LossTerm) -> Number {
    Number(value, places: 3, .trained(term.isShare ? .absolute(term.tolerance) : .relative(term.tolerance)))
  }
  /// A share of pixels that a trained model decides: close within 10 points.
  static func share(_ value: Double) -> Number { Number(100 * value, places: 1, .trained(.absolute(10))) }
  /// A figure, or `-` where there is nothing that it could be of.
  static func phrase(_ value: Double?, _ figure: (Double) -> Number) -> Phrase { value.map { "\(figure($0))" } ?? "-" }
  /// A number of classes that predictions decide: any is close.
  static func count(_ classes: Int) -> Number { Number(Double(classes), .trained(.absolute(19))) }
}
