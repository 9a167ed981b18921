internal import Rendering

/// Sends answers and news.
package struct Post {
  let wire: Wire
  let send: (Channel, [[UInt8]]) -> Void

  package init(wire: Wire, send: @escaping (Channel, [[UInt8]]) -> Void) { (self.wire, self.send) = (wire, send) }

  /// Answers a request on the channel that it came by.
  func reply(to request: KernelMessage, on channel: Channel = .shell, _ content: JSONText) {
    let type = request.type.hasSuffix("_request") ? request.type.dropLast(8) + "_reply" : request.type + "_reply"
    send(channel, wire.frames(String(type), content, parent: request, identities: request.identities))
  }

  /// Tells everybody who listens.
  func publish(_ type: String, _ content: JSONText, parent: KernelMessage?) {
    send(.iopub, wire.frames(type, content, parent: parent, identities: [Array("kernel.\(type)".utf8)]))
  }

  /// Says that a request is being worked on, and that it is done.
  func during(_ request: KernelMessage, _ work: () -> Void) {
    state("busy", parent: request)
    work()
    state("idle", parent: request)
  }

  func state(_ state: String, parent: KernelMessage?) { publish("status", .object([("execution_state", .string(state))]), parent: parent) }
}

extension JSONText {
  /// An answer that says that all went well.
  static func ok(_ members: [(String, JSONText)] = []) -> JSONText { .object([("status", .string("ok"))] + members) }

  static func error(_ name: String, _ words: String, _ traceback: [String] = []) -> [(String, JSONText)] {
    [("ename", .string(name)), ("evalue", .string(words)), ("traceback", .array(traceback.map(JSONText.string)))]
  }
}
