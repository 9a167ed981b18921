import Foundation
import Imaging
import Scenes
import Storage
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
}
