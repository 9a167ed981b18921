import Imaging

// What a label's values come to, known without decoding it again.
extension LabelMapping {
  /// How many pixels of each train id an examined label has; what the mapping does not know is left out.
  func trainIDs(of seen: FileExamination) -> [UInt8: Int] {
    var counts: [UInt8: Int] = [:]
    for (value, count) in seen.numbers where value < 256 { if let id = table[value] { counts[id, default: 0] += count } }
    for (colour, count) in seen.colours { if let id = id(of: .init(packed: colour)) { counts[id, default: 0] += count } }
    return counts
  }

  /// The train ids that an examined label holds, without 255.
  public func classes(of seen: FileExamination) -> Set<Int> { Set(trainIDs(of: seen).keys.filter { $0 != CityscapesClass.ignored }.map(Int.init)) }

  func isVoid(_ seen: FileExamination) -> Bool { trainIDs(of: seen).keys.allSatisfy { $0 == CityscapesClass.ignored } }

  /// Why labels of such pixels cannot be read by this mapping, as the end of a sentence; nil where they can.
  func reasonNotToRead(_ header: PictureHeader) -> String? {
    if isFirstChannel { return header.isColoured ? nil : "its pixels are \(header.pixels), not colours whose first channel is one of \(title)" }
    if header.holdsColours, !colours.isEmpty { return nil }
    guard header.holdsIndices else {
      let hint = header.isColoured && header.depth == 16 ? "; if the class is their first channel, as in SYNTHIA, load them as that, or say `channel = first` in a label map" : ""
      return "its pixels are \(header.pixels), not the 8-bit numbers of \(title)" + hint
    }
    return namesNumbers ? nil : "its pixels are \(header.pixels), and \(title) are colours"
  }

  /// Why a label with these values cannot be read by this mapping, as the end of a sentence; nil where it can.
  func reasonNotToRead(_ seen: FileExamination) -> String? {
    if let value = seen.numbers.keys.filter({ $0 > 255 || table[$0] == nil }).min() { return "it \(strange(value))" }
    if let colour = seen.colours.keys.filter({ id(of: .init(packed: $0)) == nil }).min() {
      let isRed = seen.colours.keys.allSatisfy { $0 & 0xFFFF == 0 }
      return "it \(strange(.init(packed: colour)))" + (isRed ? "; if the class is the first channel, say `channel = first` in a label map" : "")
    }
    return nil
  }
}

extension CityscapesClass.Colour {
  /// Red, green and blue in one number.
  init(packed: Int) { self.init(UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255)) }
}
