import Workbench

/// The numbers of this field, with the precision they are written to and the tolerance of a replay: farther than the tour's
/// short trainings were seen to lie apart on CPUs whose arithmetic differs in its last bit.
enum Figures {
  /// 0...1 in, per cent out: mIoU is close within 3 points.
  static func meanIoU(_ share: Double) -> Number { Number(100 * share, places: 1, .trained(.absolute(3))) }
  /// One class's IoU: close within 25 points. A rare class is learnt in one short training and not in another: of the 190 cells of the
  /// tour's table, four moved by more than 10 points, and one by 18.6, where no mean of a column moved by 3.
  static func classIoU(_ share: Double) -> Number { Number(100 * share, places: 1, .trained(.absolute(25))) }
  /// Close within a tenth.
  static func loss(_ value: Double) -> Number { Number(value, places: 3, .trained(.relative(0.1))) }
  /// On labels that a model made, and which are others where it is another: close within a quarter.
  static func pseudoLoss(_ value: Double) -> Number { Number(value, places: 3, .trained(.relative(0.25))) }
  /// A share of pixels that a trained model decides: close within 10 points.
  static func share(_ value: Double) -> Number { Number(100 * value, places: 1, .trained(.absolute(10))) }
  /// A number of classes that predictions decide: any is close.
  static func count(_ classes: Int) -> Number { Number(Double(classes), .trained(.absolute(19))) }
}
