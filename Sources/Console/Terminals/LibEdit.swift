internal import CLibEdit
internal import Glibc

/// libedit: the only file that names its functions. It turns keys into a line, with the key bindings of `~/.editrc`, emacs or vi, and its
/// history; it draws nothing (its output goes to /dev/null), because its drawing knows neither colour nor hints.
final class LibEdit {
  /// What the editor asks its owner.
  protocol Owner: AnyObject {
    /// The next character for libedit; nil ends the line without a result.
    func nextCharacter() -> Unicode.Scalar?
    /// One of the owner's keys was typed.
    func typed(_ key: OwnKey) -> KeyResult
  }

  /// Keys whose work is the owner's. Their names can be used in `~/.editrc`.
  enum OwnKey: String, CaseIterable {
    case complete = "segue-complete"
    case completeBack = "segue-complete-back"
    case forward = "segue-forward"
    case lineEnd = "segue-end"
    case search = "segue-search"
    case clearScreen = "segue-clear-screen"
    case edit = "segue-edit"
  }

  enum KeyResult { case refresh, refused }

  private let editor: OpaquePointer
  private let lines: OpaquePointer
  private let streams: [UnsafeMutablePointer<FILE>]
  private var entered: [String] = []
  weak var owner: (any Owner)?

  /// An editor for a terminal; nil where `input` or `output` is none.
  init?(input: Int32, output: Int32) {
    guard isatty(input) == 1, isatty(output) == 1 else { return nil }
    // Without a locale libedit takes é for a key of emacs' Meta. Only the kind of characters is set: numbers stay as they are.
    if setlocale(LC_CTYPE, "C.UTF-8") == nil { setlocale(LC_CTYPE, "") }
    guard let reading = fopen("/dev/null", "r"), let writing = fopen("/dev/null", "w") else { return nil }
    guard let editor = el_init_fd("segue", reading, writing, writing, input, output, output), let lines = history_winit() else {
      fclose(reading)
      fclose(writing)
      return nil
    }
    self.editor = editor
    self.lines = lines
    streams = [reading, writing]
    configure()
  }

  deinit {
    el_end(editor)
    history_wend(lines)
    for stream in streams { fclose(stream) }
  }

  // MARK: The line

  var line: EditedLine {
    guard let info = el_wline(editor)?.pointee else { return EditedLine() }
    let count = info.lastchar - info.buffer
    let scalars = (0..<count).map { Unicode.Scalar(UInt32(bitPattern: info.buffer[$0])) ?? "\u{FFFD}" }
    return EditedLine(scalars, cursor: info.cursor - info.buffer)
  }

  func apply(_ replacement: Replacement) {
    _ = el_cursor(editor, Int32(replacement.range.upperBound - line.cursor))
    if !replacement.range.isEmpty { el_deletestr(editor, Int32(replacement.range.count)) }
    insert(replacement.text)
  }

  func insert(_ text: String) {
    guard !text.isEmpty else { return }
    _ = Self.wide(text).withUnsafeBufferPointer { el_winsertstr(editor, $0.baseAddress) }
  }

  func moveCursor(by count: Int) { _ = el_cursor(editor, Int32(count)) }

  /// Reads a line by asking the owner for characters; nil when the owner ended it.
  func read() -> String? {
    segue_el_data(editor, Unmanaged.passUnretained(self).toOpaque())
    var count: Int32 = 0
    guard let text = el_wgets(editor, &count), count > 0 else { return nil }
    let scalars = (0..<Int(count)).map { Unicode.Scalar(UInt32(bitPattern: text[$0])) ?? "\u{FFFD}" }
    return EditedLine.text(scalars[...].prefix { $0 != "\n" })
  }

  /// Forgets a line that was given up.
  func reset() { el_reset(editor) }

  /// The terminal as it was before editing (false), or ready for editing (true).
  func prepare(_ editing: Bool) { segue_el_prepare(editor, editing ? 1 : 0) }

  /// What the Up key goes through, oldest first.
  func setHistory(_ recent: [String]) {
    if !recent.starts(with: entered) {
      segue_history_clear(lines)
      entered = []
    }
    for line in recent.dropFirst(entered.count) { Self.wide(line).withUnsafeBufferPointer { segue_history_enter(lines, $0.baseAddress) } }
    entered = recent
  }

  // MARK: Setting up

  private func configure() {
    segue_history_size(lines, 2000)
    segue_history_unique(lines)
    segue_el_history(editor, lines)
    segue_el_signals(editor, 0)
    segue_el_editor(editor, "emacs")
    segue_el_characters(editor) { editor, character in
      guard let owner = LibEdit.of(editor)?.owner, let scalar = owner.nextCharacter() else { return -1 }
      character?.pointee = wchar_t(bitPattern: scalar.value)
      return 1
    }
    for key in OwnKey.allCases { segue_el_function(editor, key.rawValue, "of segue", Self.function(key)) }
    bind()
    _ = el_source(editor, nil)
    // `bind -v` in ~/.editrc began with fresh maps.
    if segue_el_is_vi(editor) != 0 { bind() }
  }

