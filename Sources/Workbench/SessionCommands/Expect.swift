import Language

/// `expect way.final > way.mbt > way.source`
struct Expect: SessionCommand {
  static let summary = "Fail unless the numbers compare as written."
  static let category = Category.judging
  static let isRecorded = true
  static let searchTerms = ["assert", "check", "compare"]
  static let seeAlso = ["diff", "keep"]
  static let examples = [Example("expect 2 > 1"), Example("expect 1 > 2", fails: "1 is not > 2")]

  @Claim("numbers with < > <= >= = between them") var claim: Claim.Chain

  func run(in session: Session) throws -> Display {
    for (index, comparator) in claim.comparators.enumerated() {
      let left = claim.values[index], right = claim.values[index + 1]
      guard comparator.holds(left.number.value, right.number.value) else {
        throw Diagnostic("\(Expect.told(left)) is not \(comparator.rawValue) \(Expect.told(right))", at: left.range.joined(to: right.range))
      }
    }
    let isPlain = claim.values.allSatisfy { Double($0.text) != nil }
    if isPlain { return .nothing }
    var phrase: Phrase = "\(claim.values[0].number)"
    for (comparator, value) in zip(claim.comparators, claim.values.dropFirst()) {
      phrase.pieces += [.words(" \(comparator.rawValue) "), .number(value.number)]
    }
    return .text(phrase)
  }

  /// `iou1.miou (28.1)`
  private static func told(_ value: Comparand) -> String { value.text == value.number.text ? value.text : "\(value.text) (\(value.number.text))" }
}
