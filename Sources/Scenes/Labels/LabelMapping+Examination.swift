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
    // Whether they are colours of classes or hold numbers is seen when they are read.
    if header.holdsColours { return nil }
    guard header.holdsIndices else {
      let hint = header.isColoured && header.depth == 16 ? "; if the class is their first channel, as in SYNTHIA, load them as that, or say `channel = first` in a label map" : ""
      return "its pixels are \(header.pixels), not the 8-bit numbers of \(title)" + hint
    }
    return namesNumbers ? nil : "its pixels are \(header.pixels), and \(title) are colours"
  }

  /// Why a label with these values cannot be read by this mapping, as the end of a sentence; nil where it can.
  func reasonNotToRead(_ seen: FileExamination) -> String? {
    if let value = seen.numbers.keys.filter({ $0 > 255 || table[$0] == nil }).min() { return "it \(strange(value))" }
    guard !seen.colours.isEmpty, readings(seen).isEmpty else { return nil }
    let packed = seen.colours.keys.sorted(), shown = packed.map(CityscapesClass.Colour.init(packed:))
    let isGrey = shown.allSatisfy(\.isGrey), isRed = packed.allSatisfy { $0 & 0xFFFF == 0 }
    if namesNumbers, isGrey || isRed && mayBeRed, !shown.contains(where: { $0.red > 0 && id(of: $0) != nil }), let value = shown.first(where: { table[Int($0.red)] == nil }) { return "it \(strange(Int(value.red)))" }
    guard !colours.isEmpty else { return "its pixels are colours, not the 8-bit numbers of \(title)" }
    guard let colour = shown.first(where: { id(of: $0) == nil }) else { return "its colours are none of \(title)" }
    return "it \(strange(colour))" + (isRed ? "; if the class is the first channel, say `channel = first` in a label map" : "")
  }
}

extension CityscapesClass.Colour {
  /// Red, green and blue in one number.
  init(packed: Int) { self.init(UInt8(packed >> 16 & 255), UInt8(packed >> 8 & 255), UInt8(packed & 255)) }
}
