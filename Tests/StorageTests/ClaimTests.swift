import Foundation
import Storage
import Testing

/// Locks on disks that several machines share.
@Suite struct ClaimTests {
  private let directory = TestFolder()
  private var files: LocalFileSystem { LocalFileSystem(locks: .claims) }
  private var claim: String { directory.path + "/x.lock.claim" }

  private func lock() throws -> FileLock? { try files.lock(directory.path + "/x.lock") }

  /// As another process would have written it.
  private func leave(host: String, process: Int32, start: String, age: TimeInterval = 0) throws {
    try files.write(Array("\(host)\n\(process)\n\(start)\nother\n".utf8), to: claim)
    try FileManager.default.setAttributes([.modificationDate: Date().addingTimeInterval(-age)], ofItemAtPath: claim)
  }

  @Test func oneHoldsIt() throws {
    do {
      let held = try #require(try lock())
      #expect(try lock() == nil)
      withExtendedLifetime(held) {}
    }
    #expect(!files.exists(claim))
    #expect(try lock() != nil)
    #expect(try files.names(in: directory.path) == [], "nothing is left aside")
  }

  /// Of this host a process that lives holds what it holds, however long it was stopped; one that is dead, or whose number another has, does not.
  @Test(arguments: [(true, true, 10_000.0, false), (true, false, 0, true), (false, true, 0, true)])
  func ofThisHost(_ lives: Bool, _ isSameStart: Bool, _ age: Double, _ isFree: Bool) throws {
    try leave(host: ThisHost.identity, process: lives ? getpid() : 99_999_999, start: isSameStart ? ThisHost.start(of: getpid()) : "1", age: age)
    #expect((try lock() != nil) == isFree)
  }

  /// Of another host only the time tells.
  @Test(arguments: [(0.0, false), (Double(Claim.expiry) - 30, false), (Double(Claim.expiry) + 30, true)]) func ofAnotherHost(_ age: Double, _ isFree: Bool) throws {
    try leave(host: "0123456789ab", process: getpid(), start: "1", age: age)
    #expect((try lock() != nil) == isFree)
  }

  /// What another took meanwhile is its own.
  @Test func onlyItsOwnIsLetGo() throws {
    do {
      let held = try #require(try lock())
      try leave(host: "0123456789ab", process: 1, start: "1")
      withExtendedLifetime(held) {}
    }
    #expect(files.text(claim)?.contains("other") == true)
  }

  @Test func manyWantOne() async throws {
    let path = directory.path + "/x.lock"
    try leave(host: ThisHost.identity, process: 99_999_999, start: "1")
    let locks = await withTaskGroup(of: FileLock?.self) { group in
      for _ in 0..<16 { group.addTask { (try? LocalFileSystem(locks: .claims).lock(path)) ?? nil } }
      return await group.reduce(into: [FileLock?]()) { $0.append($1) }
    }
    #expect(locks.count { $0 != nil } == 1)
  }

  /// What another machine's process is writing stays; what it left a day ago goes.
  @Test(arguments: [("0123456789ab", 0.0, true), ("0123456789ab", 90_000, false), (ThisHost.identity, 0, false)])
  func halfWritten(_ host: String, _ age: Double, _ stays: Bool) throws {
    let path = "\(directory.path)/.writing-\(host)-99999999-1"
    try Data("half".utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.modificationDate: Date().addingTimeInterval(-age)], ofItemAtPath: path)
    try files.removeHalfWritten(in: directory.path)
    #expect(files.exists(path) == stays)
  }

  /// Lines as a machine with a home on NFS has them, and one in a container.
  @Test(arguments: [("0:27", "nfs4", true), ("254:0", "ext4", false), ("0:31", "fuse.sshfs", true), ("9:9", nil, false)] as [(String, String?, Bool)])
  func disks(_ device: String, _ kind: String?, _ isShared: Bool) {
    let mounts = """
      24 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      31 24 0:27 / /home rw,nosuid shared:7 master:2 - nfs4 server:/export/home rw,vers=4.2
      40 24 0:31 / /mnt/far\\040away rw - fuse.sshfs me@far: rw
      """
    #expect(Locks.kind(of: device, in: mounts) == kind)
    #expect(kind.map(Locks.isShared) ?? false == isShared)
  }
}
