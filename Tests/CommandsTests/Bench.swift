import Commands
import FoundationEssentials
import Glibc
import Imaging
import Language
import Storage
import Workbench

/// A directory of its own for a test, gone afterwards, with the files that a user might have in it.
final class Bench {
  let path: String
  let files = LocalFileSystem()
  /// Every event of the sessions that were opened here.
  var events: [Event] = []

  init() {
    let memory = "/dev/shm"  // a real file system, and quick at flushing
    let base = LocalFileSystem().exists(memory) ? memory : FileManager.default.temporaryDirectory.path
    path = base + "/segue-commands-\(UUID().uuidString)"
    try! files.makeFolder(path)
  }
  deinit { try? files.remove(path) }

  /// The directory's session, continued unless it is to be new.
  func open(_ fileSystem: (any FileSystem)? = nil, interrupt: Interrupt = Interrupt(), new: Bool = false) throws -> Session {
    let surroundings = try Surroundings(directory: path, fileSystem: fileSystem ?? files, interrupt: interrupt)
    return try Session.open(DomainCommands.catalog, surroundings, new: new) { [unowned self] in events.append($0) }.session
  }

  static let catalog = DomainCommands.catalog

  /// What a process that comes later finds; the session that is open here keeps its lock, so the script on the disk is read.
  static func reread(_ bench: Bench) throws -> String {
    let folder = bench.path + "/.segue/sessions"
    let name = try bench.files.names(in: folder).first { $0.hasSuffix(".segue") } ?? ""
    return String(decoding: try bench.files.read(folder + "/" + name), as: UTF8.self)
  }

  var notes: [String] { events.compactMap { if case .noted(let note) = $0 { note } else { nil } } }
  var steps: Int { events.count { if case .progressed = $0 { true } else { false } } }
  /// Whether each value was there already.
  var kept: [Bool] { events.compactMap { if case .produced(_, _, _, let digest?, let kept) = $0, !digest.isEmpty { kept } else { nil } } }

  func write(_ name: String, _ bytes: [UInt8]) throws {
    let target = path + "/" + name
    try files.makeFolder(String(target[..<target.lastIndex(of: "/")!]))
    try files.write(bytes, to: target)
  }

  func write(_ name: String, text: String) throws { try write(name, Array(text.utf8)) }
  func bytes(_ name: String) -> [UInt8]? { try? files.read(path + "/" + name) }

  func image(_ name: String, _ size: PixelSize = PixelSize(64, 32)) throws {
    try write(name, PNG.encode(Image(size: size, pixels: (0..<3 * size.area).map { UInt8(truncatingIfNeeded: $0 * 5) })))
  }

  func label(_ name: String, _ values: [UInt8] = [7, 8, 26], _ size: PixelSize = PixelSize(64, 32)) throws {
    try write(name, PNG.encode(IndexMap(size: size, values: (0..<size.area).map { values[$0 % values.count] })))
  }

  /// A symbolic link in the directory.
  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path + "/" + name, withDestinationPath: target)
  }

  /// A named pipe, in place of what is there.
  func pipe(_ name: String) throws {
    try files.remove(path + "/" + name)
    guard mkfifo(path + "/" + name, 0o600) == 0 else { throw FileError("make", path + "/" + name, errno) }
  }

  /// Gives a file this many bytes, without filling the disk.
  func lengthen(_ name: String, _ count: Int) throws {
    guard truncate(path + "/" + name, count) == 0 else { throw FileError("lengthen", path + "/" + name, errno) }
  }

  /// A GTA5 folder of pairs.
  func gta(_ name: String, _ count: Int, _ size: PixelSize = PixelSize(64, 32)) throws {
    for i in 0..<count {
      try image("\(name)/images/\(i).png", size)
      try label("\(name)/labels/\(i).png", [7, 8, 26], size)
    }
  }

  /// Every file below a folder with its digest; of the whole directory without `.segue`.
  func contents(_ folder: String = "") -> [String: String] {
    var found: [String: String] = [:]
    for name in (try? files.names(in: path + (folder.isEmpty ? "" : "/" + folder))) ?? [] where !(folder.isEmpty && name == ".segue") {
      if files.resolved(path + "/" + name) != path + "/" + name, folder.isEmpty { continue }  // a link
      let inner = folder.isEmpty ? name : folder + "/" + name
      if files.info(path + "/" + inner)?.isFolder == true {
        found.merge(contents(inner)) { $1 }
      } else {
        found[inner] = contentDigest(bytes(inner) ?? [])
      }
    }
    return found
  }

  /// The files of stored values of one command, by name, with their digests.
  func stored(_ session: Session, _ name: String) throws -> [String: String] {
    guard let digest = session.names.first(where: { $0.name == name })?.digest else { return [:] }
    return Dictionary(uniqueKeysWithValues: contents(".segue/store/" + digest).map { (String($0.key.split(separator: "/").last!), $0.value) })
  }

  /// Changes one byte in the middle of a stored file.
  func damage(_ session: Session, _ name: String, _ file: String) throws {
    guard let digest = session.names.first(where: { $0.name == name })?.digest else { return }
    let place = ".segue/store/\(digest)/\(file)"
    guard var bytes = bytes(place) else { return }
    bytes[bytes.count / 2] ^= 0x40
    try write(place, bytes)
  }
}

extension Session {
  /// Evaluates statements that must succeed; the first failure, if one does not.
  func perform(_ statements: [String]) -> Diagnostic? {
    for statement in statements {
      switch evaluate(statement).outcome {
      case .done, .quit: continue
      case .failed(let diagnostic): return diagnostic
      case .interrupted: return Diagnostic("interrupted")
      }
    }
    return nil
  }

  /// What was shown, as it is recorded.
  var shown: [String] { TranscriptLayout.lines(last.display).map(\.text) }
}

/// Statements that many tests stand on: as small as can be trained on.
enum Small {
  static let data = ["d = load dataset streets size=64x32", "few = take d.source count=5"]
  static let built = data + ["m = build model bisenet width=1/8"]
  static let trained = built + ["t = train m on=few.train batch=2 epochs=1 validate=few.val"]
}

/// Text with the words that a diagnostic points at between `‹` and `›`.
struct Marked {
  let text: String
  /// Nil where nothing is marked.
  let range: SourceRange?

  init(_ marked: String) {
    text = marked.filter { $0 != "‹" && $0 != "›" }
    guard let open = marked.firstIndex(of: "‹"), let close = marked.firstIndex(of: "›") else {
      range = nil
      return
    }
    let start = marked[..<open].utf8.count
    range = SourceRange(start, start + marked[marked.index(after: open)..<close].utf8.count)
  }
}
