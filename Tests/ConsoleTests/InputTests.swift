import Console
import Imaging
import Rendering
import Testing

@Suite struct InputTests {
  static func inputs(_ bytes: [UInt8], piece: Int) -> [Keyed] {
    var decoder = InputDecoder()
    var out: [Keyed] = []
    for start in stride(from: 0, to: bytes.count, by: piece) {
      decoder.feed(bytes[start..<min(start + piece, bytes.count)])
      while let input = decoder.next() { out.append(input) }
    }
    while let input = decoder.next(final: true) { out.append(input) }
    return out
  }

  static func scalars(_ text: String) -> [Keyed] { text.unicodeScalars.map { .scalar($0) } }

  static let cases: [(String, [Keyed])] = [
    ("abc", scalars("abc")),
    ("é日🙂", scalars("é日🙂")),
    ("\u{1B}[A", scalars("\u{1B}[A")),
    ("\u{1B}", scalars("\u{1B}")),
    ("\u{1B}[200~load\nfda\u{1B}[201~x", [.paste("load\nfda")] + scalars("x")),
    ("\u{1B}[200~a\u{1B}[31mb\u{1B}[201~", [.paste("a\u{1B}[31mb")]),
    ("\u{1B}[200~never ended", [.paste("never ended")]),
    ("a\u{1B}[?64;1;4cb", scalars("ab")),
    ("a\u{1B}[6;20;10tb", scalars("ab")),
    ("a\u{1B}_Gi=31;OK\u{1B}\\b", scalars("ab")),
    // Answers that come late.
    ("a\u{1B}P>|XTerm(379)\u{1B}\\b", scalars("ab")),
    ("a\u{1B}[>1;95;0cb", scalars("ab")),
    ("a\u{1B}]11;rgb:0000/0000/0000\u{7}b", scalars("ab")),
    ("a\u{1B}[12;40Rb", scalars("ab")),
    ("a\u{1B}[?1ub", scalars("ab")),
    ("\u{1B}[1;5C", scalars("\u{1B}[1;5C")),
    ("\u{1B}[1;2R", scalars("\u{1B}[1;2R")),
    ("\u{1B}Px", scalars("\u{1B}Px")),
    ("\u{1B}[6~", scalars("\u{1B}[6~")),
    ("\u{1B}[201~z", scalars("z")),
  ]

