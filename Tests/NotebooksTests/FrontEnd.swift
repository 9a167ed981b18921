import Foundation
import Notebooks
import Storage
import Synchronization
import Testing
import Workbench

/// A front end without sockets: asks a kernel, and keeps what it was told.
final class FrontEnd {
  struct Message {
    var channel: Channel
    var type: String
    var identities: [String]
    var parent: String?
    var content: [String: Any]
    var metadata: [String: Any]
    var data: [String: String] { content["data"] as? [String: String] ?? [:] }
    subscript(_ key: String) -> String? { content[key] as? String }
  }

  static let key = Array("a secret".utf8)
  let interrupt = Interrupt()
  let mailbox: Mailbox
  private let wire = Wire(key: key, session: "kernel")
  private(set) var told: [Message] = []
  private(set) var kernel: Kernel!
  private(set) var surroundings: Surroundings
  private var asked = 0

  /// - Parameter directory: nil for one in memory.
  init(_ choice: Session.Choice = .new(.notebook(nil)), in directory: TestFolder? = nil) throws {
    mailbox = try Mailbox(interrupt)
    surroundings = if let directory { try Surroundings(directory: directory.path, interrupt: interrupt) } else { .memory(interrupt: interrupt) }
    let place = surroundings
    kernel = Kernel(post: post, mailbox: mailbox, interrupt: interrupt) { try Session.open(Toy.catalog, place, choice, sink: $0) }
  }

  /// Checks what is sent as a front end does: its signature, and the shape of what it says.
  var post: Post {
    Post(wire: wire) { [weak self] channel, frames in
      guard let cut = frames.firstIndex(of: Array("<IDS|MSG>".utf8)), frames.count == cut + 6 else { return #expect(Bool(false), "no message: \(frames.count) frames") }
      let parts = Array(frames[(cut + 2)...])
      #expect(MessageSignature(key: FrontEnd.key).isValid(frames[cut + 1], of: parts))
      let objects = parts.map { (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any] }
      #expect(objects.allSatisfy { $0 != nil } && objects[0]?["version"] as? String == "5.4")
      self?.told.append(Message(
        channel: channel, type: objects[0]?["msg_type"] as? String ?? "", identities: frames[..<cut].map { String(decoding: $0, as: UTF8.self) },
        parent: objects[1]?["msg_id"] as? String, content: objects[3] ?? [:], metadata: objects[2] ?? [:]))
    }
  }

  func request(_ type: String, _ content: [String: Any]) throws -> KernelMessage {
    asked += 1
    let header = try JSONSerialization.data(withJSONObject: ["msg_id": "ask-\(asked)", "msg_type": type, "session": "front", "version": "5.3"])
    return KernelMessage(identities: [Array("front".utf8)], headerBytes: Array(header), header: .init(type: type), contentBytes: Array(try JSONSerialization.data(withJSONObject: content)))
  }

  /// What was told of a request, with its answer among it.
  @discardableResult
  func ask(_ type: String, _ content: [String: Any] = [:]) throws -> [Message] {
    let before = told.count
    kernel.handle(try request(type, content))
    let news = Array(told[before...])
    // Busy first and idle last, and everything says whose doing it is.
    #expect(news.first?.type == "status" && news.first?["execution_state"] == "busy" && news.last?["execution_state"] == "idle")
    #expect(news.allSatisfy { $0.parent == "ask-\(asked)" && ($0.channel == .iopub) == ($0.identities.first?.hasPrefix("kernel.") ?? false) })
    return news
  }

  /// What a cell showed, without the messages that every cell sends, and the reply.
  func execute(_ code: String, _ more: [String: Any] = [:]) throws -> (shown: [Message], reply: Message) {
    let news = try ask("execute_request", ["code": code].merging(more) { $1 })
    let reply = try #require(news.first { $0.type == "execute_reply" })
    #expect(reply.channel == .shell && reply.identities == ["front"])
    return (news.filter { !["status", "execute_input", "execute_reply"].contains($0.type) }, reply)
  }

  func answer(_ type: String, _ content: [String: Any] = [:]) throws -> [String: Any] {
    try #require(try ask(type, content).first { $0.type == type.replacing("_request", with: "_reply") }).content
  }
}

/// A directory of its own for a test, gone afterwards.
final class TestFolder {
  let path = FileManager.default.temporaryDirectory.path + "/segue-notebooks-\(UUID().uuidString)"
  init() throws { try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true) }
  deinit { try? FileManager.default.removeItem(atPath: path) }
}
