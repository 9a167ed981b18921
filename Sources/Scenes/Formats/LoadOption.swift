/// What a request may ask of some formats only. Each format names those that it reads; to ask others for them is a mistake.
public enum LoadOption: String, CaseIterable, Sendable {
  /// ``LoadRequest/labelMap``
  case labelMap
  /// ``LoadRequest/patterns``
  case patterns
  /// ``LoadRequest/lists``
  case lists
  /// ``LoadRequest/usesCoarseLabels``
  case coarseLabels
  /// ``LoadRequest/fog``
  case fog
  /// ``LoadRequest/numbering``
  case numbering
}

/// Whose numbers the labels of a renderer hold, where its files exist with both.
public enum LabelNumbering: String, CaseIterable, Sendable {
  /// The renderer's own.
  case own
  /// Those that follow Cityscapes.
  case cityscapes
}
