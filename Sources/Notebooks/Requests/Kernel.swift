internal import FoundationEssentials
internal import Language
internal import Rendering
package import Workbench

/// Answers what is asked on the shell channel, one request after another, by one session.
package final class Kernel {
  let post: Post
  let mailbox: Mailbox
  let interrupt: Interrupt
  private let open: (_ sink: @escaping (Event) -> Void) throws -> (Session, Session.Opening)
  private var opened: Session?
  /// What the front end has not been told yet of the session that was opened.
  var news: [String] = []
  /// What the cell that is evaluated shows.
  var outputs: CellOutputs?
  /// Cells that were evaluated, but for silent ones.
  var count = 0
  var history = KernelHistory()
  /// Evaluates a cell so that the process's own Ctrl-C raises the wish too, which belongs to one piece of work of a process at a time; by itself the
  /// wish is only forgotten first.
  var stopping: (_ interrupt: Interrupt, _ work: () -> Void) -> Void = { interrupt, work in
    interrupt.reset()
    work()
  }

  package init(
    post: Post, mailbox: Mailbox, interrupt: Interrupt, open: @escaping (_ sink: @escaping (Event) -> Void) throws -> (Session, Session.Opening)
  ) {
    (self.post, self.mailbox, self.interrupt, self.open) = (post, mailbox, interrupt, open)
  }

  func begin() { post.state("starting", parent: nil) }

  func end() { opened = nil }

  /// The session; opened when it is first needed, so that what is wrong is told where somebody reads it.
  func session() throws -> Session {
    if let opened { return opened }
    let (session, opening) = try open { [weak self] in self?.outputs?.show($0) }
    opened = session
    history.begin(with: session.history)
    if opening.isContinued, opening.names > 0 { news.append("Session \(opening.name) goes on: `vars` lists its \(counted(opening.names, "name")).") }
    if let other = opening.openElsewhere { news.append("Session \(other) is open elsewhere; this is a new one, \(opening.name).") }
    if let statement = opening.unfinished { news.append("Was still running when Segue ended; evaluate it again, and it continues: \(statement)") }
    news += opening.changes.map { "Another version of Segue recorded this: \($0). `refresh` recomputes it." } + opening.remarks
    return session
  }

  package func handle(_ request: KernelMessage) {
    post.during(request) {
      do {
        switch request.type {
        case "kernel_info_request": post.reply(to: request, KernelInfo.reply)
        case "execute_request": execute(request)
        case "complete_request": post.reply(to: request, try completion(request.content()))
        case "inspect_request": post.reply(to: request, try inspection(request.content()))
        case "is_complete_request": post.reply(to: request, completeness(try request.content(Code.self).code))
        case "history_request": post.reply(to: request, history.reply(try request.content()))
        case "comm_info_request": post.reply(to: request, .ok([("comms", .object([]))]))
        // There is nothing to talk to: the other side is told so.
        case "comm_open": post.publish("comm_close", .object([("comm_id", .string(try request.content(Comm.self).id)), ("data", .object([]))]), parent: request)
        // Older front ends ask here.
        case "shutdown_request", "interrupt_request": ControlRequests(post: post, mailbox: mailbox).answer(request, on: .shell)
        default: break
        }
      } catch {
        post.reply(to: request, .object([("status", .string("error"))] + JSONText.error("error", "\((error as? Diagnostic)?.description ?? "the request was not understood")")))
      }
    }
  }

  struct Code: Decodable { var code: String }
  private struct Comm: Decodable {
    var id: String
    private enum CodingKeys: String, CodingKey { case id = "comm_id" }
  }
}
