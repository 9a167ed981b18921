import Foundation
import Imaging
import Scenes
import Storage
import TestSupport
import Testing

/// Pictures in files, which are looked at before they are read.
@Suite struct PictureFileTests {
  private let folder = Folder()
  private let good = PNG.encode(gradient(PixelSize(40, 30)))

  private func write(_ name: String, _ bytes: [UInt8]) -> String {
    folder.write(name, bytes)
    return folder.path + "/" + name
  }

  @Test func probingSeesACutOffFile() throws {
    #expect(try PNG.probe(write("good.png", good)).size == PixelSize(40, 30))
    #expect(try PNG.probe(write("trailing.png", good + [1, 2, 3])).size == PixelSize(40, 30))
    let cut = write("cut.png", good.dropLast(5))
    let error = #expect(throws: ImagingError.self) { try PNG.probe(cut) }
    #expect(error?.description == "cannot read \(cut): it is damaged: the file ends early")
    let absent = folder.path + "/absent.png"
    let missing = #expect(throws: FileError.self) { try PNG.readImage(absent) }
    #expect(missing?.description == "cannot read \(absent): there is no such file or folder")
    let directory = #expect(throws: FileError.self) { try PNG.readImage(folder.path) }
    #expect(directory?.reason == "it is a folder")
  }

  /// A file far longer than its picture is refused before it is read; a sparse one takes no room on the disk.
  @Test func aHugeFileIsRefusedByItsHead() throws {
    for (bytes, reason) in [(PNG.encode(gradient(PixelSize(2, 1))), "far more than a picture of 2x1 takes"), ([UInt8](repeating: 0, count: 64), "it is not a PNG file")] {
      let path = write("huge.png", bytes)
      #expect(truncate(path, 100 << 30) == 0)
      let error = #expect(throws: ImagingError.self) { try PNG.probe(path) }
      #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }
  }

  /// A photograph that its viewer turns is read as it is stored, which is said; where its label is of the turned size, the two do not fit.
  @Test func turnedPhotographsAreSaidOrLeftOut() throws {
    let folder = Folder()
    for (name, orientation) in [("a", UInt8(1)), ("b", 3), ("c", 6), ("d", 6)] {
      folder.write("images/\(name).jpg", TinyJPEG.held(orientation))
      folder.label("labels/\(name).png", [7], name == "d" ? PixelSize(6, 8) : PixelSize(8, 6))
    }
    let loaded = try folder.load(GTA5.self)
    #expect(loaded.whole?.count == 3)
    #expect(loaded.remarks == ["images/b.jpg and 1 more have an EXIF orientation other than 1, and are read as they are stored, not turned"])
    #expect(loaded.omissions.map(\.description) == [
      "images/d.jpg is left out: the image is 8x6, its label 6x8; its EXIF orientation 6 is not applied: turn the image's pixels, for example with `exiftran -a`"
    ])
    let seen = FileExamination(TinyJPEG.held(8), for: .picture)
    #expect(seen.orientation == 8 && FileExamination(text: seen.text) == seen)
    let plain = FileExamination(TinyJPEG.bytes, for: .picture)
    #expect(plain.orientation == nil && FileExamination(text: plain.text) == plain)
  }
}
