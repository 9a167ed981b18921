import Commands
import Language
import Workbench

/// Draws statements from the declarations of the catalog: every command that makes a value, every parameter, with arguments that are valid for
/// the most part, over a small stock of named values.
struct StatementDrawer {
  /// A name of the stock, what makes it, and what that needs.
  struct Item {
    let name: String
    let kind: Kind
    let statement: String
    let needs: [String]
  }

  /// As small as can be trained on. Names and the aliases that stand for them are of one length, so that tables are laid out alike.
  static let stock: [Item] = [
    Item(name: "dd", kind: .dataset, statement: "load dataset streets size=64x32", needs: []),
    Item(name: "gt", kind: .dataset, statement: "load dataset gta5 \"files\" val=0.4", needs: []),
    Item(name: "fe", kind: .dataset, statement: "take dd.source count=5", needs: ["dd"]),
    Item(name: "ta", kind: .dataset, statement: "take dd.target count=4", needs: ["dd"]),
    Item(name: "st", kind: .dataset, statement: "fda fe toward=ta beta=0.1", needs: ["fe", "ta"]),
    Item(name: "wi", kind: .dataset, statement: "augment fe p=1 hue=0.1", needs: ["fe"]),
    Item(name: "jo", kind: .dataset, statement: "join st gt", needs: ["st", "gt"]),
    Item(name: "ps", kind: .dataset, statement: "pseudolabel tr on=st keep=50%", needs: ["tr", "st"]),
    Item(name: "mo", kind: .model, statement: "build model width=1/8", needs: []),
    Item(name: "tr", kind: .model, statement: "train mo on=fe.train validate=ta.val batch=2 epochs=2 every=1", needs: ["mo", "fe", "ta"]),
    Item(name: "ad", kind: .model, statement: "train tr on=st.train toward=ta.train validate=fe.val batch=2 epochs=1", needs: ["tr", "st", "ta", "fe"]),
    Item(name: "en", kind: .model, statement: "ensemble tr ad", needs: ["tr", "ad"]),
    Item(name: "io", kind: .table, statement: "iou tr ad on=fe.val", needs: ["tr", "ad", "fe"]),
    Item(name: "am", kind: .tensor, statement: "spectrum fe[0]", needs: ["fe"]),
    Item(name: "ph", kind: .tensor, statement: "spectrum st[1] part=phase", needs: ["st"]),
    Item(name: "im", kind: .image, statement: "combine amplitude=am phase=ph", needs: ["am", "ph"]),
    Item(name: "nu", kind: .number, statement: "2", needs: []),
  ]

  /// The names that a statement needs, in the order of the stock.
  static func needed(by text: String) -> [Item] {
    var open = stock.filter { item in words(text).contains(item.name) }.map(\.name), names: Set<String> = []
    while let name = open.popLast() {
      if names.insert(name).inserted { open += stock.first { $0.name == name }?.needs ?? [] }
    }
    return stock.filter { names.contains($0.name) }
  }

  /// The words of a statement, without the marks between them.
  static func words(_ text: String) -> [String] { text.split { !$0.isLetter && !$0.isNumber && $0 != "_" && $0 != "\"" && $0 != "/" }.map(String.init) }

  var random: Dice
  /// How many statements were drawn.
  private var turn = 0

  init(random: Dice) { self.random = random }

  /// A statement of one command of the catalog, and whether operands are left out, which the session is to fill in.
  mutating func statement() -> (text: String, isFilledIn: Bool) {
    let command = next()
    var parts = [command.name], isFilledIn = false
    for info in command.parameters {
      let isLeftOut = !info.isRequired && !Self.written.contains("\(command.name) \(info.name)") && random.chance(45)
      if isLeftOut { isFilledIn = isFilledIn || info.isOperand && info.fallback != nil }
      guard !isLeftOut, let value = argument(info, of: command.name) else { continue }
      parts.append(info.isPositional ? value : "\(info.name)=\(value)")
    }
    return (parts.joined(separator: " "), isFilledIn)
  }

  /// Each command in its turn, so that few pairs meet all of them, and in every third one that evaluates, where most surroundings could
  /// show through.
  private mutating func next() -> any CommandDeclaration.Type {
    let all = DomainCommands.all.filter { $0 is any Command.Type }, evaluating = all.filter { ["iou", "confusion"].contains($0.name) }
    defer { turn += 1 }
    return turn % 3 == 0 ? evaluating[turn / 3 % evaluating.count] : all[(turn - turn / 3 - 1) % all.count]
  }

