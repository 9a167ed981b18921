internal import Kernels

/// Maps as products take them: without the owner of their floats, so that no task counts references to it. Whoever calls keeps it.
extension SegueMap {
  var shape: MapShape { MapShape(images, height, width, channels) }

  /// All pixels of all images side by side, for what treats each pixel for itself.
  var asOneRow: SegueMap { SegueMap(data: data, images: 1, height: 1, width: shape.pixels, channels: channels, stride: stride) }
}
