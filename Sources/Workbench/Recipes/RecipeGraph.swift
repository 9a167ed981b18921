import Language

/// What values are made from, down to what is made from nothing: as a tree of text, or as a drawing in the language of Graphviz.
struct RecipeGraph {
  /// A recipe, or what is known of it.
  struct Node {
    var digest: String
    /// The statement that made it, or its recipe where no statement in effect did.
    var label: String
    /// The name alone, for mentioning it again.
    var name: String
    /// What it is made from, by parameter; `part` leads to the part that was taken.
    var inputs: [(parameter: String, part: String, digest: String)]
  }

  /// The operands come before what is made of them.
  private(set) var nodes: [Node] = []
  private let roots: [String]
  private var places: [String: Int] = [:]

  init(_ roots: [String], in session: Session) {
    self.roots = roots.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    for root in self.roots { add(root, session) }
  }

  private mutating func add(_ digest: String, _ session: Session) {
    guard places[digest] == nil else { return }
    places[digest] = -1  // a damaged journal could go round in circles
    let recipe = session.recipe(digest)
    let entry = session.timeline.entries.last { $0.origin?.digest == digest && $0.origin?.path == "" && $0.recipe != nil }
    var inputs: [(parameter: String, part: String, digest: String)] = []
    for (parameter, ingredient) in (recipe?.parameters ?? [:]).sorted(by: { $0.key < $1.key }) {
      guard case .made(let origins) = ingredient else { continue }
      inputs += origins.map { (parameter, $0.path, $0.digest) }
    }
    for input in inputs { add(input.digest, session) }
    let label = entry?.canonical ?? recipe.map(RecipeGraph.words) ?? "@\(digest.prefix(8))"
    places[digest] = nodes.count
    nodes.append(Node(digest: digest, label: label, name: entry?.name ?? label, inputs: inputs))
  }

  /// `train epochs=25 model=@12ab34cd`, for recipes whose statement is not in effect.
  private static func words(_ recipe: Recipe) -> String {
    if recipe.command == "literal" { return recipe.parameters["value"]?.words ?? "a literal" }
    let parameters = recipe.parameters.sorted { $0.key < $1.key }.filter { $0.value != .absent }.map { "\($0.key)=\($0.value.words)" }
    return ([recipe.command] + parameters).joined(separator: " ")
  }

  /// A line a recipe; what was shown further up is only named.
  var text: [Phrase] {
    var lines: [Phrase] = []
    var shown: Set<String> = []
    func show(_ digest: String, lead: String, below: String, role: String) {
      guard let place = places[digest], place >= 0 else { return }
      let node = nodes[place]
      guard shown.insert(digest).inserted else {
        lines.append("\(lead)\(role)\(node.name) (above)")
        return
      }
      lines.append("\(lead)\(role)\(node.label)  \(digest: digest)")
      for (index, input) in node.inputs.enumerated() {
        let isLast = index == node.inputs.count - 1
        let role = "\(input.parameter)\(input.part.isEmpty ? "" : " (\(input.part))"): "
        show(input.digest, lead: below + (isLast ? "└─ " : "├─ "), below: below + (isLast ? "   " : "│  "), role: role)
      }
    }
    for root in roots { show(root, lead: "", below: "", role: "") }
    return lines
  }

  /// A directed graph, from operands to what is made of them.
  var dot: String {
    func quoted(_ words: String) -> String {
      "\"" + words.map { $0 == "\"" ? "\\\"" : $0 == "\\" ? "\\\\" : String($0) }.joined() + "\""
    }
    var lines = ["digraph recipes {", "  rankdir=LR;", "  node [shape=box, fontname=\"Helvetica\"];", "  edge [fontname=\"Helvetica\", fontsize=10];"]
    for (index, node) in nodes.enumerated() { lines.append("  n\(index) [label=\(quoted(node.label)), tooltip=\(quoted("@" + node.digest.prefix(8)))];") }
    for (index, node) in nodes.enumerated() {
      for input in node.inputs {
        guard let from = places[input.digest], from >= 0 else { continue }
        lines.append("  n\(from) -> n\(index) [label=\(quoted(input.parameter + input.part))];")
      }
    }
    return (lines + ["}"]).joined(separator: "\n") + "\n"
  }
}
