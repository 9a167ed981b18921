/// The losses of one training step. Those of methods that were not asked for are nil.
public struct StepLosses: Sendable, Equatable {
  /// L_seg(I_s, Y_s): the sum of the three heads' mean cross-entropies; nil where no pixel of the batch has a label.
  public var segmentation: Double?
  /// L_seg(I_t, Ŷ_t) on pseudo-labels; nil also where none of the batch was kept.
  public var pseudo: Double?
  /// L_adv(I_t), before λ.
  public var adversarial: Double?
  /// The discriminator's own, source and target added, not halved.
  public var discriminator: Double?

  /// The loss that the segmentation network descends: equation (7).
  public func total(lambda: Float) -> Double { (segmentation ?? 0) + (pseudo ?? 0) + Double(lambda) * (adversarial ?? 0) }

  var areFinite: Bool { [segmentation ?? 0, pseudo ?? 0, adversarial ?? 0, discriminator ?? 0].allSatisfy(\.isFinite) }
}
