import Segmentation

extension NetworkForm {
  /// As `build model` takes it: `bisenet width=1/2`.
  var words: String { ([name] + options.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }).joined(separator: " ") }

  /// What files say of the network whose weights they hold.
  var metadata: [String: String] { Dictionary(uniqueKeysWithValues: resolved.map { ($0.name, $0.value) }).merging(["network": name]) { $1 } }
}
