internal import Console

/// Takes what front ends send: passes requests on, and answers those that do not wait.
final class FrontDesk: Sendable {
  private let sockets: ZeroMQ
  private let wire: Wire
  private let mailbox: Mailbox
  private let parent: Parent?
  private let remark: @Sendable (String) -> Void

  init(sockets: ZeroMQ, wire: Wire, mailbox: Mailbox, parent: Parent?, remark: @escaping @Sendable (String) -> Void) {
    (self.sockets, self.wire, self.mailbox, self.parent, self.remark) = (sockets, wire, mailbox, parent, remark)
  }

  func serve() {
    var isOrphan = false
    while true {
      let (channels, isWoken) = sockets.wait(milliseconds: 1000, wake: mailbox.wake.inlet)
      for channel in channels {
        while let frames = sockets.receive(channel) { take(frames, channel) }
      }
      if isWoken { mailbox.wake.wait() }
      let (outgoing, isLast) = mailbox.takeOutgoing()
      for message in outgoing { sockets.send(message.channel, message.frames) }
      if isLast { return sockets.close() }
      if !isOrphan, parent?.isGone == true {
        isOrphan = true
        remark("the program that started this kernel has ended; the kernel ends as well")
        mailbox.close()
      }
    }
  }

  private func take(_ frames: [[UInt8]], _ channel: Channel) {
    if channel == .heartbeat { return sockets.send(.heartbeat, frames) }
    do {
      let message = try wire.message(frames)
      switch channel {
      case .shell: mailbox.deliver(message)
      case .control: ControlRequests(post: Post(wire: wire) { [sockets] in sockets.send($0, $1) }, mailbox: mailbox).handle(message)
      case .stdin, .iopub, .heartbeat: break
      }
    } catch {
      remark(error.words)
    }
  }
}
