internal import Kernels

/// A convolution's weights at the points, a packed matrix for each place.
struct WinogradFilters {
  let floats: UnsafeMutablePointer<Float>
  let placeStride: Int
  /// Floats of a row of the inputs, and of the outputs.
  let inner: Int
  let columns: Int

  /// For the convolution itself: all views side by side in, output channels out.
  init(_ form: WinogradForm, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    let columns = convolution.outputChannels, inner = form.views.count * channels
    let stride = segue_packed_floats(inner, columns)
    floats = parameters.packed(PackedKey(convolution.weights, .winograd(form.filtering.rawValue)), floats: form.places * stride) { packed in
      let weights = parameters.value(convolution.weights), rowsAtOnce = max(1, 8192 / columns), parts = (channels + rowsAtOnce - 1) / rowsAtOnce
      Threads.run(form.views.count * parts) { task in
        let (view, part) = task.quotientAndRemainder(dividingBy: parts)
        let first = part * rowsAtOnce
        segue_winograd_pack(
          form.filtering, weights, form.taps(of: form.views[view]), channels, columns, first, min(rowsAtOnce, channels - first), inner,
          view * channels, packed, stride)
      }
    }
    (placeStride, self.inner, self.columns) = (stride, inner, columns)
  }

  /// For the gradient of some views of the input: output channels in, the views' channels side by side out.
  init(turned form: WinogradForm, views: Range<Int>, _ convolution: Convolution, channels: Int, _ parameters: Parameters) {
    let inner = convolution.outputChannels, columns = views.count * channels, stride = segue_packed_floats(inner, columns)
    let key = PackedKey(convolution.weights, .turnedWinograd(form.filtering.rawValue, views: views))
    floats = parameters.packed(key, floats: form.places * stride) { packed in
      let weights = parameters.value(convolution.weights)
      let rowsAtOnce = max(16, 8192 / columns / 16 * 16)
      Threads.run((inner + rowsAtOnce - 1) / rowsAtOnce) { part in
        let first = part * rowsAtOnce
        for (position, view) in form.views[views].enumerated() {
          segue_winograd_pack_turned(
            form.filtering, weights, form.taps(of: view, turned: true), channels, inner, first, min(rowsAtOnce, inner - first), columns,
            position * channels, packed, stride)
        }
      }
    }
    (placeStride, self.inner, self.columns) = (stride, inner, columns)
  }
}
