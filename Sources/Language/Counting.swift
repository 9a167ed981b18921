/// A number with its noun: `1 image`, `3 images`, `2 classes`.
public func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String { "\(count) \(count == 1 ? noun : plural ?? noun + "s")" }
