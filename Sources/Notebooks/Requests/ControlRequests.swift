internal import FoundationEssentials
internal import Rendering

/// What is asked on the control channel, and answered while a cell is evaluated.
package struct ControlRequests {
  let post: Post
  let mailbox: Mailbox

  package init(post: Post, mailbox: Mailbox) { (self.post, self.mailbox) = (post, mailbox) }

  private struct Shutdown: Decodable { var restart: Bool? }

  package func handle(_ request: KernelMessage) { post.during(request) { answer(request, on: .control) } }

  func answer(_ request: KernelMessage, on channel: Channel) {
    switch request.type {
    case "kernel_info_request": post.reply(to: request, on: channel, KernelInfo.reply)
    case "interrupt_request":
      mailbox.interruptEvaluation()
      post.reply(to: request, on: channel, .ok())
    case "shutdown_request":
      let restarts = (try? request.content(Shutdown.self))?.restart ?? false
      let content = JSONText.ok([("restart", .bool(restarts))])
      post.reply(to: request, on: channel, content)
      post.publish("shutdown_reply", content, parent: request)
      mailbox.close()
    default: break
    }
  }
}
