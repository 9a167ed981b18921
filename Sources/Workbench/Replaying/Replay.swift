public import Language

/// Runs a script again and compares what it shows with what it recorded.
public struct Replay {
  public struct Options: Sendable {
    /// Other values for literal bindings: `rounds` to `1`.
    public var overrides: [String: String] = [:]
    /// A verdict of close counts as failed.
    public var isStrict = false
    /// Values must be what the lock says, to the last bit.
    public var isExact = false
    /// What the script was recorded from; it tells why an output differs.
    public var lock: ReplayLock?
    /// Whether to take the digests of values, for ``Replay/lock(_:)``; reading whole values costs time.
    public var takesContents = false
    /// Of the arithmetic in use: `avx512`.
    public var instructionSet = ""
    /// Nothing is compared before the statement that makes this name; what shows and checks before it is passed over.
    public var start: String?

    public init(overrides: [String: String] = [:], isStrict: Bool = false) { (self.overrides, self.isStrict) = (overrides, isStrict) }
  }

  /// Which recorded outputs a new text of the script replaces.
  public enum Update: String, Sendable, CaseIterable {
    /// Only where nothing is recorded.
    case missing
    /// Also where the verdict is not same.
    case changed
  }

  /// What came of one statement.
  public struct Step: Sendable {
    /// The statement's line in the script, from 1.
    public var line: Int
    /// As it would be recorded now; where it failed before that, as it was written.
    public var statement: String
    /// Nil where nothing is recorded, and below an override.
    public var verdict: Verdict?
    /// Of the recorded lines alone, without what the lock says.
    public var outputsVerdict: Verdict?
    /// Whether it was run, and its outputs are those of now.
    public var isRun = false
    /// What it showed, and why it failed.
    public var display = Display.nothing
    public var failure: Diagnostic?
    /// Why it differs, in words, where that is known: the recipe changed.
    public var reason: String?
    /// Recorded lines and what is shown now, where they are not the same.
    public var difference: [DifferenceLine]
    /// What is shown now, with the marks `#>` or `#!`.
    public var outputs: [String]
    /// What the value is made from, and the digest of what it holds.
    public var recipe: Recipe?
    public var content: String?

    public init(
      line: Int, statement: String, verdict: Verdict? = nil, reason: String? = nil, difference: [DifferenceLine] = [], outputs: [String] = [],
      recipe: Recipe? = nil, content: String? = nil
    ) {
      (self.line, self.statement, self.verdict, self.reason) = (line, statement, verdict, reason)
      (self.difference, self.outputs, self.recipe, self.content) = (difference, outputs, recipe, content)
    }
  }

  /// What is to happen to the next statement.
  public enum Answer: Sendable { case run, stop }

  public struct Report: Sendable {
    public var steps: [Step] = []
    public var verdict = Verdict.same
    /// The first failure that was not expected; the replay ended there.
    public var failure: Diagnostic?
    public var isInterrupted = false
    /// Whether the statement that was interrupted wrote down how far it came.
    public var goesOn = false
    /// True where somebody said to stop before the end.
    public var isStopped = false
    /// Statements behind a `quit`, which were not run.
    public var unreached = 0
    public var kept = 0
    public var made = 0
    public var isStrict = false

    public init() {}

    /// 0 all good, 1 a statement failed, 3 outputs differ, 130 interrupted.
    public var exitCode: Int32 {
      if isInterrupted { return 130 }
      if failure != nil { return 1 }
      return verdict == .differs || (isStrict && verdict == .close) ? 3 : 0
    }
  }

  let script: Script
  let session: Session
  let options: Options
  let groups: [Group]

  /// A statement with the lines that were recorded of it.
  struct Group {
    var item: Script.Item
    /// Where it stands among the script's items, and where its recorded lines do.
    var place: Int
    var recorded: [Int]
    var outputs: [String] = []
    var failures: [String] = []
  }

  /// Fails where an override names no literal binding of the script or is no literal, where the script makes no `start`, and where the
  /// lock knows nothing of this instruction set but is to be held to.
  public init(_ script: Script, in session: Session, _ options: Options = Options()) throws(Diagnostic) {
    self.script = script
    self.session = session
    self.options = options
    groups = Replay.groups(script)
    try checkLock()
    try checkStart()
    try script.check(options.overrides, session.vocabulary)
  }

  private static func groups(_ script: Script) -> [Group] {
    script.items.indices.compactMap { place in
      guard case .statement = script.items[place].content else { return nil }
      var group = Group(item: script.items[place], place: place, recorded: script.recorded(after: place))
      for line in group.recorded {
        switch script.items[line].content {
        case .output(let words): group.outputs.append(words)
        case .failure(let words): group.failures.append(words)
        default: break
        }
      }
      return group
    }
  }
}
