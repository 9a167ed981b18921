import Foundation

/// Inputs for programs that must bear anything: real ones with slips in them, the same on every run.
public enum Mutation {
  /// Numbers that are the same on every run.
  public struct Dice {
    var state: UInt64
    public init(_ seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    /// 0..<`sides`
    public mutating func roll(_ sides: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(max(sides, 1)))
    }
  }

  /// The sessions that come with Segue, and what they lack.
  public static let sessions: [String] = {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../sessions").standardized
    let files = (FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects as? [URL] ?? [])
      .filter { $0.pathExtension == "segue" }.sorted { $0.path < $1.path }
    let texts = files.compactMap { try? String(contentsOf: $0, encoding: .utf8) }
    precondition(!texts.isEmpty, "there are no sessions in \(folder.path)")
    return texts + [
      "## Worlds\n# prose\nseed 7\nrounds = 25\ngta  = load dataset gta5 \"a b\" size=512x256 # note\n#> 5 images\n\nshow gta[0] city.train[0]\n",
      "x = fda gta toward=city.train \\\n  beta=1% range=0.75..1.5\n#! no value\nexpect final.miou > mbt.miou >= 3\nexplain iou near@best on=city.val\n",
      "net = build model bisenet width=1/4\r\ntrain net on=gta epochs=rounds lr=2.5e-4\r\nload weights ../x.safetensors\r\n",
      "load dataset\nbuild model\ntrain epochs=3\nensemble\niou\nundo 2\nredo\nvars\ngraph\ndiff train1 iou1\nsave x.segue only=train1\nrefresh\nkeep\nstore trim=yes\n",
    ]
  }()

  private static let bits = [
    "\"", "=", " ", "\n", "\\", "#", "#>", "#!", "..", "x", "%", "\t", "@", "[", "]", ".", "\u{7}", "é", "\u{301}", "👩‍👩‍👧", "-", "1e9", "\r", " \n ", "= ",
    "> ", "~", "/", "0", "9999999999999999999", "\u{202E}", "\u{FEFF}", "\0", "train ", "explain ", "dataset1", ".train", "@best", "[0]",
  ]

  /// A text of a few lines with up to seven slips.
  public static func text(_ number: Int, of seeds: [String] = sessions) -> String {
    var dice = Dice(number)
    let lines = seeds[dice.roll(seeds.count)].split(separator: "\n", omittingEmptySubsequences: false)
    let start = dice.roll(lines.count)
    var text = Array(lines[start..<min(lines.count, start + 1 + dice.roll(12))].joined(separator: "\n").unicodeScalars)
    for _ in 0...dice.roll(7) {
      let at = dice.roll(text.count + 1)
      switch dice.roll(5) {
      case 0, 1: text.insert(contentsOf: bits[dice.roll(bits.count)].unicodeScalars, at: at)
      case 2: if at < text.count { text.remove(at: at) }
      case 3: text.removeSubrange(at..<min(text.count, at + dice.roll(12)))
      default: if at < text.count { text.insert(contentsOf: Array(text[at..<min(text.count, at + dice.roll(9))]), at: dice.roll(text.count)) }
      }
    }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: text)
    return String(scalars)
  }

  /// Bytes with up to five slips.
  public static func bytes(_ number: Int, of original: [UInt8]) -> [UInt8] {
    var dice = Dice(number)
    var bytes = original
    for _ in 0...dice.roll(5) {
      guard !bytes.isEmpty else { return [1] }
      let at = dice.roll(bytes.count)
      switch dice.roll(5) {
      case 0: bytes[at] = UInt8(dice.roll(256))
      case 1: bytes[at] ^= UInt8(1 << dice.roll(8))
      case 2: bytes.removeSubrange(at..<min(bytes.count, at + dice.roll(40)))
      case 3: bytes.insert(contentsOf: "0129-\"{}[],:\n".utf8.shuffled(&dice), at: at)
      default: bytes.removeSubrange(at...)
      }
    }
    return bytes
  }

  /// How many inputs a test tries: `usual`, or its share of `SEGUE_FUZZ`, which scripts/fuzz sets.
  public static func count(usual: Int, share: Double = 1) -> Int {
    guard let all = ProcessInfo.processInfo.environment["SEGUE_FUZZ"].flatMap({ Double($0) }) else { return usual }
    return max(usual, Int(all * share))
  }

  /// Tries inputs by number, several parts at once. One that takes longer than `seconds` ends the process, which names it: a hang.
  public static func trying(_ count: Int, part: Int, of parts: Int, within seconds: Double = 20, _ body: (Int) throws -> Void) rethrows {
    let watch = Watch(seconds)
    for number in stride(from: part, to: count, by: parts) {
      watch.look(at: number)
      try body(number)
    }
    watch.end()
  }

  private final class Watch: @unchecked Sendable {
    private let lock = NSLock()
    private var current: (number: Int, since: Date)?

    init(_ seconds: Double) {
      Thread.detachNewThread { [weak self] in
        while true {
          Thread.sleep(forTimeInterval: 1)
          guard let self, !self.isOver else { return }
          guard let (number, since) = self.lock.withLock({ self.current }), Date().timeIntervalSince(since) > seconds else { continue }
          fatalError("input \(number) has not ended after \(seconds) s")
        }
      }
    }

    private var over = false
    private var isOver: Bool { lock.withLock { over } }
    func look(at number: Int) { lock.withLock { current = (number, Date()) } }
    func end() { lock.withLock { over = true } }
  }
}

extension String.UTF8View {
  fileprivate func shuffled(_ dice: inout Mutation.Dice) -> [UInt8] {
    let all = Array(self)
    return (0..<dice.roll(6)).map { _ in all[dice.roll(all.count)] }
  }
}
