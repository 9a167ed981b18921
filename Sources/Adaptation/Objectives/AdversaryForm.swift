public import Segmentation

/// What an adversary is made of, beside its weights: what a record of a training keeps to read its discriminator.
public struct AdversaryForm: Sendable, Hashable, Codable {
  /// The loss of both sides.
  public enum Loss: String, Sendable, CaseIterable, Codable {
    /// Binary cross-entropy: the paper's, and the discriminator's output is a logit.
    case vanilla
    /// Squared differences from 0 and 1 (Mao et al., *Least Squares GAN*, ICCV 2017).
    case squares
  }

  /// What the discriminator reads of the network's output, at image size.
  public enum Input: String, Sendable, CaseIterable, Codable {
    /// The softmax: Tsai et al.
    case probabilities
    /// Its weighted self-information: Vu et al., *ADVENT*, CVPR 2019, section 3.2.
    case information
  }

  public var loss: Loss
  public var input: Input
  /// Nil for the full one, which records do not mention.
  public var discriminator: Discriminator.Form?

  public init(loss: Loss = .vanilla, input: Input = .probabilities, discriminator: Discriminator.Form = .full) {
    (self.loss, self.input, self.discriminator) = (loss, input, discriminator == .full ? nil : discriminator)
  }
}
