import Language

/// `seed 7`
struct SetSeed: SessionCommand {
  static let name = "seed"
  static let summary = "Set the number that all random numbers of the next statements depend on."
  static let category = Category.judging
  static let isRecorded = true
  static let searchTerms = ["random", "reproducible"]
  static let seeAlso = ["undo"]
  static let examples = [Example("seed 7"), Example("seed -1", fails: "must be 0 or more")]

  @Setting("a whole number", in: 0...) var number: Int

  static let isLasting = true
  var change: SessionChange? { .seed(UInt64(number)) }

  func run(in session: Session) throws -> Display { .nothing }
}
