internal import Kernels

extension Parameters {
  /// False if a gradient is infinite or not a number. Those that were watched while they were written are not read again: there is no cache
  /// in which the gradients of a large network are found.
  public var gradientsAreFinite: Bool {
    let gradients = gradients
    guard !isSpoiled else { return false }
    var first = 0
    for (id, entry) in zip(layout.identifiers, layout.entries) where watched.contains(id) && entry.count >= Parameters.worthLeavingOut {
      guard segue_all_finite(gradients.start + first, id.offset - first) else { return false }
      first = id.offset + entry.count
    }
    return segue_all_finite(gradients.start + first, gradients.floats.count - first)
  }

  /// Floats from which on it costs less to look at what lies on both sides by itself.
  private static let worthLeavingOut = 16_384
}
