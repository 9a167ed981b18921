internal import FoundationEssentials

/// What a front end asked, its signature checked.
package struct KernelMessage: Sendable {
  /// Of its header what is read here.
  package struct Header: Decodable, Sendable {
    package var type: String
    package init(type: String) { self.type = type }
    private enum CodingKeys: String, CodingKey { case type = "msg_type" }
  }

  /// The way back, frame by frame.
  package var identities: [[UInt8]]
  /// The header as it came: it stands in every answer.
  package var headerBytes: [UInt8]
  package var header: Header
  package var contentBytes: [UInt8]

  package init(identities: [[UInt8]], headerBytes: [UInt8], header: Header, contentBytes: [UInt8]) {
    (self.identities, self.headerBytes, self.header, self.contentBytes) = (identities, headerBytes, header, contentBytes)
  }

  package var type: String { header.type }

  /// What it asks; throws where the content is not of this form.
  package func content<Content: Decodable>(_ type: Content.Type = Content.self) throws -> Content { try JSONDecoder().decode(type, from: Data(contentBytes)) }
}
