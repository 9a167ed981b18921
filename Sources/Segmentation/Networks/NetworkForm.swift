/// What says which network weights belong to: an architecture of the catalog and its options. It lies beside weights in the store.
public struct NetworkForm: Hashable, Sendable {
  /// Of the architecture: `bisenet`.
  public let name: String
  /// Those that are not the architecture's usual ones, by name: `["width": "1/4"]`.
  public let options: [String: String]

  /// - Parameter options: values by name; those that are left out are the usual ones.
  public init(_ name: String, _ options: [String: String] = [:]) {
    self.name = name
    let usual = Architectures.named(name)?.options ?? []
    self.options = options.filter { option in !usual.contains { ($0.name, $0.usual) == (option.key, option.value) } }
  }

  /// Every option with its value, in the order in which the architecture declares them.
  public var resolved: [(name: String, value: String)] {
    (Architectures.named(name)?.options ?? []).map { ($0.name, options[$0.name] ?? $0.usual) }
  }

  /// The network of this form.
  ///
  /// - Throws: `UnknownForm` where the catalog has no such architecture, option or value, or the architecture does not combine them.
  public func network(classes: Int = 19) throws -> Network {
    guard let architecture = Architectures.named(name) else { throw UnknownForm(option: nil, "the network \(name) is unknown") }
    for (option, value) in options.sorted(by: { $0.key < $1.key }) {
      guard let known = architecture.options.first(where: { $0.name == option }) else { throw UnknownForm(option: option, "\(name) has no option named \(option)") }
      guard known.values.contains(value) else { throw UnknownForm(option: option, "\(option) of \(name) cannot be \(value)") }
    }
    return try architecture.network(Dictionary(uniqueKeysWithValues: resolved.map { ($0.name, $0.value) }), classes: classes)
  }
}

/// A form that no network here has.
public struct UnknownForm: Error, CustomStringConvertible {
  /// The option that is wrong, where it is one.
  public let option: String?
  public let description: String

  public init(option: String?, _ description: String) { (self.option, self.description) = (option, description) }
}

extension NetworkForm: Codable {
  private enum Key: String, CodingKey {
    case name, options
    /// Of records that were written when BiSeNet was the one network.
    case spatialPath, width
  }

  public init(from decoder: any Decoder) throws {
    let record = try decoder.container(keyedBy: Key.self)
    if let name = try record.decodeIfPresent(String.self, forKey: .name) {
      self.init(name, try record.decode([String: String].self, forKey: .options))
    } else {
      self.init("bisenet", ["spatial": try record.decode(String.self, forKey: .spatialPath), "width": try record.decode(String.self, forKey: .width)])
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var record = encoder.container(keyedBy: Key.self)
    try record.encode(name, forKey: .name)
    try record.encode(options, forKey: .options)
  }
}
