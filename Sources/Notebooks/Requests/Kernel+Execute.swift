internal import Console
internal import FoundationEssentials
internal import Language
internal import Rendering
internal import Workbench

extension Kernel {
  struct Execute: Decodable {
    var code: String
    var silent: Bool?
    var storeHistory: Bool?
    var userExpressions: [String: String]?
    var stopOnError: Bool?
    private enum CodingKeys: String, CodingKey {
      case code, silent, storeHistory = "store_history", userExpressions = "user_expressions", stopOnError = "stop_on_error"
    }
  }

  /// How a cell ended.
  private enum Ending {
    case done
    /// `quit` was said.
    case quit
    case failed(Diagnostic, isInterrupt: Bool)
  }

  func execute(_ request: KernelMessage) {
    guard let asked = try? request.content(Execute.self) else {
      return post.reply(to: request, .object([("status", .string("error")), ("execution_count", .int(count))] + JSONText.error("error", "the request was not understood")))
    }
    let isSilent = asked.silent ?? false, isKept = !isSilent && asked.storeHistory ?? true
    if isKept { count += 1 }
    if !isSilent { post.publish("execute_input", .object([("code", .string(asked.code)), ("execution_count", .int(count))]), parent: request) }
    let shown = CellOutputs(isSilent: isSilent) { [post] in post.publish($0, $1, parent: request) }
    outputs = shown
    let ending = ending(of: asked.code)
    outputs = nil
    if isKept, asked.code.contains(where: { !$0.isWhitespace }) { history.add(asked.code, number: count, output: shown.words) }
    switch ending {
    case .done: post.reply(to: request, succeeded(asked, payload: []))
    // It closes a console; a notebook goes on.
    case .quit: post.reply(to: request, succeeded(asked, payload: [.object([("source", .string("ask_exit")), ("keepkernel", .bool(false))])]))
    case .failed(let diagnostic, let isInterrupt):
      // Those that wait now: what is asked after the reply is meant to be evaluated.
      let waiting = asked.stopOnError ?? true ? mailbox.take("execute_request") : []
      let failure = JSONText.error(isInterrupt ? "interrupted" : "error", diagnostic.description, traceback(diagnostic, in: asked.code))
      if !isSilent { post.publish("error", .object(failure), parent: request) }
      post.reply(to: request, .object([("status", .string("error")), ("execution_count", .int(count))] + failure))
      abort(waiting)
    }
  }

  private func ending(of code: String) -> Ending {
    do {
      let session = try session()
      for words in news { outputs?.note(words) }
      news = []
      let script = Script(session.question(code), session.vocabulary)
      var ending = Ending.done
      stopping(interrupt) { ending = mailbox.evaluating { evaluate(script, in: session) } }
      return ending
    } catch {
      return .failed(error as? Diagnostic ?? Diagnostic("\(error)"), isInterrupt: false)
    }
  }

  /// The items of a cell, as a script is run: what its `#!` lines expect to fail may.
  private func evaluate(_ script: Script, in session: Session) -> Ending {
    for (index, item) in script.items.enumerated() {
      outputs?.begin(script.source[item.range])
      let evaluation = session.evaluate(item, of: script)
      outputs?.end()
      switch evaluation.outcome {
      case .done where interrupt.isRequested: return .failed(Diagnostic("interrupted after a statement that was done"), isInterrupt: true)
      case .done: continue
      case .quit: return .quit
      case .interrupted: return .failed(evaluation.diagnostic ?? Diagnostic("interrupted"), isInterrupt: true)
      case .failed(let diagnostic):
        guard script.expectsFailure(after: index) else { return .failed(diagnostic, isInterrupt: false) }
        outputs?.note("#! " + diagnostic.description)
      }
    }
    return .done
  }

  /// The statement with carets under the words that are meant, in colour, as terminals and notebooks show it.
  private func traceback(_ diagnostic: Diagnostic, in code: String) -> [String] {
    var fault = diagnostic
    // The colour of remedies is too light for the ground on which notebooks show failures.
    fault.remedy = nil
    let lines = TextRenderer(columns: 100, palette: .sixteen).lines(fault, in: code) + (diagnostic.remedy?.split(separator: "\n").map { $0.escapedForTerminal() } ?? [])
    guard let range = diagnostic.range, code.utf8.contains(UInt8(ascii: "\n")) else { return lines }
    return ["line \(Source(code).place(of: range.start).line)"] + lines
  }

  private func succeeded(_ asked: Execute, payload: [JSONText]) -> JSONText {
    let expressions = (asked.userExpressions ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, value(of: $0.value)) }
    return .ok([("execution_count", .int(count)), ("payload", .array(payload)), ("user_expressions", .object(expressions))])
  }

  /// Of a name, such as front ends ask for beside a cell.
  private func value(of expression: String) -> JSONText {
    do {
      guard let reference = Reference(expression) else { throw Diagnostic("'\(expression)' is no name") }
      let summary = try session().value(of: reference).summary.text
      return .ok([("data", .object([("text/plain", .string(summary))])), ("metadata", .object([]))])
    } catch {
      return .object([("status", .string("error"))] + JSONText.error("error", (error as? Diagnostic)?.description ?? "\(error)"))
    }
  }

  /// The cells that were to follow one that failed.
  private func abort(_ waiting: [KernelMessage]) {
    for request in waiting {
      post.during(request) { post.reply(to: request, .object([("status", .string("aborted")), ("execution_count", .int(count))])) }
    }
  }
}
