/// Statements as other languages spell them, told with ours: calls with brackets, options with dashes, semicolons, single quotes.
extension Parser {
  /// Whether the statement that starts here is spelled in another language's way; what is wrong is then reported.
  mutating func reportsHabit() -> Bool {
    guard let head = peek(), let last = words.last else { return false }
    let whole = head.range.joined(to: last.range)
    return reportsSemicolon() || reportsSingleQuotes() || reportsKeyword(head) || reportsCall(head, whole) || reportsArithmetic(whole)
  }

  private mutating func reportsSemicolon() -> Bool {
    for (index, word) in words.enumerated().dropFirst(at) where !word.text.contains("\"") || word.text.hasSuffix("\";") {
      guard let cut = word.text.firstIndex(of: ";") else { continue }
      let before = word.text[..<cut], isLast = index == words.count - 1 && word.text.hasSuffix(";") && word.text.count { $0 == ";" } == 1
      // A path may hold one.
      guard word.text.hasSuffix(";") || (try? Term.read(Word(String(before), word.range)))?.literal != nil else { continue }
      if isLast {
        fail("a statement ends with its line", word.range, "leave out the ';'", replacement: String(before))
      } else {
        fail("there is one statement per line", word.range, "write what follows the ';' on a line of its own")
      }
      return true
    }
    return false
  }

  private mutating func reportsSingleQuotes() -> Bool {
    let pairs: [Character: Character] = ["'": "'", "‘": "’", "“": "”"]
    for (index, word) in words.enumerated().dropFirst(at) where !word.text.hasPrefix("\"") {
      let start = word.text.firstIndex(of: "=").map { Reference.isName(word.text[..<$0]) ? word.text.index(after: $0) : word.text.startIndex } ?? word.text.startIndex
      guard let open = word.text[start...].first, let close = pairs[open] else { continue }
      let place = word.range.start + word.text[..<start].utf8.count
      var text = String(word.text[start...].dropFirst()), end = index
      while !(text.hasSuffix(String(close))), end + 1 < words.count, text.utf8.count < 1000 {
        end += 1
        text += " " + words[end].text
      }
      let isClosed = text.hasSuffix(String(close)), quoted = Literal.quoted(isClosed ? String(text.dropLast()) : String(word.text[start...].dropFirst()))
      fail(
        "a text goes between double quotes", SourceRange(place, isClosed ? words[end].range.end : word.range.end), "write \(quoted)",
        replacement: isClosed ? quoted : nil)
      return true
    }
    return false
  }

  /// Words that begin a statement elsewhere.
  private mutating func reportsKeyword(_ head: Word) -> Bool {
    guard !vocabulary.begins(head.text), peek(1)?.text != "=", peek(1) != nil else { return false }
    switch head.text {
    case "for", "while", "if", "def", "with", "elif", "else:":
      fail("there are no loops, conditions or functions", head.range, "write a statement for each value; `segue run FILE --set NAME=VALUE` repeats a script with other values")
    case "import", "from":
      fail("there is nothing to import", head.range, "`help` lists the commands")
    case "print", "echo":
      let value = words[(at + 1)...].map(\.text).joined(separator: " ")
      guard words.count == at + 2, Reference(value) != nil else { return false }
      fail("no command is named '\(head.text)'", head.range.joined(to: words[at + 1].range), "a name alone shows its value: write \(value)", replacement: value)
    default: return false
    }
    return true
  }

