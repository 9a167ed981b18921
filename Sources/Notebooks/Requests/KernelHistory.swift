internal import FoundationEssentials
internal import Glibc
internal import Rendering

/// What was evaluated: statements that the session began with, as its journal has them, and the cells since.
struct KernelHistory {
  struct Line: Equatable {
    /// 1 for what the session began with, 2 for the cells of this kernel.
    var session: Int
    /// From 1.
    var number: Int
    var input: String
    /// The words that it showed.
    var output: String?
  }

  struct Request: Decodable {
    var output: Bool?
    var type: String?
    var session: Int?
    var start: Int?
    var stop: Int?
    var n: Int?
    var pattern: String?
    var unique: Bool?
    private enum CodingKeys: String, CodingKey { case output, type = "hist_access_type", session, start, stop, n, pattern, unique }
  }

  private(set) var lines: [Line] = []

  mutating func begin(with statements: [String]) {
    lines = statements.enumerated().map { Line(session: 1, number: $0 + 1, input: $1) } + lines
  }

  mutating func add(_ input: String, number: Int, output: String?) { lines.append(Line(session: 2, number: number, input: input, output: output)) }

  func found(_ request: Request) -> [Line] {
    switch request.type {
    case "range":
      // 0 is this session, and numbers below it count back.
      let asked = request.session ?? 0, session = asked <= 0 ? 2 + asked : asked
      return lines.filter { $0.session == session && $0.number >= request.start ?? 0 && $0.number < request.stop ?? .max }
    case "search":
      var found = lines.filter { fnmatch(request.pattern ?? "*", $0.input, 0) == 0 }
      if request.unique == true {
        var seen: Set<String> = []
        found = found.reversed().filter { seen.insert($0.input).inserted }.reversed()
      }
      return last(request.n, of: found)
    default: return last(request.n, of: lines)
    }
  }

  private func last(_ count: Int?, of lines: [Line]) -> [Line] { count.map { Array(lines.suffix(max($0, 0))) } ?? lines }

  func reply(_ request: Request) -> JSONText {
    .ok([("history", .array(found(request).map { line in
      let input = JSONText.string(line.input), output = line.output.map(JSONText.string) ?? .null
      return .array([.int(line.session), .int(line.number), request.output == true ? .array([input, output]) : input])
    }))])
  }
}
