extension Image {
  /// The picture at another size, equal to the `Image.resize` of Pillow 13 byte for byte: rows first, rounded to bytes, then columns.
  ///
  /// A picture that loses more than twice as many rows as columns has its columns done first, which is less work and, through the
  /// rounding in between, sometimes another byte; earlier versions of Pillow did not. Shrinking to the same shape is not concerned.
  ///
  /// - Complexity: proportional to the pixels of this picture, and to those of the result where it is larger.
  public func resized(to target: PixelSize, by filter: ResamplingFilter = .bilinear) -> Image {
    precondition(target.width > 0 && target.height > 0, "a picture cannot be resized to \(target)")
    guard size.area > 0, target != size else { return self }
    let rowsLost = size.height - target.height, columnsLost = size.width - target.width
    return rowsLost > 0 && rowsLost > 2 * columnsLost
      ? withHeight(target.height, filter).withWidth(target.width, filter)
      : withWidth(target.width, filter).withHeight(target.height, filter)
  }

  private func withWidth(_ width: Int, _ filter: ResamplingFilter) -> Image {
    guard width != size.width else { return self }
    let weights = ResamplingWeights(from: size.width, to: width, filter)
    return Image(size: PixelSize(width, size.height), pixels: resampleRows(pixels, width: size.width, height: size.height, weights))
  }

  private func withHeight(_ height: Int, _ filter: ResamplingFilter) -> Image {
    guard height != size.height else { return self }
    let weights = ResamplingWeights(from: size.height, to: height, filter)
    return Image(size: PixelSize(size.width, height), pixels: resampleColumns(pixels, rowBytes: 3 * size.width, weights))
  }
}

extension IndexMap {
  /// The map at another size, each value that of the nearest pixel, as Pillow's `Image.resize` with NEAREST.
  public func resized(to target: PixelSize) -> IndexMap {
    precondition(target.width > 0 && target.height > 0, "a map cannot be resized to \(target)")
    guard size.area > 0, target != size else { return self }
    let columns = Self.nearest(from: size.width, to: target.width)
    let rows = Self.nearest(from: size.height, to: target.height)
    let values = [UInt8](unsafeUninitializedCapacity: target.area) { out, count in
      self.values.withUnsafeBufferPointer { values in
        for (y, row) in rows.enumerated() {
          for (x, column) in columns.enumerated() { out[y * target.width + x] = values[row * size.width + column] }
        }
      }
      count = target.area
    }
    return IndexMap(size: target, values: values)
  }

  /// For each pixel of the result the one it is taken from. The position is added up rather than multiplied, as Pillow does: where it
  /// falls on the border of two pixels, the rounding of the sum decides.
  private static func nearest(from input: Int, to output: Int) -> [Int] {
    let scale = Double(input) / Double(output)
    var position = scale * 0.5
    return (0..<output).map { _ in
      defer { position += scale }
      return min(Int(position), input - 1)
    }
  }
}
