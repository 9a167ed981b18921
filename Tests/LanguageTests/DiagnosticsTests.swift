import Language
import Testing

@Suite struct DiagnosticsTests {
  /// A statement with the fault marked, the message, and the remedy.
  static let cases: [(String, String, String?)] = [
    ("‹trian› net on=gta", "no command is named 'trian'", "did you mean train?"),
    ("x = ‹zzzzzz› net", "no command is named 'zzzzzz'", "there are build model, expect, explain, fda, help, iou, load dataset, load weights, seed, show, train"),
    ("load ‹datset›", "'load datset' is no command", "did you mean load dataset?"),
    ("‹load›", "'load' is only half of a command", "load dataset, load weights"),
    ("‹lod› dataset streets", "no command is named 'lod'", "did you mean load dataset?"),
    ("x = ‹biuld modle› width=1/4", "no command is named 'biuld'", "did you mean build model?"),
    ("‹train› = iou", "'train' is a command, so it cannot be a name", "for example my_train"),
    ("‹load› = 3", "'load' is a command, so it cannot be a name", "for example my_load"),
    ("‹9x› = iou", "'9x' is not a name", "a name is a letter, then letters, digits and _, 64 bytes at most"),
    ("‹x-y› = iou", "'x-y' is not a name", "a name is a letter, then letters, digits and _, 64 bytes at most"),
    ("x ‹=›", "nothing follows the '='", "a command, a literal or a name"),
    ("‹rounds=25›", "a name and its '=' need a space between them", "write rounds = 25"),
    ("‹x=train› net", "a name and its '=' need a space between them", "write x = train"),
    ("load dataset size=‹512X256›", "'512X256' is not a valid number", "write 512x256"),
    ("load dataset ‹512 x 256›", "a value holds no spaces", "write 512x256"),
    ("load dataset ‹512x 256›", "a value holds no spaces", "write 512x256"),
    ("load dataset ‹0.5 .. 2›", "a value holds no spaces", "write 0.5..2"),
    ("load dataset ‹34 %›", "a value holds no spaces", "write 34%"),
    ("fda gta ‹beta = 0.01›", "an argument has no spaces around its '='", "write beta=0.01"),
    ("fda gta ‹beta =0.01›", "an argument has no spaces around its '='", "write beta=0.01"),
    ("fda gta ‹beta=› 0.01", "beta= has no value", "write beta=0.01"),
    ("fda gta ‹beta=›", "beta= has no value", nil),
    ("fda beta=‹0,01›", "'0,01' is not a valid number", "write 0.01"),
    ("fda beta=‹.5›", "'.5' is not a valid number", "write 0.5"),
    ("fda beta=‹5.›", "'5.' is not a valid number", "write 5"),
    ("fda beta=‹+5›", "'+5' is not a valid number", "write 5"),
    ("fda beta=‹1e999›", "'1e999' is too large a number", "the largest is about 1.8e308"),
    ("seed ‹9007199254740993›", "'9007199254740993' has more digits than can be kept exactly", "whole numbers are exact up to 9007199254740992; larger ones are written with an exponent, such as 1e20"),
    ("x = ‹-123456789012345678901234567890›", "'-123456789012345678901234567890' has more digits than can be kept exactly", "whole numbers are exact up to 9007199254740992; larger ones are written with an exponent, such as 1e20"),
    ("show a ‹#> 4.5›", "'#>' marks a recorded output, which is a line of its own that begins with it", "move it to the next line, without spaces in front; a comment has a space behind its #"),
    ("show a\n  ‹#! no›", "'#!' marks a recorded failure, which is a line of its own that begins with it", "move it to the next line, without spaces in front; a comment has a space behind its #"),
    ("fda beta=‹0.5...2›", "'0.5...2' is not a valid number", "write 0.5..2"),
    ("fda beta=‹2..1›", "the range '2..1' ends before it starts", "write 1..2"),
    ("load dataset size=‹0x5›", "'0x5' is not a size", "width x height in pixels, each 1 to 1000000, such as 512x256"),
    ("load dataset size=‹99999999999999999999x5›", "'99999999999999999999x5' is not a size", "width x height in pixels, each 1 to 1000000, such as 512x256"),
    ("show ‹\"abc›", "this text never ends", "add a closing \""),
    ("show ‹\"abc\"d›", "something follows the closing quote", "put a space after it"),
    ("show ‹a\"b\"›", "a quote stands inside a word", "put the whole text between quotes"),
    ("show ‹\"a\\q\"›", "a text has an unknown escape after \\", "\\\" \\\\ \\n \\t \\u{e9} are known"),
    ("show ‹a\u{7}b›", "the character U+0007 is invisible and not allowed here", "in a text it is written \\u{7}"),
    ("show ‹a\u{202E}b›", "the character U+202E is invisible and not allowed here", "in a text it is written \\u{202e}"),
    ("train net ‹>› 3", "'>' is not expected here", "only expect compares; an argument is written parameter=value"),
    ("‹expect›", "expect needs a comparison", "for example expect iou1.miou > 30"),
    ("expect ‹a›", "expect needs a comparison", "for example expect iou1.miou > 30"),
    ("expect ‹a>b›", "'>' needs spaces around it", "write a > b"),
    ("expect a ‹==› b", "'==' does not compare", "write ="),
    ("expect a > ‹>› b", "a value is missing before '>'", "for example expect iou1.miou > 30"),
    ("expect a ‹>›", "a value is missing at the end", "for example expect iou1.miou > 30"),
    ("x = 25 ‹26›", "nothing may follow a value", "a statement has one value, or a command and its arguments"),
    // Habits of Python and of shells.
    ("‹train(net, epochs=5)›", "arguments are not written in parentheses", "write train net epochs=5"),
    ("t = ‹train (net, epochs = 5)›", "arguments are not written in parentheses", "write train net epochs=5"),
    ("‹net.train(epochs=5)›", "arguments are not written in parentheses", "write train net epochs=5"),
    ("d = ‹load_dataset('gta5', strict=True)›", "arguments are not written in parentheses", "write load dataset \"gta5\" strict=yes"),
    ("‹train(f(x))›", "arguments are not written in parentheses", "a command's arguments follow it: train …"),
    ("‹print(net)›", "no command is named 'print'", "a name alone shows its value: write net"),
    ("‹print net›", "no command is named 'print'", "a name alone shows its value: write net"),
    ("train net ‹--epochs 5›", "arguments have no dashes", "write epochs=5"),
    ("train net ‹--epochs=5›", "arguments have no dashes", "write epochs=5"),
    ("train net ‹--fast›", "arguments have no dashes", "write fast=VALUE"),
    ("x = ‹1;› y = 2", "there is one statement per line", "write what follows the ';' on a line of its own"),
    ("x = ‹1;y› = 2", "there is one statement per line", "write what follows the ';' on a line of its own"),
    ("x = ‹1;›", "a statement ends with its line", "leave out the ';'"),
    ("load dataset gta5 ‹'a b'›", "a text goes between double quotes", "write \"a b\""),
    ("load dataset from=‹'a'›", "a text goes between double quotes", "write \"a\""),
    ("load dataset from=‹“a”›", "a text goes between double quotes", "write \"a\""),
    ("x = ‹5#five›", "a comment needs a space before its '#'", "write 5 #five"),
    ("x = 5 ‹//› five", "'//' does not begin a comment", "a comment begins with #"),
    ("x = y ‹+› 1", "the language has no arithmetic", "write the result; 1/3 and 34% are numbers"),
    ("x ‹+=› 1", "the language has no arithmetic", "write the result; 1/3 and 34% are numbers"),
    ("‹for› i in range(3):", "there are no loops, conditions or functions", "write a statement for each value; `segue run FILE --set NAME=VALUE` repeats a script with other values"),
    ("‹import› torch", "there is nothing to import", "`help` lists the commands"),
    ("x = ‹1/0›", "'1/0' divides by zero", nil),
    ("‹explain›", "explain goes before a statement", "for example explain iou"),
  ]

