import Language
import Testing

/// Mutated sessions: reading never crashes, ranges lie in the text, and the formatter is a fixed point.
@Suite struct FuzzTests {
  static let seeds = [
    "## Worlds\n# prose\nseed 7\nrounds = 25\ngta  = load dataset gta5 \"a b\" size=512x256 # note\n#> 5 images\n\nshow gta[0] city.train[0]\n",
    "x = fda gta toward=city.train \\\n  beta=1% range=0.75..1.5\n#! no value\nexpect final.miou > mbt.miou >= 3\nexplain iou near@best on=city.val\n",
    "net = build model bisenet width=1/4\r\ntrain net on=gta epochs=rounds lr=2.5e-4\r\nload weights ../x.safetensors\r\n",
  ]
  static let bits = ["\"", "=", " ", "\n", "\\", "#", "#>", "..", "x", "%", "\t", "@", "[", "]", ".", "\u{7}", "é", "\u{301}", "👩‍👩‍👧", "-", "1e9", "\r", " \n ", "= ", "> "]

  /// A small generator of numbers that are the same on every run.
  struct Dice {
    var state: UInt64
    mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(sides, 1)))
    }
  }

  static func mutated(_ number: Int) -> String {
    var dice = Dice(state: UInt64(number) &* 0x9E37_79B9_7F4A_7C15)
    var text = Array(seeds[dice.roll(seeds.count)].unicodeScalars)
    for _ in 0...dice.roll(6) {
      let at = dice.roll(text.count + 1)
      switch dice.roll(4) {
      case 0: text.insert(contentsOf: bits[dice.roll(bits.count)].unicodeScalars, at: at)
      case 1: if at < text.count { text.remove(at: at) }
      case 2: text.removeSubrange(at..<min(text.count, at + dice.roll(12)))
      default: if at < text.count { text.insert(contentsOf: text[at..<min(text.count, at + dice.roll(9))], at: dice.roll(text.count)) }
      }
    }
    return String(String.UnicodeScalarView(text))
  }

  @Test(arguments: 0..<8) func mutatedSessions(_ part: Int) {
    for number in 0..<500 {
      let text = Self.mutated(part * 500 + number)
      let script = Script(text, .toy)
      let length = text.utf8.count
      for diagnostic in script.diagnostics {
        guard let range = diagnostic.range else { continue }
        #expect(0 <= range.start && range.start <= range.end && range.end <= length, "\(text.debugDescription)")
        _ = diagnostic.rendered(in: script.source)
      }
      #expect(script.tokens.allSatisfy { $0.range.end <= length })
      let once = script.formatted
      let twice = Script(once, .toy).formatted
      #expect(once == twice, "\(text.debugDescription)")
      let sound = script.items.compactMap(\.statement).map(\.canonical)
      if script.diagnostics.isEmpty { #expect(Script(once, .toy).items.compactMap(\.statement).map(\.canonical) == sound) }
    }
  }

  @Test func anyBytes() {
    var dice = Dice(state: 3)
    for _ in 0..<500 {
      let bytes = (0..<dice.roll(60)).map { _ in UInt8(dice.roll(256)) }
      if let script = try? Script(bytes: bytes, .toy) { _ = script.formatted }
    }
  }
}
