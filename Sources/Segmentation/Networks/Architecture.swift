/// A family of networks: what can be chosen, and the network of each choice.
public protocol Architecture: Sendable {
  /// One word, as forms and files have it.
  static var name: String { get }
  /// What can be chosen, in the order in which it is listed.
  static var options: [NetworkOption] { get }

  /// The network of these options, each of which has one of its values.
  ///
  /// - Throws: `UnknownForm` where values do not go together.
  static func network(_ options: [String: String], classes: Int) throws -> Network
}

/// Something that can be chosen about an architecture.
public struct NetworkOption: Sendable, Hashable {
  public let name: String
  public let values: [String]
  public let usual: String

  public init<Choice: RawRepresentable<String> & CaseIterable>(_ name: String, usual: Choice) {
    (self.name, values, self.usual) = (name, Choice.allCases.map(\.rawValue), usual.rawValue)
  }
}

/// The catalog of networks.
public enum Architectures {
  public static let all: [any Architecture.Type] = [BiSeNet.self]

  public static func named(_ name: String) -> (any Architecture.Type)? { all.first { $0.name == name } }
}
