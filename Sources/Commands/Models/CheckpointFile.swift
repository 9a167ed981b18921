import Adaptation
import Language
import Storage
import Tensors
import Workbench

/// The file that a training goes on from: its state, what it has reported so far, and a digest of all of that, so that a file that was
/// damaged is not continued.
enum CheckpointFile {
  /// What is written down beside the numbers of a state.
  struct Notes: Codable {
    var history: TrainingHistory
    var means: LossMeans
  }

  private enum Key {
    static let notes = "notes"
    static let instructions = "instructions"
    /// Of the file with zeros in the digest's place.
    static let digest = "digest"
    /// Of files from before: of the file without this entry.
    static let oldDigest = "sha256"
  }

  private static let blank = String(repeating: "0", count: 64)

  static func bytes(_ state: TrainingState, _ notes: Notes, instructionSet: String) throws -> [UInt8] {
    var metadata = [Key.notes: String(decoding: try JSONFile.encode(notes), as: UTF8.self), Key.digest: blank]
    if !instructionSet.isEmpty { metadata[Key.instructions] = instructionSet }
    var bytes = state.file(metadata: metadata).encoded
    guard let place = place(of: blank, in: bytes) else { preconditionFailure("the header has room for a digest") }
    bytes.replaceSubrange(place, with: contentDigest(bytes).utf8)
    return bytes
  }

  /// - Throws: `CheckpointError.notACheckpoint`, or what is wrong with the file, where it is not as it was written.
  static func read(_ bytes: [UInt8]) throws -> (file: Safetensors, notes: Notes, instructionSet: String?) {
    let file = try Safetensors(decoding: bytes)
    guard let notes = file.metadata[Key.notes], try isWhole(file, bytes) else { throw CheckpointError.notACheckpoint }
    return (file, try JSONFile.decode(Notes.self, Array(notes.utf8)), file.metadata[Key.instructions])
  }

  private static func isWhole(_ file: Safetensors, _ bytes: [UInt8]) throws -> Bool {
    if let digest = file.metadata[Key.digest] {
      var blanked = bytes
      guard digest.utf8.count == blank.utf8.count, let place = place(of: digest, in: bytes) else { return false }
      blanked.replaceSubrange(place, with: blank.utf8)
      return contentDigest(blanked) == digest
    }
    guard let digest = file.metadata[Key.oldDigest] else { return false }
    return contentDigest(Safetensors(file.entries, metadata: file.metadata.filter { $0.key != Key.oldDigest }).encoded) == digest
  }

  /// Where the header says the digest.
  private static func place(of digest: String, in bytes: [UInt8]) -> Range<Int>? {
    let before = Array("\"\(Key.digest)\":\"".utf8), whole = before + digest.utf8
    guard bytes.count >= 8 else { return nil }
    let end = min(bytes.count, 8 + bytes[0..<8].enumerated().reduce(0) { $0 | Int($1.element) << (8 * $1.offset) })
    guard end >= 8 + whole.count else { return nil }
    let start = (8...end - whole.count).first { bytes[$0] == whole[0] && bytes[$0..<$0 + whole.count].elementsEqual(whole) }
    return start.map { $0 + before.count..<$0 + whole.count }
  }
}
