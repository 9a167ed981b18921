import Foundation
import Language
import Notebooks
import Synchronization
import Testing
import Workbench

/// Requests and what front ends are told of them.
@Suite struct KernelTests {
  @Test func saysWhatItIs() throws {
    let info = try FrontEnd().answer("kernel_info_request")
    #expect(info["status"] as? String == "ok" && info["protocol_version"] as? String == "5.4" && info["implementation"] as? String == "segue")
    let language = try #require(info["language_info"] as? [String: Any])
    #expect(language["name"] as? String == "segue" && language["file_extension"] as? String == ".segue" && language["version"] as? String == Release.number)
  }

  struct Shows: Sendable, CustomTestStringConvertible {
    var code: String
    /// MIME types of each output.
    var types: [Set<String>]
    var words: [String]
    var testDescription: String { code }
  }

  @Test(arguments: [
    Shows(code: "n = 25", types: [], words: []), Shows(code: "n = 25\nn", types: [["text/plain"]], words: ["25"]),
    Shows(code: "rows1 = rows", types: [["text/plain", "text/html"]], words: ["road &amp; kerb", "55.2", "<table>"]),
    Shows(code: "draw1 = draw", types: [["text/plain", "image/png"], ["text/html"]], words: ["a <red> one", "a &lt;red&gt; one"]),
    Shows(code: "curve1 = curve", types: [["text/plain", "image/svg+xml"], ["text/html"]], words: ["<svg", "it falls"]),
    Shows(code: "# only words", types: [], words: []), Shows(code: "", types: [], words: []), Shows(code: "  \n\n", types: [], words: []),
    Shows(code: "n = 1\nn\n# prose\n\nm = 2\nm\n", types: [["text/plain"], ["text/plain"]], words: ["1", "2"]),
    Shows(code: "climb1 = climb\n  stairs=2\r\n", types: [["text/plain"]], words: ["climbed 2"]),
    Shows(code: "draw?", types: [["text/plain"]] + [["text/plain"]], words: ["Draw a picture."]),
  ]) func shows(_ given: Shows) throws {
    let (shown, reply) = try FrontEnd().execute(given.code)
    let displays = shown.filter { $0.type == "display_data" }
    #expect(displays.map { Set($0.data.keys) } == given.types)
    let all = displays.flatMap { $0.data.values }.joined(separator: "\n")
    for words in given.words { #expect(all.contains(words), "\(all)") }
    #expect(reply["status"] == "ok" && reply.content["payload"] as? [String] == [] && (reply.content["user_expressions"] as? [String: Any])?.isEmpty == true)
    if let picture = displays.compactMap({ $0.data["image/png"] }).first { #expect(Data(base64Encoded: picture)?.starts(with: [0x89, 0x50, 0x4E, 0x47]) == true) }
  }

  /// Under which name a result is found, and that it had been computed before.
  @Test func tellsHowItIsRecorded() throws {
    let front = try FrontEnd()
    func streams(_ code: String) throws -> [String] { try front.execute(code).shown.filter { $0.type == "stream" }.map { "\($0["name"] ?? "") \($0["text"] ?? "")" } }
    #expect(try streams("climb") == ["stdout climb1 = climb\n"])
    #expect(try streams("up  =  climb stairs=4") == [])
    let again = try streams("again = climb stairs=4")
    #expect(again.count == 1 && again[0].hasPrefix("stdout kept from before, @"))
  }

  @Test func countsCells() throws {
    let front = try FrontEnd()
    func count(_ more: [String: Any]) throws -> [Int] {
      let news = try front.ask("execute_request", ["code": "n = 1"].merging(more) { $1 })
      return news.compactMap { $0.content["execution_count"] as? Int }
    }
    #expect(try count([:]) == [1, 1])
    #expect(try count(["store_history": false]) == [1, 1])
    #expect(try count(["silent": true]) == [1])
    #expect(try count(["silent": false, "store_history": true]) == [2, 2])
  }

  @Test func silentCellsSayNothing() throws {
    let front = try FrontEnd()
    #expect(try front.execute("n = 7\nclimb", ["silent": true]).shown.isEmpty)
    let failed = try front.execute("nothing", ["silent": true])
    #expect(failed.shown.isEmpty && failed.reply["status"] == "error")
    #expect(try front.execute("expect n = 7").reply["status"] == "ok")
  }

  @Test(arguments: [
    ("expect nothng > 1", "no value is named 'nothng'", ["expect nothng > 1", "       ^~~~~~"]), ("n = 1\nm = climb stairs=200", "stairs", ["line 2", "climb stairs=200"]),
    ("frobnicate", "frobnicate", ["^~~~~~~~~~"]), ("expect 1 > 2", "1 is not > 2", ["error: "]),
  ]) func failuresPointAtTheirWords(_ code: String, _ words: String, _ lines: [String]) throws {
    let front = try FrontEnd()
    let (shown, reply) = try front.execute(code + "\nafterwards = 5")
    #expect(shown.last?.type == "error" && reply["status"] == "error" && reply["ename"] == "error" && reply["evalue"]?.contains(words) == true)
    let traceback = try #require(shown.last?.content["traceback"] as? [String]).joined(separator: "\n").replacing(/\u{1B}\[[0-9;]*m/, with: "")
    for line in lines { #expect(traceback.contains(line), "\(traceback)") }
    // Nothing after it was evaluated.
    #expect(try front.execute("afterwards").reply["status"] == "error")
  }

  /// A failure that a cell records may come, as when a script is run.
  @Test func expectedFailures() throws {
    let (shown, reply) = try FrontEnd().execute("expect 1 > 2\n#! 1 is not > 2\nn = 3\nn")
    #expect(reply["status"] == "ok" && shown.contains { $0["text"]?.contains("1 is not > 2") == true } && shown.last?.data["text/plain"] == "3")
  }

  @Test(arguments: [true, false]) func cellsThatWaitAreAbortedAfterAFailure(_ stops: Bool) throws {
    let front = try FrontEnd()
    for _ in 0..<2 { front.mailbox.deliver(try front.request("execute_request", ["code": "n = 1"])) }
    front.mailbox.deliver(try front.request("kernel_info_request", [:]))
    front.kernel.handle(try front.request("execute_request", ["code": "nothing", "stop_on_error": stops]))
    let answers = front.told.filter { $0.type == "execute_reply" }.compactMap { $0["status"] }
    #expect(answers == (stops ? ["error", "aborted", "aborted"] : ["error"]))
    #expect(front.mailbox.next()?.type == (stops ? "kernel_info_request" : "execute_request"))
  }

  @Test func namesMayBeAskedFor() throws {
    let front = try FrontEnd()
    let reply = try front.execute("n = 25", ["user_expressions": ["n": "n", "x": "x", "y": "1 +"]]).reply
    let answers = try #require(reply.content["user_expressions"] as? [String: [String: Any]])
    #expect((answers["n"]?["data"] as? [String: String])?["text/plain"] == "25")
    #expect(answers["x"]?["status"] as? String == "error" && answers["y"]?["status"] as? String == "error")
  }

  @Test func quitEndsACellAndNoNotebook() throws {
    let front = try FrontEnd()
    let reply = try front.execute("n = 1\nquit\nm = 2").reply
    #expect(((reply.content["payload"] as? [[String: Any]])?.first?["source"] as? String) == "ask_exit" && reply["status"] == "ok")
    #expect(try front.execute("n").reply["status"] == "ok")
    #expect(try front.execute("m").reply["status"] == "error")
  }

  @Test(arguments: [
    "execute_request", "complete_request", "inspect_request", "is_complete_request", "comm_open",
  ]) func requestsThatAreNotUnderstood(_ type: String) throws {
    #expect(try FrontEnd().ask(type, ["nothing": 1]).contains { $0["status"] == "error" })
  }

  @Test func otherRequests() throws {
    let front = try FrontEnd()
    #expect((try front.answer("comm_info_request", ["target_name": "x"])["comms"] as? [String: Any])?.isEmpty == true)
    #expect(try front.ask("comm_open", ["comm_id": "c", "target_name": "t", "data": [:]]).contains { $0.type == "comm_close" && $0["comm_id"] == "c" })
    // What nobody knows is passed over: no answer is due.
    #expect(try front.ask("debug_request", ["command": "x"]).count == 2)
  }

  @Test func historyHasTheCells() throws {
    let front = try FrontEnd()
    for code in ["n = 1", "m = 2", "n = 1"] { _ = try front.execute(code) }
    func history(_ asked: [String: Any]) throws -> [[Any]] { try #require(try front.answer("history_request", ["output": false, "raw": true].merging(asked) { $1 })["history"] as? [[Any]]) }
    #expect(try history(["hist_access_type": "tail", "n": 2]).map { $0[2] as? String } == ["m = 2", "n = 1"])
    #expect(try history(["hist_access_type": "range", "session": 0, "start": 1, "stop": 2]).map { $0[2] as? String } == ["n = 1"])
    #expect(try history(["hist_access_type": "search", "pattern": "n*", "unique": true]).map { $0[1] as? Int } == [3])
    #expect(try history(["hist_access_type": "search", "pattern": "n*", "n": 5]).count == 2)
    _ = try front.execute("n")
    #expect((try history(["hist_access_type": "tail", "n": 1, "output": true])[0][2] as? [String]) == ["n", "1"])
  }
}
