import FoundationEssentials

/// How the store keeps a study: JSON, the same bytes for the same numbers.
enum StudyFile {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return Array(try encoder.encode(value))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: [UInt8]) throws -> Value { try JSONDecoder().decode(type, from: Data(bytes)) }
}

/// A field of comma-separated values, in quotes where it must be.
public func commaSeparatedField(_ text: String) -> String {
  text.contains { $0 == "," || $0 == "\"" || $0.isNewline } ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
}
