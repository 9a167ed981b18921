import Imaging
import Storage

extension Pairing {
  /// Reads every byte of every pair below `root`: what is damaged or unequal, and labels with values that mean nothing, move to the
  /// omissions.
  mutating func inspect(root: String, _ examine: LoadRequest.Examine) throws {
    var kept: [Pair] = [], unsettled: [Int: [LabelReading]] = [:]
    for (index, pair) in pairs.enumerated() {
      /// What a file shows; nil where it cannot be used, which is then said.
      func examination(_ name: String, _ use: FileExamination.Use, unfit: (PictureHeader) -> String? = { _ in nil }) throws -> FileExamination? {
        do {
          let seen = try examine(root + "/" + name, use, (index, pairs.count))
          guard let fault = seen.header.flatMap(unfit) ?? seen.fault else { return seen }
          omit(name, fault)
        } catch let error as ImagingError {
          omit(name, error.reason)
        } catch let error as FileError {
          omit(name, error.reason)
        }
        return nil
      }
      var pair = pair
      guard let picture = try examination(pair.image, .picture) else { continue }
      pair.picture = picture
      if let label = pair.label {
        let use = pair.mapping.isFirstChannel ? FileExamination.Use.firstChannel : .label
        guard let labels = try examination(label, use, unfit: { pair.mapping.reasonNotToRead($0) }) else { continue }
        if let reason = pair.mapping.reasonNotToRead(labels) {
          omit(label, reason)
          continue
        }
        guard labels.size == picture.size else {
          omit(pair.image, "the image is \(picture.size), its label \(labels.size)" + Pairing.turning(picture, labels))
          continue
        }
        let readings = pair.mapping.readings(labels)
        if readings.count > 1 { unsettled[kept.count] = readings }
        (pair.reading, pair.labels) = (readings.first ?? .numbers, labels.understood(as: readings.count == 1 ? readings[0] : .colours))
      }
      kept.append(pair)
    }
    keep(settled(kept, unsettled))
    remarks += Pairing.remarks(pairs)
    sortOmissions()
  }

  /// Labels that can be read in several ways are read as all others of the data are, or left out.
  private mutating func settled(_ pairs: [Pair], _ open: [Int: [LabelReading]]) -> [Pair] {
    guard !open.isEmpty else { return pairs }
    let others = Set(pairs.indices.filter { open[$0] == nil && pairs[$0].labels?.header?.holdsColours == true }.map { pairs[$0].reading })
    return pairs.indices.compactMap { i in
      var pair = pairs[i]
      guard let readings = open[i] else { return pair }
      guard let reading = others.first, others.count == 1, readings.contains(reading) else {
        omit(pair.label ?? pair.image, "its pixels mean one thing as colours and another as numbers, and no other label says which they are")
        return nil
      }
      (pair.reading, pair.labels) = (reading, pair.labels?.understood(as: reading))
      return pair
    }
  }

  /// Where the label is of the size that the picture has once it is turned as its camera notes.
  private static func turning(_ picture: FileExamination, _ labels: FileExamination) -> String {
    guard let orientation = picture.orientation, orientation > 4, labels.size == PixelSize(picture.size.height, picture.size.width) else { return "" }
    return "; its EXIF orientation \(orientation) is not applied: turn the image's pixels, for example with `exiftran -a`"
  }

  /// What is odd and yet may be meant.
  private static func remarks(_ pairs: [Pair]) -> [String] {
    var remarks: [String] = []
    func remark(_ odd: [Pair], _ name: (Pair) -> String, _ words: (_ one: Bool) -> String) {
      guard let first = odd.first else { return }
      remarks.append(odd.count == 1 ? "\(name(first)) \(words(true))" : "\(name(first)) and \(odd.count - 1) more \(words(false))")
    }
    remark(pairs.filter { pair in pair.labels.map { pair.mapping.isVoid($0) } ?? false }, { $0.label ?? "" }) { "\($0 ? "is" : "are") void at every pixel" }
    let dark = pairs.filter { $0.picture.largest.map { $0 < 1 << 14 } ?? false }
    let largest = dark.compactMap(\.picture.largest).max() ?? 0
    remark(dark, \.image) { "\($0 ? "has" : "have") 16-bit values up to \(largest) of 65535, and only the upper 8 bits are used: \($0 ? "it is" : "they are") nearly black; scale the values up" }
    let turned = pairs.filter { $0.picture.orientation != nil }
    remark(turned, \.image) { "\($0 ? "has" : "have") an EXIF orientation other than 1, and \($0 ? "is" : "are") read as \($0 ? "it is" : "they are") stored, not turned" }
    let numbers = pairs.filter { $0.label == nil && $0.picture.header?.kind == .palette }
    remark(numbers, \.image) { "\($0 ? "is a palette PNG" : "are palette PNGs"), as label files often are, and \($0 ? "is" : "are") read as \($0 ? "a picture" : "pictures")" }
    return remarks
  }
}
