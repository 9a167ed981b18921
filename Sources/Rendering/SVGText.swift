internal import Language

/// The elements of a drawing as they are written, with every word escaped.
package struct SVGText {
  private(set) var body: [String] = []

  package static func escaped(_ words: String) -> String {
    var out = ""
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case _ where scalar.steersTerminal: out += " "
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out
  }

  /// At most two digits after the point, and no more than needed.
  func number(_ value: Double) -> String {
    var text = fixedPoint(value, places: 2)
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
    body.append("<line x1=\"\(number(x1))\" y1=\"\(number(y1))\" x2=\"\(number(x2))\" y2=\"\(number(y2))\" class=\"\(style)\"/>")
  }

  mutating func text(_ words: String, _ x: Double, _ y: Double, anchor: String = "start", weight: String? = nil) {
    guard !words.isEmpty else { return }
    let bold = weight.map { " font-weight=\"\($0)\"" } ?? ""
    body.append("<text x=\"\(number(x))\" y=\"\(number(y))\" text-anchor=\"\(anchor)\"\(bold)>\(Self.escaped(words))</text>")
  }

  /// Reading upwards, centred at (x, y).
  mutating func uprightText(_ words: String, _ x: Double, _ y: Double) { turnedText(words, x, y, by: -90, anchor: "middle") }

  /// Rising to the right, ending at (x, y): the names of many bars.
  mutating func slantedText(_ words: String, _ x: Double, _ y: Double) { turnedText(words, x, y, by: -40, anchor: "end") }

  private mutating func turnedText(_ words: String, _ x: Double, _ y: Double, by degrees: Int, anchor: String) {
    guard !words.isEmpty else { return }
    body.append(
      "<text transform=\"translate(\(number(x)) \(number(y))) rotate(\(degrees))\" text-anchor=\"\(anchor)\">\(Self.escaped(words))</text>")
  }

  mutating func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, _ style: String, title: String?) {
    let shape = "<rect x=\"\(number(x))\" y=\"\(number(y))\" width=\"\(number(width))\" height=\"\(number(height))\" class=\"\(style)\""
    body.append(title.map { "\(shape)><title>\(Self.escaped($0))</title></rect>" } ?? "\(shape)/>")
  }

  /// A line through the points; one point alone is a dot.
  mutating func polyline(_ points: [(Double, Double)], _ style: String, title: String) {
    guard let first = points.first else { return }
    let all = points.count == 1 ? [(first.0 - 2, first.1), (first.0 + 2, first.1)] : points
    let coordinates = all.map { "\(number($0.0)),\(number($0.1))" }.joined(separator: " ")
    body.append("<polyline points=\"\(coordinates)\" class=\"\(style)\"><title>\(Self.escaped(title))</title></polyline>")
  }
}
