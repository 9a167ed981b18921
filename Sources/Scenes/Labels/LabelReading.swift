import Imaging

/// How the pixels of a label file give what a mapping knows.
enum LabelReading: Hashable, Sendable {
  /// One number a pixel: a palette index or a grey level.
  case numbers
  /// The colours of classes.
  case colours
  /// Colours of three equal channels, each of which is the number.
  case grey
  /// Colours whose first channel is the number, and whose others are 0.
  case red
  /// Colours whose first channel is the number, whatever the others hold.
  case firstChannel
}

extension LabelMapping {
  /// The ways in which an examined label can be read, each of which gives other classes: mostly one. None where it holds what the mapping
  /// does not know. Several where only other labels of the same data tell: a file that is black throughout is void as a colour, and may be a
  /// class as a number.
  func readings(_ seen: FileExamination) -> [LabelReading] {
    if isFirstChannel { return [.firstChannel] }
    guard seen.header?.holdsColours == true else { return [.numbers] }
    var readings: [LabelReading] = [], meanings: [[UInt8]] = []
    for reading in [LabelReading.colours, .grey, .red] {
      guard let meaning = meaning(of: seen.colours.keys.sorted(), reading), !meanings.contains(meaning) else { continue }
      readings.append(reading)
      meanings.append(meaning)
    }
    return readings
  }

  /// The train id of each colour; nil where one has none.
  private func meaning(of packed: [Int], _ reading: LabelReading) -> [UInt8]? {
    var ids: [UInt8] = []
    for packed in packed {
      let colour = CityscapesClass.Colour(packed: packed), id: UInt8?
      switch reading {
      case .colours: id = colours.isEmpty ? nil : self.id(of: colour)
      case .grey: id = namesNumbers && colour.isGrey ? table[Int(colour.red)] : nil
      case .red: id = mayBeRed && colour.green == 0 && colour.blue == 0 ? table[Int(colour.red)] : nil
      case .numbers, .firstChannel: id = nil
      }
      guard let id else { return nil }
      ids.append(id)
    }
    return ids
  }

  /// The train ids that can come out of files that are read so. A renderer's numbers may tell fewer classes apart than its colours.
  func classes(_ reading: LabelReading) -> [Int] {
    guard mayBeRed else { return classes }
    let ids = reading == .colours ? Set(colours.values) : Set(table.compactMap(\.self))
    return ids.subtracting([CityscapesClass.ignored]).map(Int.init).sorted()
  }

  /// The train ids of a label's file.
  ///
  /// - Throws: `ImagingError` or `SceneError` naming `path`.
  func trainIDs(ofFile bytes: [UInt8], as reading: LabelReading, path: String) throws -> IndexMap {
    switch reading {
    case .numbers: return try trainIDs(of: PNG.decodeIndices(bytes, path: path), path: path)
    case .colours: return try trainIDs(of: PNG.decodeImage(bytes, path: path), path: path)
    case .grey, .red, .firstChannel:
      let (size, values) = try PNG.firstChannel(bytes, path: path)
      return try trainIDs(ofFirstChannel: values, size: size, path: path)
    }
  }
}

extension FileExamination {
  /// The same with numbers in place of the colours that hold them.
  func understood(as reading: LabelReading) -> FileExamination {
    guard reading == .grey || reading == .red else { return self }
    var seen = self
    seen.numbers = Dictionary(colours.map { ($0.key >> 16, $0.value) }, uniquingKeysWith: +)
    seen.colours = [:]
    return seen
  }
}

extension CityscapesClass.Colour {
  var isGrey: Bool { red == green && green == blue }
}
