import Foundation

extension ONNXFile {
  /// Runs the operations as ONNX's specification defines them (docs/Operators.md), with plain loops: small maps only.
  ///
  /// - Returns: the first output.
  public func run(_ images: ONNXMap) -> ONNXMap {
    var maps = floats, shapes = integers
    maps[inputs[0].name] = images
    for node in nodes {
      let name = node.outputs[0]
      switch node.operation {
      case "Shape":
        shapes[name] = Array(maps[node.inputs[0]]!.shape[node.integers["start"]![0]..<node.integers["end"]![0]])
      case "Concat" where node.integers["axis"]! == [0]: shapes[name] = node.inputs.flatMap { shapes[$0]! }
      case "Resize": maps[name] = node.resized(maps[node.inputs[0]]!, to: shapes[node.inputs[3]]!)
      default: maps[name] = node.applied(to: node.inputs.map { maps[$0]! })
      }
    }
    return maps[outputs[0].name]!
  }
}

extension ONNXFile.Node {
  fileprivate func applied(to x: [ONNXMap]) -> ONNXMap {
    switch operation {
    case "Conv": return convolution(x)
    case "Relu": return ONNXMap(shape: x[0].shape, values: x[0].values.map { max($0, 0) })
    case "Sigmoid": return ONNXMap(shape: x[0].shape, values: x[0].values.map { 1 / (1 + Float(exp(Double(-$0)))) })
    case "Add": return combined(x[0], x[1], +)
    case "Mul": return combined(x[0], x[1], *)
    case "Mean":
      return ONNXMap(shape: x[0].shape, values: x[0].values.indices.map { i in x.reduce(0) { $0 + $1.values[i] } / Float(x.count) })
    case "Identity", "Cast": return x[0]
    case "Concat":
      let starts = x.reduce(into: [0]) { $0.append($0.last! + $1.shape[1]) }
      return ONNXMap([x[0].shape[0], starts.last!, x[0].shape[2], x[0].shape[3]]) { n, c, y, column in
        let part = starts.lastIndex { $0 <= c }!
        return x[part][n, c - starts[part], y, column]
      }
    case "GlobalAveragePool": return pooled(x[0], kernel: (x[0].shape[2], x[0].shape[3]), stride: 1, padding: 0) { sum, _, count in sum / count }
    case "AveragePool":
      precondition(integers["count_include_pad"] == [1])
      return pooled(x[0]) { sum, _, count in sum / count }
    case "MaxPool": return pooled(x[0]) { _, largest, _ in largest }
    case "Softmax":
      return ONNXMap(x[0].shape) { n, c, y, column in
        let all = (0..<x[0].shape[1]).map { x[0][n, $0, y, column] }, largest = all.max()!
        return Float(exp(Double(all[c] - largest)) / all.reduce(0) { $0 + exp(Double($1 - largest)) })
      }
    case "ArgMax":
      precondition(integers["axis"] == [1] && integers["keepdims"] == [0])
      let shape = [x[0].shape[0], 1, x[0].shape[2], x[0].shape[3]]
      let best = ONNXMap(shape) { n, _, y, column in
        Float((0..<x[0].shape[1]).reduce(0) { x[0][n, $1, y, column] > x[0][n, $0, y, column] ? $1 : $0 })
      }
      return ONNXMap(shape: [shape[0], shape[2], shape[3]], values: best.values)
    default: preconditionFailure("\(operation) is not expected")
    }
  }

  /// `b` as large as `a`, or one number for each channel.
  private func combined(_ a: ONNXMap, _ b: ONNXMap, _ work: (Float, Float) -> Float) -> ONNXMap {
    ONNXMap(a.shape) { n, c, y, x in work(a[n, c, y, x], b.shape[2] == 1 && b.shape[3] == 1 ? b[b.shape[0] == 1 ? 0 : n, c, 0, 0] : b[n, c, y, x]) }
  }

  private func convolution(_ x: [ONNXMap]) -> ONNXMap {
    let input = x[0], filters = x[1], stride = integers["strides"]![0], padding = integers["pads"]![0], group = integers["group"]![0]
    let within = filters.shape[1], perGroup = filters.shape[0] / group
    func extent(_ length: Int, _ kernel: Int) -> Int { (length + 2 * padding - kernel) / stride + 1 }
    return ONNXMap([input.shape[0], filters.shape[0], extent(input.shape[2], filters.shape[2]), extent(input.shape[3], filters.shape[3])]) { n, k, y, column in
      var sum = x.count > 2 ? Double(x[2].values[k]) : 0
      for i in 0..<within {
        for dy in 0..<filters.shape[2] {
          let row = y * stride + dy - padding
          guard row >= 0, row < input.shape[2] else { continue }
          for dx in 0..<filters.shape[3] {
            let place = column * stride + dx - padding
            guard place >= 0, place < input.shape[3] else { continue }
            sum += Double(filters[k, i, dy, dx]) * Double(input[n, k / perGroup * within + i, row, place])
          }
        }
      }
      return Float(sum)
    }
  }

  private func pooled(_ x: ONNXMap, _ result: (Float, Float, Float) -> Float) -> ONNXMap {
    let kernel = integers["kernel_shape"]!
    return pooled(x, kernel: (kernel[0], kernel[1]), stride: integers["strides"]![0], padding: integers["pads"]![0], result)
  }

  /// - Parameter result: of a window's sum, its largest number and how many places it has, padding among them.
  private func pooled(_ x: ONNXMap, kernel: (Int, Int), stride: Int, padding: Int, _ result: (Float, Float, Float) -> Float) -> ONNXMap {
    let height = (x.shape[2] + 2 * padding - kernel.0) / stride + 1, width = (x.shape[3] + 2 * padding - kernel.1) / stride + 1
    return ONNXMap([x.shape[0], x.shape[1], height, width]) { n, c, y, column in
      var sum: Double = 0, largest = -Float.infinity
      for row in y * stride - padding..<y * stride - padding + kernel.0 where row >= 0 && row < x.shape[2] {
        for place in column * stride - padding..<column * stride - padding + kernel.1 where place >= 0 && place < x.shape[3] {
          sum += Double(x[n, c, row, place])
          largest = max(largest, x[n, c, row, place])
        }
      }
      return result(Float(sum), largest, Float(kernel.0 * kernel.1))
    }
  }

  fileprivate func resized(_ x: ONNXMap, to shape: [Int]) -> ONNXMap {
    precondition(shape.prefix(2) == x.shape.prefix(2), "batch and channels stay")
    switch (texts["mode"], texts["coordinate_transformation_mode"]) {
    case ("nearest", "asymmetric"):
      precondition(texts["nearest_mode"] == "floor")
      return ONNXMap(shape) { n, c, y, column in x[n, c, y * x.shape[2] / shape[2], column * x.shape[3] / shape[3]] }
    case ("linear", "align_corners"):
      func place(_ position: Int, _ from: Int, _ to: Int) -> (Int, Int, Double) {
        let exact = to == 1 ? 0 : Double(position) * Double(from - 1) / Double(to - 1), low = min(Int(exact), from - 1)
        return (low, min(low + 1, from - 1), exact - Double(low))
      }
      return ONNXMap(shape) { n, c, y, column in
        let (top, bottom, down) = place(y, x.shape[2], shape[2]), (left, right, across) = place(column, x.shape[3], shape[3])
        func mixed(_ row: Int) -> Double { Double(x[n, c, row, left]) * (1 - across) + Double(x[n, c, row, right]) * across }
        return Float(mixed(top) * (1 - down) + mixed(bottom) * down)
      }
    default: preconditionFailure("another way to resize: \(texts)")
    }
  }
}