  /// What is written for a parameter; nil where it is always left out.
  private mutating func argument(_ info: ParameterInfo, of command: String) -> String? {
    if let own = Self.own["\(command) \(info.name)"] { return own.isEmpty ? nil : random.pick(own) }
    switch info.role {
    case .operand(let kind): return operand(kind)
    case .operands(let kind): return (0...random.below(2)).map { _ in operand(kind) }.joined(separator: " ")
    case .choice(let words): return random.pick(words)
    case .setting(let type): return setting(type, info)
    case .path, .words, .comparison: return nil
    }
  }

  private mutating func operand(_ kind: Kind?) -> String {
    let item = random.pick(Self.stock.filter { ($0.kind == kind || kind == nil) && $0.name != "dd" && $0.kind != .number })
    switch item.kind {
    case .dataset: return item.name + random.pick(["", ".train", ".val"])
    case .model where item.name == "tr": return item.name + random.pick(["", "@1", "@2", "@best"])
    default: return item.name
    }
  }

  /// Within the limits that are declared, for the most part.
  private mutating func setting(_ type: String, _ info: ParameterInfo) -> String {
    switch type {
    case "yes or no": random.pick(["yes", "no"])
    case "a size": random.pick(["64x32", "48x32", "32x32"])
    case "a range": random.pick(["0.8..1.2", "0.5..1.5", "1..2"])
    case "a whole number": random.pick(["2", "3", "nu"])
    case "a number": random.pick(["0.1", "0.25", "5%", info.fallback ?? "0.2", "0"])
    default: info.fallback ?? "\"ffm.out\""
    }
  }

  /// Arguments that the declaration does not tell, or that would take long otherwise; empty where a parameter is always left out.
  private static let own: [String: [String]] = [
    "load dataset format": ["streets", "gta5 \"files\""], "load dataset from": [], "load dataset map": [], "load dataset role": [],
    "take of": ["fe", "st", "jo.train", "ta"], "take count": ["1", "2", "nu"], "join parts": ["fe st", "st wi", "gt fe", "jo ps"],
    "pseudolabel on": ["fe", "st", "jo.train", "ta.train"], "build model width": ["1/8"], "load weights from": ["\"tr.safetensors\""],
    "load weights into": ["mo", "tr"], "train model": ["mo", "tr", "tr@2", "tr@1", "ad"], "train on": ["fe.train", "st.train", "wi.train", "jo.train"],
    "train toward": ["ta.train", "ta", "st.train"], "train pseudo": ["ps.train", "ps"], "train validate": ["fe.val", "st.val", "ta.val"],
    "pseudolabel rule": ["fda", "crst"], "pseudolabel above": [], "adapt model": ["tr", "tr@1", "ad", "mo"], "adapt on": ["fe.train", "ta", "st", "wi"],
    "train targetbatch": ["2", "3"], "train rare": ["0.1"], "train shards": [], "train hard": [], "train pseudoloss": [], "train epochs": ["1", "2", "nu"], "train batch": ["2", "nu"], "train crop": ["1024x512", "48x32"],
    "iou on": ["fe.val", "st.val", "st", "jo.val", "wi", "ta.val", "ps"], "confusion on": ["fe.val", "st.val", "st", "jo.val", "wi.val", "ps.val"],
    "predict on": ["fe[0]", "st[1]", "wi[2]", "gt[0]"], "features on": ["fe[0]", "st[1]", "wi[2]", "gt[0]"],
    "features layer": ["\"sp.conv1.bn\"", "\"ffm.out\""], "spectrum of": ["fe[0]", "st[1]", "im", "wi[0].image", "st[0].image"],
    "tabulate tables": ["io", "io io"], "combine amplitude": ["am"], "combine phase": ["ph"], "plot values": ["tr", "io", "ad tr"], "plot what": ["loss", "miou"],
    "show values": ["fe", "st[0]", "tr", "im", "am ph", "wi", "ps.train", "tr en", "jo", "st[0].image im"], "show on": ["st.val[0]", "fe", "wi"],
    "show what": ["image", "label", "overlay", "prediction", "confidence", "entropy"],
  ]

  /// Parameters that are never left out: what fills them in is not recorded, or it would take long.
  private static let written: Set<String> = ["train validate", "train epochs", "train batch", "build model width", "train on", "iou on", "confusion on", "pseudolabel on", "tabulate tables", "adapt model", "adapt on"]
}

extension ParameterInfo {
  fileprivate var isOperand: Bool {
    switch role {
    case .operand, .operands: true
    default: false
    }
  }
}

/// A generator of its own: the same statements on every machine.
struct Dice {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  mutating func below(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(count))
  }

  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }
  mutating func pick<Element>(_ all: [Element]) -> Element { all[below(all.count)] }
}
