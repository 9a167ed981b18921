internal import Console
internal import Glibc
internal import Language
public import Workbench

/// A kernel that serves front ends until one of them shuts it down.
///
///     let service = try KernelService(try ConnectionFile(path: path), interrupt: interrupt, remark: { … })
///     try service.serve { sink in try Session.open(catalog, surroundings, .new(.notebook(nil)), sink: sink) }
///
/// Cells are evaluated on the thread that calls `serve`; another one talks to front ends meanwhile, so that an interrupt is heard.
public final class KernelService {
  private let connection: ConnectionFile
  private let sockets: ZeroMQ
  private let mailbox: Mailbox
  private let interrupt: Interrupt
  private let remark: @Sendable (String) -> Void

  /// - Parameters:
  ///   - interrupt: of the session's surroundings.
  ///   - remark: is told what people should know who read the log.
  public init(_ connection: ConnectionFile, interrupt: Interrupt, remark: @escaping @Sendable (String) -> Void) throws {
    (self.connection, self.interrupt, self.remark) = (connection, interrupt, remark)
    mailbox = try Mailbox(interrupt)
    sockets = try ZeroMQ(connection)
  }

  /// - Parameter open: opens the session, at the first request that needs one: a failure is told in the notebook.
  public func serve(_ open: @escaping (_ sink: @escaping (Event) -> Void) throws -> (Session, Session.Opening)) throws {
    let wire = Wire(key: connection.key), mailbox = mailbox
    let desk = FrontDesk(sockets: sockets, wire: wire, mailbox: mailbox, parent: Parent.ofThisProcess, remark: remark)
    let thread = try BackgroundThread { desk.serve() }
    let kernel = Kernel(post: Post(wire: wire) { mailbox.send($0, $1) }, mailbox: mailbox, interrupt: interrupt, open: open)
    kernel.stopping = { ControlC.stopping($0, $1) }
    kernel.begin()
    while let request = mailbox.next() { kernel.handle(request) }
    kernel.end()
    mailbox.finish()
    thread.join()
  }
}

/// The process that started this one, where it said that it goes when that does.
struct Parent: Sendable {
  private let id: pid_t

  static var ofThisProcess: Parent? {
    guard let words = getenv("JPY_PARENT_PID").map({ String(cString: $0) }), let id = pid_t(words), id == getppid() else { return nil }
    return Parent(id: id)
  }

  var isGone: Bool { getppid() != id }
}
