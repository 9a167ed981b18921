import Foundation
import Testing

@Suite struct ProcessTests {
  /// What a shell is asked, the exit code, and what standard output and standard error must hold.
  struct Case: Sendable, CustomTestStringConvertible {
    var line: String
    var code: Int32
    var output: [String]
    var errors: [String]
    /// What standard output must not hold.
    var never: [String]
    init(_ line: String, _ code: Int32, output: [String] = [], errors: [String] = [], never: [String] = []) {
      (self.line, self.code, self.output, self.errors, self.never) = (line, code, output, errors, never)
    }
    var testDescription: String { line }
  }

  static let script = "## Title\nrounds = 2\nx = 1/3\nexpect rounds > 1\n"

  static func check(_ given: Case, _ comment: Comment? = nil) throws {
    let shell = try Shell()
    try shell.write(script, "a.segue")
    try shell.write("# prose \u{1B}[31mred\u{1B}[0m and \u{202E}turned\nx = 5 # a \u{7}bell\nshow y\n#! no value is named 'y' \u{1B}]0;title\u{7}\n", "steering.segue")
    try shell.write("rounds   =  2\n", "loose.segue")
    let ended = try shell.run(given.line)
    #expect(ended.code == given.code, "\(ended)")
    for words in given.output { #expect(ended.output.contains(words), "\(ended)") }
    for words in given.never { #expect(!ended.output.contains(words), "\(ended)") }
    for words in given.errors { #expect(ended.errors.contains(words), "\(ended)") }
    #expect(!(ended.output + ended.errors).unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" || $0 == "\u{7}" }, "\(ended)")
  }

  /// Asks bash what it would offer behind `segue` and these words, each between `<` and `>`.
  private static func completing(_ words: String) -> String {
    let parts = ("segue " + words).split(separator: " ", omittingEmptySubsequences: false).map { "'\($0)'" }
    return """
      segue --generate-completion-script bash > .c.bash; source ./.c.bash; COMP_LINE='segue \(words)'; COMP_POINT=${#COMP_LINE}; \
      COMP_WORDS=(\(parts.joined(separator: " "))); COMP_CWORD=\(parts.count - 1); _segue segue \(parts[parts.count - 1]) \(parts[parts.count - 2]); printf '<%s>\\n' "${COMPREPLY[@]}"
      """
  }

  static let editors = [
    Case("segue kernel nothing.json", 1, errors: ["nothing.json:", "Jupyter names the connection file"]),
    Case("segue kernel a.segue", 1, errors: ["a.segue'", "Jupyter writes one when it starts"]),
    Case("segue kernel", 2, errors: ["connection file"]),
    Case("segue kernel install --prefix here; cat here/share/jupyter/kernels/segue*/kernel.json", 0, output: ["wrote ", "\"interrupt_mode\": \"message\"", "\"--continue\""]),
    Case("JUPYTER_DATA_DIR=$PWD/data segue kernel install --user; ls data/kernels", 0, output: ["segue-session"]),
    Case("segue kernel install --user --prefix here", 2, errors: ["--user and --prefix name"]),
    Case("segue kernel --continue --session x c.json", 2, errors: ["--continue goes on with the prompt's session"]),
    Case("printf 'GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n' | segue lsp", 1, errors: ["is not of the language server protocol"]),
    Case("printf 'Content-Length: 17\\r\\n\\r\\n{\"method\":\"exit\"}' | segue lsp", 1),
    Case("segue lsp </dev/null", 1),
    Case("segue grammar | cmp - '\(HouseTests.root.path)/scripts/editors/vscode/syntaxes/segue.tmLanguage.json'", 0),
  ]

  @Test(arguments: editors) func kernelsAndEditors(_ given: Case) throws { try Self.check(given) }

  static let words = [
    Case("segue a.segue", 0, output: ["## Title\nrounds = 2\nx = 1/3\nexpect rounds > 1"]),
    Case("segue run a.segue --set rounds=7", 0, output: ["rounds = 7\nx = 1/3"]),
    Case("segue run a.segue --set rounds=1", 1, errors: ["rounds (1) is not > 1"]),
    Case("segue run a.segue --set round=7", 2, errors: ["the script gives no literal the name 'round' (did you mean rounds?)"]),
    Case("segue run a.segue --set rounds", 2, errors: ["--set takes NAME=VALUE"]),
    Case("segue relpay a.segue", 2, errors: ["there is no subcommand and no script 'relpay'; did you mean replay?"]),
    Case("segue frobnicate", 2, errors: ["there is no subcommand and no script 'frobnicate'; the subcommands are prompt, run, replay"]),
    Case("segue missing.segue", 2, errors: ["cannot read missing.segue: there is no such file or folder"]),
    Case("segue --version", 0, output: ["segue 0.9.0 (arithmetic "]),
    Case("segue --generate-completion-script bash", 0, output: ["complete -o filenames -o default -F _segue segue"]),
    Case("mkdir lessons; touch 'two words.segue' other.txt; \(completing("run "))", 0, output: ["<a.segue>", "<two words.segue>", "<lessons>"], never: ["other.txt"]),
    Case("mkdir lessons; \(completing("step "))", 0, output: ["<a.segue>", "<lessons>"]),
    Case("touch page.html; \(completing("export a.segue --to "))", 0, output: ["<page.html>"], never: ["a.segue"]),
    Case(completing(""), 0, output: ["<replay>", "<sessions>"]),
    Case(completing("replay --"), 0, output: ["<--exact>", "<--set>"]),
    Case("SEGUE_IMAGES=bogus segue run a.segue", 0, errors: ["SEGUE_IMAGES is 'bogus', and must be one of kitty, iterm, sixel, blocks, words; it is ignored"]),
    Case("SEGUE_THREADS=many segue run a.segue", 0, errors: ["SEGUE_THREADS is 'many', and must be a number from 1 to 256; it is ignored"]),
    Case("SEGUE_CPU=avx9 segue run a.segue", 2, errors: ["SEGUE_CPU is 'avx9'"]),
    Case("SEGUE_IMAGE=words segue run a.segue", 0, errors: ["SEGUE_IMAGE is not known; did you mean SEGUE_IMAGES?"]),
    Case("segue check a.segue a.segue", 0, output: ["a.segue: nothing is wrong with its 3 statements\na.segue: nothing"]),
    Case("segue check loose.segue", 0, output: ["nothing is wrong with its 1 statement\n"]),
    Case("segue fmt a.segue loose.segue", 0, output: ["expect rounds > 1\nrounds = 2\n"]),
  ]
  @Test(arguments: words) func theCommandLineIsUnderstoodOrTold(_ given: Case) throws { try Self.check(given) }

  static let steering = [
    Case("segue run steering.segue", 0, output: ["# prose \\u{1b}[31mred\\u{1b}[0m and \\u{202e}turned", "x = 5 # a \\u{7}bell"]),
    Case("segue check steering.segue", 1, output: ["steering.segue:1:9", "the character U+001B is invisible and controls the screen", "U+0007", "steering.segue:4:"]),
    Case("segue check --json steering.segue", 1, output: ["U+001B"]),
    Case("segue replay steering.segue", 3, output: ["\\u{7}"]),
    Case("printf 'x = 5 \\033[31m\\n' | segue run -", 1, errors: ["U+001B"]),
    Case("segue run $'no\\033[31m.segue'", 2, errors: ["no\\u{1b}[31m.segue"]),
    Case("segue $'re\\033[31m'", 2, errors: ["re\\u{1b}[31m"]),
    Case("segue run a.segue > /dev/null; segue run steering.segue >/dev/null; segue sessions", 0, output: ["a \\u{7}bell"]),
  ]
  @Test(arguments: steering) func nothingFromAFileSteersTheScreen(_ given: Case) throws { try Self.check(given) }

  static let outputs = ["run a.segue", "replay a.segue", "fmt a.segue", "check a.segue", "run --json a.segue", "replay --json a.segue", "--help", "--version",
    "sessions", "step", "--generate-completion-script bash", "export --recorded a.segue", "fmt --check loose.segue"]
  @Test(arguments: outputs) func aWriteThatFailsIsAnError(_ words: String) throws {
    // The lessons' list needs lessons.
    let lessons = "mkdir -p sessions/lessons; cp a.segue sessions/lessons/01-a.segue; "
    try Self.check(Case("\(lessons)segue \(words) > /dev/full", 1, errors: ["cannot write standard output: the disk is full"]))
    try Self.check(Case("\(lessons)segue \(words) | true; exit ${PIPESTATUS[0]}", 141))
  }

  /// Waits until the process `p` handles SIGTERM.
  static let handled = "until (( 0x$(awk '/SigCgt/ { print $2 }' /proc/$p/status) & 0x4000 )); do sleep 0.1; done"

  static let surroundings = [
    Case("segue run a.segue 2> /dev/full", 0, output: ["rounds = 2"]),
    Case("segue run missing.segue 2> /dev/full", 2),
    Case("SEGUE_IMAGES=bogus segue run a.segue 2> /dev/full", 1, output: ["rounds = 2"]),
    Case("segue run a.segue >&- 2>&-", 0),
    Case("segue run a.segue <&- >&- 2>&-; cat .segue/sessions/*.lock; cat .segue/sessions/*.segue", 0, output: ["## Title\nrounds = 2"]),
    Case("segue run - <&-", 0),
    Case("(ulimit -v 180000; segue --version)", 0, output: ["segue 0.9.0"]),
    Case("(ulimit -v 200000; segue run a.segue)", 0, output: ["rounds = 2"]),
    Case("(ulimit -v 250000; segue check a.segue)", 0, output: ["nothing is wrong"]),
    Case("mkdir $'\\377'; cp a.segue $'\\377'; cd $'\\377'; segue run a.segue", 2, errors: ["the name of the working directory", "is not UTF-8 text"]),
    Case("mkdir $'\\377'; cp a.segue $'\\377'; cd $'\\377'; segue run a.segue 2>/dev/null; ls -A; cd ..; ls -A | wc -l", 0, output: ["a.segue\n"]),
    Case("cp a.segue $'\\377.segue'; segue run $'\\377.segue'", 2, errors: ["is not UTF-8 text"]),
    Case("SEGUE_STORE=other segue run a.segue; ls .segue/sessions | grep -c segue$; ls -d .segue/store", 2, output: ["1\n"]),
    Case("$program run - < <(sleep 20) & p=$!; \(handled); kill -QUIT $p; wait $p", 131),
    Case("$program run - < <(sleep 20) & p=$!; \(handled); kill -TERM $p; wait $p", 143),
  ]
  @Test(arguments: surroundings) func strangeSurroundingsEndInWords(_ given: Case) throws { try Self.check(given) }

  /// However little memory a limit leaves: the process ends in words or in success, and what it recorded replays.
  @Test(arguments: [145_000, 160_000, 180_000, 240_000]) func noMemoryLosesNothing(_ limit: Int) throws {
    let shell = try Shell()
    try shell.write("rounds = 2\nm = build model\nd = load dataset streets size=64x32\nfew = take d.source count=2\npredict m on=few[0]\n", "a.segue")
    let ended = try shell.run("(ulimit -v \(limit); segue run a.segue)")
    #expect([0, 1].contains(ended.code), "\(ended)")
    if ended.code == 1 { #expect(ended.errors.contains("memory"), "\(ended)") }
    #expect(!["Fatal", "Backtrac", "crashed"].contains { ended.errors.contains($0) }, "\(ended)")
    let after = try shell.run("for f in .segue/sessions/*.segue; do if [ -e $f ]; then cp $f b.segue; segue replay b.segue || exit 1; fi; done; segue store && segue sessions")
    #expect(after.code == 0, "\(after)")
  }
}
