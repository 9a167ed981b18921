internal import FoundationEssentials
internal import Rendering

/// What an editor asks or says.
struct Request {
  /// Nil for what is only said.
  var id: JSONText?
  var method: String
  private let bytes: [UInt8]

  private struct Envelope: Decodable {
    enum ID: Decodable {
      case number(Int)
      case text(String)
      init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) { self = .number(number) } else { self = .text(try container.decode(String.self)) }
      }
      var json: JSONText {
        switch self {
        case .number(let number): .int(number)
        case .text(let text): .string(text)
        }
      }
    }
    var id: ID?
    var method: String?
  }

  private struct Whole<Parameters: Decodable>: Decodable { var params: Parameters }

  /// Throws where the bytes are no message.
  init(_ bytes: [UInt8]) throws {
    let envelope = try JSONDecoder().decode(Envelope.self, from: Data(bytes))
    // An answer to something that was asked: nothing is.
    (id, method, self.bytes) = (envelope.id?.json, envelope.method ?? "", bytes)
  }

  func parameters<Parameters: Decodable>(_ type: Parameters.Type = Parameters.self) throws -> Parameters {
    try JSONDecoder().decode(Whole<Parameters>.self, from: Data(bytes)).params
  }
}

/// The forms of parameters.
enum Parameters {
  struct Identifier: Decodable { var uri: String }
  struct At: Decodable {
    var textDocument: Identifier
    var position: DocumentText.Position
  }
  struct Whole: Decodable { var textDocument: Identifier }
  struct Opened: Decodable {
    struct Document: Decodable {
      var uri: String
      var version: Int?
      var text: String
    }
    var textDocument: Document
  }
  struct Changed: Decodable {
    struct Document: Decodable {
      var uri: String
      var version: Int?
    }
    struct Change: Decodable { var text: String }
    var textDocument: Document
    var contentChanges: [Change]
  }
  struct Actions: Decodable {
    struct Range: Decodable {
      var start: DocumentText.Position
      var end: DocumentText.Position
    }
    /// A fault as it was published; what other servers publish has other data, or none.
    struct Fault: Decodable {
      var range: Range
      var message: String
      var replacement: String?
      private enum CodingKeys: String, CodingKey { case range, message, source, data }
      private struct Published: Decodable { var replacement: String? }
      init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        (range, message) = (try fields.decode(Range.self, forKey: .range), try fields.decode(String.self, forKey: .message))
        let isOurs = (try? fields.decode(String.self, forKey: .source)) == "segue"
        replacement = isOurs ? (try? fields.decode(Published.self, forKey: .data))?.replacement : nil
      }
    }
    struct Context: Decodable { var diagnostics: [Fault] }
    var textDocument: Identifier
    var context: Context
  }
  struct Initialize: Decodable { var rootUri: String? }
}
