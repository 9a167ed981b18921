import Glibc
import Imaging
import Language
import Storage
import Workbench

/// Where frames come from.
protocol FrameSource {
  /// The next frame; nil after the last.
  ///
  /// - Throws: `Diagnostic` where it is not a whole one.
  func next() throws -> Image?
}

/// Red, green and blue, a byte each, frame after frame, on standard input.
final class PipedFrames: FrameSource {
  private let size: PixelSize
  private var number = 0

  init(_ size: PixelSize) { self.size = size }

  func next() throws -> Image? {
    let count = 3 * size.area
    var filled = 0, reason: Int32 = 0
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      while filled < count {
        let got = Glibc.read(0, buffer.baseAddress! + filled, count - filled)
        if got > 0 { filled += got; continue }
        if got < 0, errno == EINTR { continue }
        if got < 0 { reason = errno }
        break
      }
      initialized = filled
    }
    if reason != 0 { throw Diagnostic("cannot read standard input: \(String(cString: strerror(reason)))") }
    guard filled > 0 else { return nil }
    number += 1
    guard filled == count else {
      throw Diagnostic(
        "frame \(number) ends after \(filled) of its \(count) bytes", remedy: "are the frames \(size), in raw red, green and blue (ffmpeg: -f rawvideo -pix_fmt rgb24)?")
    }
    return Image(size: size, pixels: pixels)
  }
}

/// The pictures of a folder in the order of their names.
final class FolderFrames: FrameSource {
  private let folder: String
  private let files = LocalFileSystem()
  private var names: ArraySlice<String>
  /// That of the first picture where none was asked for.
  private var size: PixelSize?
  private let isResized: Bool

  init(_ folder: String, at size: PixelSize?, in directory: String) throws {
    self.folder = absolute(folder, from: directory)
    (self.size, isResized) = (size, size != nil)
    do {
      names = try files.names(in: self.folder).filter { !$0.hasPrefix(".") && PictureFile.fileExtensions.contains(String(fileExtension($0).dropFirst())) }[...]
    } catch {
      throw error.diagnostic
    }
    guard !names.isEmpty else { throw Diagnostic("\(folder) holds no picture", remedy: "it takes files that end in \(PictureFile.fileExtensions.joined(separator: ", "))") }
  }

  func next() throws -> Image? {
    guard let name = names.popFirst() else { return nil }
    let image: Image
    do { image = try PictureFile.decodeImage(files.read(folder + "/" + name), path: name) } catch { throw Diagnostic("\(error)") }
    if isResized, let size { return image.resized(to: size) }
    guard image.size == size ?? image.size else {
      throw Diagnostic("\(name) is \(image.size), and the pictures before it are \(size!)", remedy: "--size WIDTHxHEIGHT brings them to one size")
    }
    size = image.size
    return image
  }
}
