/// What a network gives where it runs elsewhere: how much of the way from its logits to a label map is part of the exported graph.
public enum DeployedOutput: String, Sendable, CaseIterable {
  /// The most probable class of each of the image's pixels.
  case labels
  /// A number for each class and pixel of the image, of sum 1.
  case probabilities
  /// The logits, upsampled to the image.
  case logits
  /// The logits at the network's stride; whoever runs it upsamples them.
  case coarse
}
