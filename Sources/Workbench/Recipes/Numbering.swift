/// Names for results that were given none: `fda1`, `fda2`. A number is never used twice, whoever used it.
struct Numbering {
  private var counts: [String: Int] = [:]
  private var used: Set<String> = []

  /// The name that the next result of a command gets; it is not taken yet.
  func next(_ word: String) -> String {
    var number = counts[word, default: 0] + 1
    while used.contains(word + String(number)) { number += 1 }
    return word + String(number)
  }

  /// `name` is in use from now on, whether it was counted or chosen.
  mutating func take(_ name: String) {
    used.insert(name)
    let digits = name.reversed().prefix { $0.isASCII && $0.isNumber }
    let word = String(name.dropLast(digits.count))
    if digits.count < 10, let number = Int(String(digits.reversed())), word + String(number) == name { counts[word] = max(counts[word, default: 0], number) }
  }
}