  private func bind() {
    for (key, function) in [("\t", OwnKey.complete), ("^R", .search), ("^L", .clearScreen), ("^X^E", .edit)] { segue_el_bind(editor, key, function.rawValue) }
    // In vi's insert mode Escape must stay a key of its own: no sequence may begin with it.
    guard segue_el_is_vi(editor) == 0 else { return bindVi() }
    let keys: [(String, OwnKey)] = [
      ("\u{1B}[Z", .completeBack), ("\u{1B}[C", .forward), ("\u{1B}OC", .forward), ("\u{1B}[F", .lineEnd), ("\u{1B}OF", .lineEnd),
      ("\u{1B}[4~", .lineEnd),
      ("^F", .forward), ("^E", .lineEnd),
    ]
    for (key, function) in keys { segue_el_bind(editor, key, function.rawValue) }
    let others = [
      ("\u{1B}[3~", "ed-delete-next-char"), ("\u{1B}[1~", "ed-move-to-beg"), ("\u{1B}[1;5C", "em-next-word"), ("\u{1B}[1;5D", "ed-prev-word"),
      ("\u{1B}[1;3C", "em-next-word"), ("\u{1B}[1;3D", "ed-prev-word"),
    ]
    for (key, function) in others { segue_el_bind(editor, key, function) }
    segue_el_bind(editor, "^W", "ed-delete-prev-word")
  }

  /// The keys that send sequences, in vi's mode: each comes as one character that nobody can type, and works in both of its modes.
  private static let viKeys: [(sequences: [String], character: Unicode.Scalar, function: String)] = [
    (["\u{1B}[A", "\u{1B}OA"], "\u{80}", "ed-prev-history"), (["\u{1B}[B", "\u{1B}OB"], "\u{81}", "ed-next-history"),
    (["\u{1B}[C", "\u{1B}OC"], "\u{82}", OwnKey.forward.rawValue), (["\u{1B}[D", "\u{1B}OD"], "\u{83}", "ed-prev-char"),
    (["\u{1B}[H", "\u{1B}OH", "\u{1B}[1~"], "\u{84}", "ed-move-to-beg"), (["\u{1B}[F", "\u{1B}OF", "\u{1B}[4~"], "\u{85}", OwnKey.lineEnd.rawValue),
    (["\u{1B}[3~"], "\u{86}", "ed-delete-next-char"), (["\u{1B}[Z"], "\u{87}", OwnKey.completeBack.rawValue),
  ]

  /// What is to follow a character by itself: in vi's mode libedit leaves the cursor at the beginning of a line from history.
  func following(_ character: Unicode.Scalar) -> [Unicode.Scalar] { character == "\u{80}" || character == "\u{81}" ? ["\u{85}"] : [] }

  private func bindVi() {
    for key in Self.viKeys {
      segue_el_bind(editor, String(key.character), key.function)
      segue_el_bind_command(editor, String(key.character), key.function)
    }
    for (key, function) in [("^F", OwnKey.forward), ("^E", .lineEnd)] { segue_el_bind(editor, key, function.rawValue) }
    segue_el_bind_command(editor, "v", OwnKey.edit.rawValue)
  }

  /// Sequences of keys that are to come as one character; none in emacs' mode, whose bindings hold sequences.
  var folding: [[UInt8]: Unicode.Scalar] {
    guard segue_el_is_vi(editor) != 0 else { return [:] }
    return Dictionary(Self.viKeys.flatMap { key in key.sequences.map { (Array($0.utf8), key.character) } }) { $1 }
  }

  private static func of(_ editor: OpaquePointer?) -> LibEdit? {
    segue_el_data_of(editor).map { Unmanaged<LibEdit>.fromOpaque($0).takeUnretainedValue() }
  }

  /// A C function can carry nothing along: one is written for each key.
  private static func function(_ key: OwnKey) -> segue_key {
    switch key {
    case .complete: { editor, _ in LibEdit.typed(.complete, editor) }
    case .completeBack: { editor, _ in LibEdit.typed(.completeBack, editor) }
    case .forward: { editor, _ in LibEdit.typed(.forward, editor) }
    case .lineEnd: { editor, _ in LibEdit.typed(.lineEnd, editor) }
    case .search: { editor, _ in LibEdit.typed(.search, editor) }
    case .clearScreen: { editor, _ in LibEdit.typed(.clearScreen, editor) }
    case .edit: { editor, _ in LibEdit.typed(.edit, editor) }
    }
  }

  private static func typed(_ key: OwnKey, _ editor: OpaquePointer?) -> UInt8 {
    switch LibEdit.of(editor)?.owner?.typed(key) {
    case .refresh: segue_cc_refresh
    case .refused, nil: segue_cc_error
    }
  }

  private static func wide(_ text: String) -> [wchar_t] { text.unicodeScalars.map { wchar_t(bitPattern: $0.value) } + [0] }
}