  /// `train(epochs=5)`, `m.train(epochs=5)`, `x = load_dataset("streets")`, `print(x)`.
  private mutating func reportsCall(_ first: Word, _ whole: SourceRange) -> Bool {
    var from = at
    if peek(1)?.text == "=" { from += 2 }
    guard from < words.count else { return false }
    let text = words[from...].map(\.text).joined(separator: " ")
    guard text.utf8.count < 1000, let open = text.firstIndex(of: "("), !text[..<open].contains("\"") else { return false }
    let function = text[..<open].drop { $0 == " " }.reversed().drop { $0 == " " }.reversed().map(String.init).joined()
    let parts = function.split(separator: ".").map(String.init)
    guard let last = parts.last, Reference.isName(last.replacing(" ", with: "_")) else { return false }
    let spaced = last.replacing("_", with: " "), known = vocabulary.commands.union(vocabulary.prefixes)
    let command: String
    if known.contains(spaced) { command = spaced } else if last == "print" { command = "" } else if let near = nearest(spaced, in: known.sorted()) { command = near } else { return false }
    let inner = text[text.index(after: open)...]
    let range = words[from].range.joined(to: SourceRange(whole.end, whole.end))
    guard inner.hasSuffix(")"), !inner.contains("(") else {
      fail("arguments are not written in parentheses", range, "a command's arguments follow it: \(command.isEmpty ? "show x" : command + " …")")
      return true
    }
    var arguments = inner.dropLast().replacing(",", with: " ").replacing(" = ", with: "=").split(separator: " ").map { Parser.spelled(String($0)) }
    if parts.count > 1 { arguments.insert(parts.dropLast().joined(separator: "."), at: 0) }
    let mended = ((command.isEmpty ? [] : [command]) + arguments).joined(separator: " ")
    let isGood = !mended.isEmpty && Statement.parse(mended, vocabulary).diagnostics.isEmpty
    fail(
      command.isEmpty ? "no command is named 'print'" : "arguments are not written in parentheses", range,
      isGood ? (command.isEmpty ? "a name alone shows its value: write \(mended)" : "write \(mended)") : "a command's arguments follow it: \(command) …",
      replacement: isGood ? mended : nil)
    return true
  }

  /// An argument of a call as it is written here: `'a'` as `"a"`, `True` as `yes`.
  private static func spelled(_ argument: String) -> String {
    let cut = argument.firstIndex(of: "=").map { argument.index(after: $0) } ?? argument.startIndex
    var value = String(argument[cut...])
    if value.count > 1, value.hasPrefix("'"), value.hasSuffix("'") { value = Literal.quoted(String(value.dropFirst().dropLast())) }
    return argument[..<cut] + (Habits.word(for: value) ?? value)
  }

  private mutating func reportsArithmetic(_ whole: SourceRange) -> Bool {
    let signs: Set<String> = ["+", "-", "*", "/", "**", "+=", "-=", "*=", "/=", "//"]
    guard let head = peek(), let word = words[at...].first(where: { signs.contains($0.text) }) else { return false }
    let first = peek(1)?.text == "=" ? peek(2) : head
    guard let first, !vocabulary.begins(first.text), (try? Term.read(first)) != nil, words[at] != word else { return false }
    if word.text == "//" {
      fail("'//' does not begin a comment", word.range, "a comment begins with #", replacement: "#")
    } else {
      fail("the language has no arithmetic", word.range, "write the result; 1/3 and 34% are numbers")
    }
    return true
  }

  /// `--epochs 5` and `--epochs=5` among arguments.
  mutating func reportsOption(_ word: Word) -> Bool {
    let name = word.text.drop { $0 == "-" }, dashes = word.text.count - name.count
    guard (1...2).contains(dashes), let first = name.first, first.isLetter else { return false }
    let parameter = name.prefix { $0 != "=" }
    guard Reference.isName(parameter.replacing("-", with: "_")) else { return false }
    var mended = String(name), range = word.range
    if parameter.count == name.count, let next = peek(), !next.text.hasPrefix("-") {
      mended = "\(name)=\(next.text)"
      range = range.joined(to: next.range)
      at += 1
    }
    fail("arguments have no dashes", range, mended.contains("=") ? "write \(mended)" : "write \(mended)=VALUE", replacement: mended.contains("=") ? mended : nil)
    return true
  }
}

/// Words that other languages have for ours.
public enum Habits {
  /// `yes` for `True`.
  public static func word(for word: String) -> String? {
    switch word {
    case "True", "true", "TRUE", "on", "On": "yes"
    case "False", "false", "FALSE", "off", "Off": "no"
    default: nil
    }
  }
}

extension Term {
  /// `5# words`: a blank is missing.
  static func refuseHabits(_ word: Word) throws(Diagnostic) {
    guard let cut = word.text.firstIndex(of: "#"), cut != word.text.startIndex, let term = try? read(Word(String(word.text[..<cut]), word.range)), term.literal != nil else { return }
    throw Diagnostic("a comment needs a space before its '#'", at: word.range, remedy: "write \(word.text[..<cut]) \(word.text[cut...])", replacement: "\(word.text[..<cut]) \(word.text[cut...])")
  }
}
