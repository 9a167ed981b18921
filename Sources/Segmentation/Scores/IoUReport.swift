/// Intersection over union by class, and the means of it that the field reports, all between 0 and 1.
///
/// A class's IoU is its correct pixels over the pixels that are it or were predicted as it, among the judged ones. A class with neither
/// is *absent*: it has no IoU, is left out of every mean, and is counted. (A class that does not occur but was predicted has IoU 0,
/// and takes part: predicting it was wrong.) Classes that cannot occur in a dataset, because its labels do not know them, are
/// *excluded*: left out of the means whatever was predicted. Pixels of other classes predicted as them remain errors.
public struct IoUReport: Sendable, Hashable {
  /// By train id; nil for classes that are absent or excluded.
  public let classes: [Double?]
  /// Train ids of classes that no judged pixel is or was predicted as, not counting the excluded ones.
  public let absent: [Int]
  /// Train ids of classes that the labels do not know.
  public let excluded: [Int]
  /// The share of the judged pixels that were predicted as what they are; nil where no pixel was judged.
  public let pixelAccuracy: Double?
  /// How many pixels were judged.
  public let pixels: UInt64

  /// The classes that GTA5 and SYNTHIA share: without terrain, truck and train.
  public static let sixteen = Set(0..<19).subtracting([9, 14, 16])
  /// The sixteen without wall, fence and pole.
  public static let thirteen = sixteen.subtracting([3, 4, 5])

  /// The scores of `matrix`, without the classes (train ids) that cannot occur.
  public init(_ matrix: ConfusionMatrix, excluding impossible: Set<Int> = []) {
    let all = 0..<ConfusionMatrix.classes
    precondition(impossible.allSatisfy(all.contains), "classes are counted from 0 to 18")
    var classes = [Double?](repeating: nil, count: all.count)
    var absent: [Int] = []
    for kind in all where !impossible.contains(kind) {
      let intersection = matrix[kind, kind]
      let union = matrix.truePixels(of: kind) + matrix.predictedPixels(of: kind) - intersection
      if union == 0 { absent.append(kind) } else { classes[kind] = Double(intersection) / Double(union) }
    }
    self.classes = classes
    self.absent = absent
    excluded = impossible.sorted()
    pixels = matrix.pixels
    pixelAccuracy = pixels == 0 ? nil : Double(matrix.correctPixels) / Double(pixels)
  }

  /// The mean over the classes that are neither absent nor excluded; nil where none is left.
  public var meanIoU: Double? { mean(over: Set(classes.indices)) }

  /// The mean over `sixteen`, as far as they are neither absent nor excluded.
  public var meanIoU16: Double? { mean(over: IoUReport.sixteen) }

  /// The mean over `thirteen`, as far as they are neither absent nor excluded.
  public var meanIoU13: Double? { mean(over: IoUReport.thirteen) }

  /// How many classes take part in `meanIoU`.
  public var present: Int { classes.count { $0 != nil } }

  private func mean(over kinds: Set<Int>) -> Double? {
    let values = kinds.sorted().compactMap { classes[$0] }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
