/// Places for buffers that live at different times in one piece of memory.
///
/// Largest first, each at the lowest place where nothing that lives at the same time is in the way: a greedy rule that comes
/// within a few per cent of the least possible for networks.
package struct MemoryPlan {
  package struct Request {
    package let floats: Int
    /// First and last moment of use, both included.
    package var life: ClosedRange<Int>

    package init(floats: Int, life: ClosedRange<Int>) {
      self.floats = floats
      self.life = life
    }
  }

  package private(set) var offsets: [Int]
  package private(set) var total = 0

  package init(_ requests: [Request]) {
    offsets = [Int](repeating: 0, count: requests.count)
    let order = requests.indices.sorted { (requests[$0].floats, $1) > (requests[$1].floats, $0) }
    var placed: [(request: Int, range: Range<Int>)] = []
    for index in order {
      let size = MemoryPlan.rounded(requests[index].floats)
      var at = 0
      for other in placed where requests[other.request].life.overlaps(requests[index].life) {
        if at + size <= other.range.lowerBound { break }
        at = max(at, other.range.upperBound)
      }
      offsets[index] = at
      total = max(total, at + size)
      let position = placed.firstIndex { $0.range.lowerBound > at } ?? placed.endIndex
      placed.insert((index, at..<at + size), at: position)
    }
  }

  /// Up to a whole number of cache lines.
  private static func rounded(_ floats: Int) -> Int { (floats + 15) / 16 * 16 }
}
