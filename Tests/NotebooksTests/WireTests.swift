import Foundation
import Language
import Notebooks
import Rendering
import Testing

/// Messages as frames: signed, refused where they are not what they say.
@Suite struct WireTests {
  private func frames(_ key: String = "k", _ change: (inout [[UInt8]]) -> Void = { _ in }) -> [[UInt8]] {
    let parent = KernelMessage(identities: [], headerBytes: Array(#"{"msg_id":"1"}"#.utf8), header: .init(type: "x"), contentBytes: [])
    var frames = Wire(key: Array(key.utf8), session: "s").frames("execute_request", .object([("code", .string("é \u{1F6B2} \u{1B}"))]), parent: parent, identities: [[1, 2], [3]])
    change(&frames)
    return frames
  }

  @Test func messagesComeBack() throws {
    let message = try Wire(key: Array("k".utf8)).message(frames())
    #expect(message.identities == [[1, 2], [3]] && message.type == "execute_request")
    let content = try message.content([String: String].self)
    #expect(content == ["code": "é \u{1F6B2} \u{1B}"])
  }

  @Test func withoutAKeyNothingIsSigned() throws {
    let frames = frames("")
    #expect(frames[3] == [])
    let wire = Wire(key: [])
    for _ in 0..<2 { #expect(try wire.message(frames).type == "execute_request") }
  }

  @Test(arguments: [0, 1, 2, 3, 4]) func aChangedByteIsRefused(_ part: Int) {
    // The signature, then each of the four parts that it signs.
    let changed = frames { $0[3 + part][1] ^= 1 }
    #expect(throws: Wire.Refusal.signature) { try Wire(key: Array("k".utf8)).message(changed) }
  }

  @Test func signaturesOfOtherKeysAreRefused() {
    #expect(throws: Wire.Refusal.signature) { try Wire(key: Array("other".utf8)).message(frames()) }
    #expect(throws: Wire.Refusal.signature) { try Wire(key: Array("k".utf8)).message(frames { $0[3] = [] }) }
  }

  @Test func aMessageIsGoodOnce() throws {
    let wire = Wire(key: Array("k".utf8))
    let sent = frames()
    _ = try wire.message(sent)
    #expect(throws: Wire.Refusal.repeated) { try wire.message(sent) }
  }

  static let malformed: [[[UInt8]]] = [
    [], [[]], [Array("<IDS|MSG>".utf8)], [Array("<IDS|MSG>".utf8), [], [], [], []], [[0xFF], [0xFE]],
    [Array("<IDS|MSG>".utf8), [], Array("{}".utf8), Array("{}".utf8), Array("{}".utf8), Array("{}".utf8)],
    [Array("<IDS|MSG>".utf8), [], Array("not json".utf8), [], [], []], [Array("<IDS|MSG>".utf8), [], Array("[1]".utf8), [], [], []],
  ]

  @Test(arguments: malformed) func whatIsNoMessageIsRefused(_ frames: [[UInt8]]) {
    #expect(throws: Wire.Refusal.malformed) { try Wire(key: []).message(frames) }
  }

  static let file = #"{"transport":"tcp","ip":"127.0.0.1","shell_port":1,"iopub_port":2,"stdin_port":3,"control_port":4,"hb_port":5,"key":"k","signature_scheme":"hmac-sha256","kernel_name":"segue"}"#

  @Test func connectionFilesSayWhere() throws {
    let read = try ConnectionFile(Array(WireTests.file.utf8), named: "c.json")
    #expect(read.endpoint(.shell) == "tcp://127.0.0.1:1" && read.endpoint(.heartbeat) == "tcp://127.0.0.1:5" && read.key == Array("k".utf8))
    #expect(try ConnectionFile(Array(WireTests.file.replacing("tcp", with: "ipc").replacing("127.0.0.1", with: "/run/k").utf8), named: "").endpoint(.iopub) == "ipc:///run/k-2")
  }

  @Test(arguments: [
    ("", "'c.json' is no connection file"), ("{}", "'c.json' is no connection file"), ("[]", "'c.json' is no connection file"),
    (file.replacing("tcp", with: "udp"), "asks for the transport 'udp'"), (file.replacing("hmac-sha256", with: "hmac-md5"), "asks for signatures by 'hmac-md5'"),
    (file.replacing("\"shell_port\":1", with: "\"shell_port\":70000"), "names a port 70000"),
  ]) func connectionFilesThatAreRefused(_ text: String, _ words: String) {
    do {
      _ = try ConnectionFile(Array(text.utf8), named: "c.json")
      #expect(Bool(false), "it was read")
    } catch { #expect((error as? Diagnostic)?.message.contains(words) == true && (error as? Diagnostic)?.remedy != nil, "\(error)") }
  }
}
