internal import Kernels

/// Counts which labels two maps have at the same places.
public enum LabelPairs {
  /// `counts[r * classes + c]` += how many places have r in `rows` and c in `columns`. Labels that are no class, `classes` (at most 31)
  /// and above, are left out.
  public static func add(_ rows: [UInt8], _ columns: [UInt8], classes: Int, to counts: inout [UInt64]) {
    precondition(rows.count == columns.count && 1...31 ~= classes && counts.count == classes * classes, "two maps and a square of counts")
    segue_count_pairs(rows, columns, rows.count, classes, &counts)
  }
}
