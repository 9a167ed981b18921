import ArgumentParser
import FoundationEssentials
import Storage
import Workbench

/// A file beside which a command works for a while before it writes it: it is written only where nobody else did meanwhile.
struct ScriptFile {
  private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  let name: String
  /// Absolute, links followed.
  private let path: String
  /// What it held when it was read; nil where there is none.
  let bytes: [UInt8]?
  /// Whether its name is a link that leads nowhere.
  let isDangling: Bool
  /// Why a file that is there was not read.
  let unread: FileError?

  /// - Parameter limit: of what kind of file it is; a longer one is not read.
  init(_ name: String, atMost limit: Int = Scripts.limit) throws {
    let files = LocalFileSystem(), typed = absolute(name, from: try Here.directory())
    (self.name, path) = (name, files.resolved(typed))
    do throws(FileError) {
      (bytes, unread) = (try files.read(path, atMost: limit), nil)
    } catch {
      (bytes, unread) = (nil, error.isMissing ? nil : error)
    }
    isDangling = files.isLink(typed) && !files.exists(typed)
  }

  /// Writes a new text; a mark at the front that Windows editors set stays.
  func write(_ text: String) throws {
    let front = bytes?.starts(with: ScriptFile.byteOrderMark) == true ? ScriptFile.byteOrderMark : []
    let files = LocalFileSystem()
    do throws(FileError) {
      try? files.removeHalfWritten(in: String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]))
      try files.replace(path, holding: bytes, with: front + Array(text.utf8))
    } catch {
      throw Unwritten(description: error.description)
    }
  }

  /// That it could not be written: no fault of the words on the command line.
  struct Unwritten: Error, CustomStringConvertible { let description: String }
}
