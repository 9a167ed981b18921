#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Files as bytes, without Foundation: this is on the way of every sample.
package enum FileBytes {
  /// The longest file that is read whole: half of the machine's memory.
  private static let largest = sysconf(Int32(_SC_PHYS_PAGES)) / 2 * sysconf(Int32(_SC_PAGESIZE))

  /// All bytes of a file.
  ///
  /// - Parameters:
  ///   - stamp: the state of the file that is wanted, where it matters.
  ///   - isSame: whether the bytes of a file in another state are those that are wanted all the same.
  ///   - limit: how many bytes at most, for files whose first bytes say nothing.
  /// - Throws: `ImagingError` with what the system says, that it is a folder, that it is too long, or that it is in another state.
  package static func read(
    _ path: String, as stamp: FileStamp? = nil, limit: Int? = nil, orWhere isSame: (([UInt8]) -> Bool)? = nil
  ) throws -> [UInt8] {
    try open(path) { descriptor, size in
      let limit = limit ?? largest
      guard size <= limit else { throw ImagingError(path: path, reason: "it has \(size) bytes, and at most \(limit) are read") }
      if isSame == nil { try check(descriptor, stamp, path) }
      let bytes = try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
        count = try fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: 0, path)
      }
      do {
        try check(descriptor, stamp, path)
      } catch {
        guard let isSame, isSame(bytes) else { throw error }
      }
      return bytes
    }
  }

  private static func check(_ descriptor: Int32, _ stamp: FileStamp?, _ path: String) throws {
    guard let stamp else { return }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard FileStamp(status) == stamp else { throw ImagingError(path: path, reason: "it changed since the dataset was loaded; load it again") }
  }

  /// The first and the last bytes of a file, `head` and `tail` of them or what there is, and how many it has.
  package static func ends(of path: String, head: Int, tail: Int) throws -> (head: [UInt8], tail: [UInt8], size: Int) {
    try open(path) { descriptor, size in
      func part(_ start: Int, _ length: Int) throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
          count = try fill(UnsafeMutableRawBufferPointer(buffer), from: descriptor, at: start, path)
        }
      }
      return (try part(0, min(head, size)), try part(max(0, size - tail), min(tail, size)), size)
    }
  }

  private static func open<Result>(_ path: String, _ body: (Int32, Int) throws -> Result) throws -> Result {
    // Without blocking: a pipe that lies among pictures would keep us waiting for somebody to write into it.
    let flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK
    #if canImport(Glibc)
    let descriptor = Glibc.open(path, flags)
    #else
    let descriptor = Darwin.open(path, flags)
    #endif
    guard descriptor >= 0 else { throw failure(path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw ImagingError(path: path, reason: "it is not a file") }
    return try body(descriptor, Int(status.st_size))
  }

  /// Reads until `buffer` is full or the file ends; how much was read.
  private static func fill(_ buffer: UnsafeMutableRawBufferPointer, from descriptor: Int32, at start: Int, _ path: String) throws -> Int {
    var count = 0
    while count < buffer.count {
      let got = pread(descriptor, buffer.baseAddress! + count, buffer.count - count, off_t(start + count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(path) }
      if got == 0 { break }
      count += got
    }
    return count
  }

  private static func failure(_ path: String) -> ImagingError {
    ImagingError(path: path, reason: String(cString: strerror(errno)))
  }
}