  @Test(arguments: cases) func pointsAtTheFault(_ marked: String, _ message: String, _ remedy: String?) throws {
    let marked = Marked(marked)
    let parsed = Statement.parse(marked.text, .toy)
    var first = try #require(parsed.diagnostics.first)
    if first.replacement != nil { #expect(first.corrected(marked.text) != nil) }
    first.replacement = nil
    #expect(first == Diagnostic(message, at: marked.range, remedy: remedy))
  }

  @Test func goesOnAfterAFault() {
    let script = Script("fda gta beta=,5 \ntrain bta= \niou ok\nload dta\n", .toy)
    #expect(script.items.compactMap(\.statement).map(\.canonical) == ["fda gta beta=,5", "iou ok"])
    #expect(script.diagnostics.map(\.range) == [SourceRange(23, 27), SourceRange(41, 44)])
  }

  @Test func tooLong() {
    let parsed = Statement.parse("show " + String(repeating: "a ", count: 40_000), .toy)
    #expect(parsed.diagnostics.map(\.message) == ["this statement is 80005 bytes long"])
    #expect(parsed.statement == nil)
  }

  @Test func notText() {
    #expect(throws: Diagnostic(
      "line 2 is not UTF-8 text", at: SourceRange(3, 4), remedy: "save the file as UTF-8; pictures and models are loaded by commands, not run")
    ) { try Script(bytes: [0x61, 0x62, 0x0A, 0xFF, 0x61], .toy) }
    #expect(throws: Never.self) { try Script(bytes: [0xEF, 0xBB, 0xBF] + Array("iou".utf8), .toy) }
  }

  @Test func renderedWithACaret() {
    let text = "seed 1\nfda gta ßbta=,, x=\n"
    let diagnostic = Script(text, .toy).diagnostics[0]
    #expect(diagnostic.rendered(in: Source(text)) == """
      error: x= has no value (line 2)
        fda gta ßbta=,, x=
                        ^^
      """)
  }
}
