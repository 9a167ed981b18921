/// A line of a difference between what was recorded and what is shown now.
public enum DifferenceLine: Sendable, Hashable, CustomStringConvertible {
  case both(String)
  /// Only in the recording.
  case recorded(String)
  /// Only now.
  case now(String)

  /// The shortest way from one to the other, in order.
  static func between(_ recorded: [String], _ now: [String]) -> [DifferenceLine] {
    let changes = now.difference(from: recorded)
    var removed: Set<Int> = [], inserted: Set<Int> = []
    for change in changes {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [DifferenceLine] = []
    var old = 0, new = 0
    while old < recorded.count || new < now.count {
      if old < recorded.count, removed.contains(old) {
        lines.append(.recorded(recorded[old]))
        old += 1
      } else if new < now.count, inserted.contains(new) {
        lines.append(.now(now[new]))
        new += 1
      } else {
        lines.append(.both(recorded[old]))
        (old, new) = (old + 1, new + 1)
      }
    }
    return lines
  }

  /// With `-`, `+` or a space in front.
  public var description: String {
    switch self {
    case .both(let line): "  " + line
    case .recorded(let line): "- " + line
    case .now(let line): "+ " + line
    }
  }
}
