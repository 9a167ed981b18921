internal import FoundationEssentials
internal import Glibc
package import Rendering
internal import Storage
internal import Synchronization

/// Messages as frames and frames as messages, signed with the connection's key.
package final class Wire: Sendable {
  /// Why frames are no message of this connection.
  package enum Refusal: Error, Equatable {
    case malformed
    case signature
    case repeated

    var words: String {
      switch self {
      case .malformed: "a message that is not of Jupyter's protocol was refused"
      case .signature: "a message with a wrong signature was refused; nothing of it was executed"
      case .repeated: "a message that had come before was refused; nothing of it was executed again"
      }
    }
  }

  private static let delimiter = Array("<IDS|MSG>".utf8)
  private let signature: MessageSignature?
  /// Of this process, in every header.
  private let session: String
  private struct State {
    var sent = 0
    /// Signatures that came: each is good once. More than these are forgotten.
    var seen: Set<[UInt8]> = []
  }
  private let state = Mutex(State())

  package init(key: [UInt8], session: String = Wire.unique()) {
    signature = key.isEmpty ? nil : MessageSignature(key: key)
    self.session = session
  }

  /// The message in these frames.
  package func message(_ frames: [[UInt8]]) throws(Refusal) -> KernelMessage {
    guard let cut = frames.firstIndex(of: Wire.delimiter), frames.count >= cut + 6 else { throw .malformed }
    let given = frames[cut + 1], parts = Array(frames[(cut + 2)..<(cut + 6)])
    if let signature {
      guard signature.isValid(given, of: parts) else { throw .signature }
      let isNew = state.withLock { state in
        if state.seen.count >= 65_536 { state.seen = [] }
        return state.seen.insert(given).inserted
      }
      if !isNew { throw .repeated }
    }
    guard let header = try? JSONDecoder().decode(KernelMessage.Header.self, from: Data(parts[0])) else { throw .malformed }
    return KernelMessage(identities: Array(frames[..<cut]), headerBytes: parts[0], header: header, contentBytes: parts[3])
  }

  /// The frames of an answer or, with a topic for its only identity, of something published.
  package func frames(_ type: String, _ content: JSONText, parent: KernelMessage?, identities: [[UInt8]], metadata: JSONText = .object([])) -> [[UInt8]] {
    let count = state.withLock { state in
      state.sent += 1
      return state.sent
    }
    let header = JSONText.object([
      ("msg_id", .string("\(session)_\(count)")), ("session", .string(session)), ("username", .string("segue")), ("date", .string(Wire.now())),
      ("msg_type", .string(type)), ("version", .string(KernelInfo.protocolVersion)),
    ])
    let parts = [Array(header.text.utf8), parent?.headerBytes ?? Array("{}".utf8), Array(metadata.text.utf8), Array(content.text.utf8)]
    return identities + [Wire.delimiter, Array((signature?.hexadecimal(of: parts) ?? "").utf8)] + parts
  }

  /// 32 random hexadecimal digits.
  package static func unique() -> String {
    (0..<2).map { _ in
      let digits = String(UInt64.random(in: .min ... .max), radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// `2026-12-01T00:05:07.000123Z`
  private static func now() -> String {
    var time = timespec(), parts = tm()
    clock_gettime(CLOCK_REALTIME, &time)
    gmtime_r(&time.tv_sec, &parts)
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: max(width - digits.count, 0)) + digits
    }
    let day = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)].map { padded($0, 2) }.joined(separator: "-")
    let clock = [parts.tm_hour, parts.tm_min, parts.tm_sec].map { padded(Int($0), 2) }.joined(separator: ":")
    return "\(day)T\(clock).\(padded(time.tv_nsec / 1000, 6))Z"
  }
}