  @Test(arguments: cases.indices)
  func bytesBecomeKeysHoweverTheyArrive(_ index: Int) {
    let (text, expected) = Self.cases[index]
    for piece in 1...8 { #expect(Self.inputs(Array(text.utf8), piece: piece) == expected) }
  }

  /// An answer that stutters longer than a key may is still none of the person's typing; Enter ends it in any case.
  @Test func anAnswerInPartsIsDropped() {
    var decoder = InputDecoder(), out: [Keyed] = []
    for part in ["a\u{1B}P>|XT", "erm(3", "79)\u{1B}\\b", "\u{1B}P>|never ended", "\rc"] {
      decoder.feed(part.utf8)
      while let input = decoder.next() { out.append(input) }
      while let input = decoder.next(final: true) { out.append(input) }
    }
    #expect(out == Self.scalars("ab\rc"))
  }

  @Test func sequencesOfKeysMayComeAsOneCharacter() {
    for piece in 1...4 {
      var decoder = InputDecoder()
      decoder.folding = [Array("\u{1B}[C".utf8): "\u{82}", Array("\u{1B}[3~".utf8): "\u{86}"]
      var out: [Keyed] = []
      let bytes = Array("a\u{1B}[Cb\u{1B}[3~\u{1B}[200~x\u{1B}[201~\u{1B}x".utf8)
      for start in stride(from: 0, to: bytes.count, by: piece) {
        decoder.feed(bytes[start..<min(start + piece, bytes.count)])
        while let input = decoder.next() { out.append(input) }
      }
      while let input = decoder.next(final: true) { out.append(input) }
      #expect(out == Self.scalars("a\u{82}b\u{86}") + [.paste("x")] + Self.scalars("\u{1B}x"))
    }
  }

  @Test func brokenBytesAreReplaced() {
    #expect(Self.inputs([0xFF, 0x61, 0xC3], piece: 8) == Self.scalars("\u{FFFD}a\u{FFFD}"))
  }

  /// Nothing that can be typed makes it hang or crash.
  @Test func anyBytesAreRead() {
    var dice = LinePainterTests.Dice(state: 3)
    let alphabet: [UInt8] = [0x1B, 0x5B, 0x32, 0x30, 0x31, 0x7E, 0x5F, 0x47, 0x5C, 0x3F, 0x63, 0xC3, 0xA9, 0xE6, 0xFF, 0x61, 0x0D]
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 0..<16, using: &dice)).map { _ in alphabet.randomElement(using: &dice)! }
      _ = Self.inputs(bytes, piece: Int.random(in: 1...4, using: &dice))
    }
  }

  @Test(arguments: [
    ("load", ["load"]),
    ("load\n", ["load", ""]),
    ("a\r\nb\rc", ["a", "b", "c"]),
    ("a\n\n\nb\n", ["a", "b", ""]),
    ("train\n  epochs=5\n  batch=2\niou\n", ["train epochs=5 batch=2", "iou", ""]),
    ("## heading\n#> 41.20\n  not joined", ["## heading", "#> 41.20", "  not joined"]),
    ("segue> load dataset\n  dataset1 = load dataset streets\nstreets\nsegue> fda \\\n     > beta=0.01\nsegue> ", ["load dataset", "fda beta=0.01", ""]),
    ("segue> load dataset\n50 images\n", ["load dataset", ""]),
    ("segue> iou", ["iou"]),
    ("tab\there\u{7}", ["tab  here"]),
    ("", [""]),
  ])
  func pastedTextIsRunLineByLine(_ text: String, _ lines: [String]) {
    #expect(Paste.lines(text) == lines)
  }

  @Test func answersOfTheTerminalAreTakenFromBetweenKeys() {
    for piece in 1...9 {
      var answers = TerminalAnswers()
      let bytes = Array("x\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[6;20;10t\u{1B}[Ay\u{1B}[?62;4;22c".utf8)
      for start in stride(from: 0, to: bytes.count, by: piece) { answers.feed(bytes[start..<min(start + piece, bytes.count)]) }
      answers.finish()
      #expect(answers.kitty && answers.sixel && answers.isComplete)
      #expect(answers.cell?.width == 10 && answers.cell?.height == 20)
      #expect(answers.others == Array("x\u{1B}[Ay".utf8))
    }
    var none = TerminalAnswers()
    none.feed("\u{1B}_Gi=31;ENOTSUPPORTED\u{1B}\\\u{1B}[?64;14c".utf8)
    #expect(!none.kitty && !none.sixel && none.isComplete)
  }

  @Test(arguments: [
    ("kitty(0.28.0)", true), ("kitty(0.26.5)", false), ("kitty(1.0)", true), ("kitty(0.9)", false), ("ghostty 1.0.1", true), ("WezTerm 20240203", false),
    ("XTerm(379)", false),
  ])
  func picturesAmongCharactersNeedATerminalThatKnowsThem(_ program: String, _ places: Bool) {
    var answers = TerminalAnswers()
    answers.feed("a\u{1B}P>|\(program)\u{1B}\\\u{1B}[?62c".utf8)
    #expect(answers.program == program && answers.placesByCharacters == places && answers.others == Array("a".utf8))
    #expect(!TerminalAnswers().placesByCharacters)
  }

  @Test func theCursorsPositionIsTakenOutOfWhatWasTyped() {
    var decoder = InputDecoder()
    decoder.feed("ab\u{1B}[A\u{1B}[12;".utf8)
    #expect(decoder.takePosition() == nil)
    decoder.feed("34Rc".utf8)
    let position = decoder.takePosition()
    #expect(position?.row == 11 && position?.column == 33)
    var typed: [Keyed] = []
    while let input = decoder.next(final: true) { typed.append(input) }
    #expect(typed == Self.scalars("ab\u{1B}[Ac"))
  }

  @Test(arguments: [
    (["TERM": "xterm-256color"], ColourDepth.indexed), (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .full), (["TERM": "xterm"], .sixteen),
    (["TERM": "xterm-kitty"], .full), (["TERM": "dumb", "COLORTERM": "truecolor"], .none), (["TERM": "xterm", "NO_COLOR": "1"], .none), ([:], .none),
    (["TERM": "xterm", "NO_COLOR": ""], .sixteen), (["TERM": "tmux"], .indexed),
  ])
  func coloursAreThoseOfTheEnvironment(_ environment: [String: String], _ depth: ColourDepth) {
    #expect(TerminalColours.depth(environment) == depth)
  }
}
