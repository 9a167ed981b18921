import FoundationEssentials
import Storage
import Testing

/// Texts that are put in the place of a file which somebody may be editing.
@Suite struct ReplacingTests {
  let directory = TestFolder()
  private var path: String { directory.path + "/x.segue" }

  @Test func whatWasNotChangedIsReplacedAndKeepsItsMode() throws {
    try directory.write("old", "x.segue")
    try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: path)
    try directory.files.replace(path, holding: Array("old".utf8), with: Array("new".utf8))
    #expect(directory.text("x.segue") == "new")
    #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o750)
    try directory.files.replace(directory.path + "/y", holding: nil, with: Array("new".utf8))
    #expect(directory.text("y") == "new")
  }

  /// What it held when it was read, and what it holds now.
  @Test(arguments: [("old", "edited"), ("old", nil), (nil, "mine")] as [(String?, String?)]) func whatWasChangedStays(_ read: String?, _ now: String?) throws {
    if let now { try directory.write(now, "x.segue") }
    let error = #expect(throws: FileError.self) { try directory.files.replace(path, holding: read.map { Array($0.utf8) }, with: Array("new".utf8)) }
    #expect(error?.description == "cannot write \(path): it was changed after it was read, and stays as it is now")
    #expect(directory.text("x.segue") == now)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasPrefix(".writing") } == [])
  }
}
