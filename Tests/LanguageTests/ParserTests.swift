import Language
import Testing

@Suite struct ParserTests {
  @Test(arguments: [
    ("1", Literal.number(1)), ("-2.5e-4", .number(-2.5e-4)), ("1%", .percent(1)), ("512x256", .size(width: 512, height: 256)),
    ("0.75..1.5", .range(0.75, 1.5)), ("25%..75%", .range(0.25, 0.75)), ("\"a \\\"b\\\" \\u{e9}\\n\"", .text("a \"b\" é\n")), ("\"\"", .text("")),
  ])
  func literals(_ text: String, _ literal: Literal) {
    #expect(Statement.parse("x = \(text)", .toy).statement?.value?.literal == literal)
  }

  @Test(arguments: [
    ("streets.target", Reference("streets", [.field("target")])), ("gta[0]", Reference("gta", [.index(0)])), ("near@25", Reference("near", [.epoch("25")])),
    ("near@best.loss", Reference("near", [.epoch("best"), .field("loss")])), ("größe.a_1[12]", Reference("größe", [.field("a_1"), .index(12)])),
  ])
  func references(_ text: String, _ reference: Reference) {
    #expect(Reference(text) == reference)
    #expect(reference.description == text)
  }

  @Test(arguments: ["", ".a", "a.", "a[", "a[]", "a[-1]", "a[1", "a@", "a..b", "1a", "a-b", "a[99999999999]", "a.b c"])
  func noReferences(_ text: String) { #expect(Reference(text) == nil) }

  @Test func percentagesAreExact() {
    for hundredths in 0...1000 { #expect(Literal.percent(Double(hundredths)).number == Double("\(hundredths)e-2")) }
  }

  @Test func arguments() throws {
    let call = try #require(Statement.parse("a = load dataset ../x/y size=1x2 name=\"q = r\" width=1/4 b.png", .toy).statement?.call)
    #expect(call.command == "load dataset")
    #expect(call.arguments.map { $0.parameter?.text } == [nil, "size", "name", "width", nil])
    #expect(call.arguments.map(\.value.form) == [
      .word, .literal(.size(width: 1, height: 2)), .literal(.text("q = r")), .literal(.fraction(1, 4)), .reference(Reference("b", [.field("png")])),
    ])
  }

  @Test func comparisons() throws {
    let statement = try #require(Statement.parse("expect way.final > way.mbt >= 30% = 0.3", .toy).statement)
    #expect(statement.call?.comparison?.comparators == [.greater, .atLeast, .equal])
    #expect(statement.canonical == "expect way.final > way.mbt >= 30% = 0.3")
  }

  @Test func colours() {
    let kinds = Statement.parse("x = fda gta[0] beta=1% to=\"a b\" # why", .toy).tokens.map(\.kind)
    #expect(kinds == [.name, .equals, .command, .word, .parameter, .equals, .number, .parameter, .equals, .text, .comment])
    #expect(Statement.parse("trian x", .toy).tokens.map(\.kind) == [.unknownCommand])
  }

  @Test func linesByTheirFirstCharacters() {
    let script = Script("#!/usr/bin/env segue\n## Two worlds\n# Prose *here*\n\nload dataset\n  size=4x4 # small\n#> out\n#! no\n", .toy)
    #expect(script.items.map(\.content) == [
      .shebang("#!/usr/bin/env segue"), .heading(level: 2, "Two worlds"), .prose("Prose *here*"), .blank,
      .statement(script.items[4].statement, comment: "small"), .output("out"), .failure("no"),
    ])
    #expect(script.items.map(\.line) == [1, 2, 3, 4, 5, 7, 8])
    #expect(script.items[4].statement?.canonical == "load dataset size=4x4")
  }

  @Test(arguments: [("beta", "bta", "beta"), ("toward", "towrad", "toward"), ("city", "cty", "city")])
  func meant(_ right: String, _ wrong: String, _ found: String) { #expect(nearest(wrong, in: ["on", right, "epochs"]) == found) }

  @Test func nothingNear() { #expect(nearest("zebra", in: ["on", "beta"]) == nil) }

  /// A fraction is a number; a binding keeps how it was written, and what is no fraction is still a path or a choice.
  @Test(arguments: [("1/3", 1.0 / 3), ("-1/8", -0.125), ("1/100", 0.01), ("4/2", 2.0), ("0/5", 0.0)] as [(String, Double)])
  func fractionsAreNumbers(_ text: String, _ value: Double) throws {
    let statement = try #require(try Statement.parse("x = \(text)", .toy).checked())
    #expect(statement.value?.literal?.number == value && statement.canonical == "x = \(text)")
  }

  @Test(arguments: ["01/3", "1/2/3", "a/2", "1/b", "/2", "1/", "1234567890123456/2", "1.5/2"]) func otherWordsAreNoFractions(_ text: String) {
    #expect(Statement.parse("load dataset \(text)", .toy).statement?.call?.arguments.first?.value.literal?.number == nil)
  }

  @Test func theEndsOfARangeMayBeFractions() throws {
    #expect(try Statement.parse("x = 1/4..1/2", .toy).checked()?.value?.literal == .range(0.25, 0.5))
  }

  @Test func literalsOfAScriptAreReplacedWhereTheyStand() throws {
    let script = Script("## T\nrounds =\n  25 # long\nx = rounds\nrounds = 3\n#> 3\n", .toy)
    let other = try script.setting(["rounds": "1/2"], .toy)
    #expect(other.source.text == "## T\nrounds =\n  1/2 # long\nx = rounds\nrounds = 1/2\n#> 3\n" && other.diagnostics.isEmpty)
    #expect(throws: Diagnostic.self) { try script.setting(["x": "1"], .toy) }
    #expect(throws: Diagnostic.self) { try script.setting(["rounds": "1 # 2"], .toy) }
    #expect(throws: Diagnostic.self) { try script.setting(["rounds": "train"], .toy) }
  }

  /// Where nothing is read strictly, what steers a screen is still found; tabs and right-to-left marks are not meant.
  @Test(arguments: [
    ("# a\u{1B}[1m", 3), ("x = 5 # \u{202E}b", 8), ("## \u{7}", 3), ("#> a\u{9B}", 4), ("#! \u{2066}", 3), ("# a\tb \u{200F}c", nil), ("x = 5 # fine", nil), ("# CRLF\r\nx = 5\r\n", nil),
  ] as [(String, Int?)]) func unseenCharactersAreFound(_ text: String, _ place: Int?) {
    let script = Script(text, .toy)
    #expect(script.diagnostics.isEmpty && script.unseenCharacters.map { $0.range?.start } == (place.map { [$0] } ?? []))
  }
}
