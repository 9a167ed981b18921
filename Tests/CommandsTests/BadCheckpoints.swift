import TestSupport
import Tensors

extension BadInput {
  private typealias T = TorchBytes
  private static let numbers = [Float](repeating: 0.5, count: 1024)
  /// Of the small network: `ffm.conv1.weight`, and a classifier of 7 classes.
  private static let mixing = T.tensor([8, 32, 1, 1], [32, 1, 1, 1], of: T.storage("FloatStorage", 1024))
  private static let classifier = T.tensor([7, 32, 1, 1], [32, 1, 1, 1], of: T.storage("FloatStorage", 1024))
  private static let unit = T.tensor([1], of: T.storage("FloatStorage", 1024))
  private static let namespace = T.symbols("cargparse\nNamespace\n)R")

  private static func checkpoint(_ statement: String, _ message: String, _ remedy: String? = nil, _ object: [UInt8]) -> BadInput {
    BadInput(statement, message, remedy, after: Small.built) { try $0.write("w.pth", T.archive(of: object, numbers)) }
  }

  /// Files of PyTorch, and what is in them.
  static let checkpoints = [
    BadInput("load weights ‹w.pth›", "w.pth cannot be read as a PyTorch archive: it has no directory at its end; is it cut short?", after: Small.built) {
      try $0.write("w.pth", Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 1, count: 600))
    },
    BadInput("load weights ‹w.pth›", "w.pth cannot be read as a PyTorch file of before 1.6: it ends early", after: Small.built) { try $0.write("w.pth", T.magic) },
    BadInput("load weights ‹w.pth›", "w.pth cannot be read as a PyTorch file of before 0.1.10: a header in it is damaged", after: Small.built) {
      try $0.write("w.pth", Array("storages".utf8) + [UInt8](repeating: 0, count: 249) + Array("ustar".utf8) + [UInt8](repeating: 0, count: 400))
    },
    BadInput("load weights ‹w.npy›", "w.npy is a NumPy array, not a safetensors file", "write the tensors as safetensors in the program that made them", after: Small.built) {
      try $0.write("w.npy", [0x93] + Array("NUMPY".utf8) + [UInt8](repeating: 0, count: 100))
    },
    checkpoint("load weights ‹w.pth›", "w.pth holds no dictionary of tensors", "save the network's state_dict()", T.dictionary(["epoch": T.integer(3)])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds no parameter of this network", "names are expected as published, for example cp.backbone.features.0.conv.weight", T.dictionary(["classifier.weight": mixing])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds several dictionaries that fit this network: model (1 parameter) and ema.shadow (1 parameter)", #"choose one: part="model" or part="ema.shadow""#,
      T.dictionary(["model": T.dictionary(["ffm.conv1.weight": mixing]), "ema": T.dictionary(["shadow": T.dictionary(["ffm.conv1.weight": mixing])]), "epoch": T.integer(3)])),
    checkpoint(
      #"load weights w.pth part=‹"modle"›"#, "w.pth has no dictionary of tensors named 'modle'", "did you mean model?", T.dictionary(["model": T.dictionary(["ffm.conv1.weight": mixing])])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds this network more than once, as ema and as net", #"choose one: part="ema" or part="net""#,
      T.dictionary(["net.ffm.conv1.weight": mixing, "net.ffm.conv2.weight": unit, "ema.ffm.conv1.weight": mixing, "ema.ffm.conv2.weight": unit])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds ffm.conv1.weight and module.ffm.conv1.weight, which name one parameter", "leave one of them out of the file",
      T.dictionary(["ffm.conv1.weight": mixing, "module.ffm.conv1.weight": T.tensor([8, 32, 1, 1], [32, 1, 1, 1], offset: 5, of: T.storage("FloatStorage", 1024))])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds ffm.conv3.weight, which this network does not have, and 1 more",
      "ffm.conv3.weight is near to ffm.conv2.weight; build the network with the width and spatial path of the file, or leave out what it does not have with strict=no",
      T.dictionary(["ffm.conv1.weight": mixing, "ffm.conv3.weight": mixing, "zoo.weight": mixing])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds args, an object of argparse.Namespace, among its tensors", "strict=no leaves out what the network does not have",
      T.dictionary(["ffm.conv1.weight": mixing, "args": namespace])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth holds ffm.conv2.weight as a tensor of complex64", "weights are tensors of floating-point numbers",
      T.dictionary(["ffm.conv1.weight": mixing, "ffm.conv2.weight": T.tensor([32, 8, 1, 1], [8, 1, 1, 1], of: T.storage("ComplexFloatStorage", 512))])),
    checkpoint(
      "load weights ‹w.pth› strict=no", "w.pth holds ffm.conv1.weight as int32, and weights are floating-point numbers", "save them as float32; a quantised network has to be dequantised first",
      T.dictionary(["ffm.conv1.weight": T.tensor([8, 32, 1, 1], [32, 1, 1, 1], of: T.storage("IntStorage", 1024))])),
    checkpoint(
      "load weights ‹w.pth›", "conv_out.conv_out.weight has shape [7, 32, 1, 1] in w.pth and [19, 32, 1, 1] in the network", "heads=fresh leaves the network's own heads, for a file of other classes",
      T.dictionary(["ffm.conv1.weight": mixing, "conv_out.conv_out.weight": classifier])),
    checkpoint(
      "load weights ‹w.pth›", "ffm.conv2.weight has shape [7, 32, 1, 1] in w.pth and [32, 8, 1, 1] in the network; 1 more parameter differs",
      "build the network with the width and spatial path of the file, or leave out what does not fit with strict=no",
      T.dictionary(["ffm.conv1.weight": mixing, "ffm.conv2.weight": classifier, "conv_out.conv_out.weight": classifier])),
    checkpoint(
      "load weights ‹w.pth› heads=fresh", "w.pth holds no parameter of this network", "names are expected as published, for example cp.backbone.features.0.conv.weight",
      T.dictionary(["conv_out.conv_out.weight": T.tensor([19, 32, 1, 1], [32, 1, 1, 1], of: T.storage("FloatStorage", 1024))])),
    checkpoint(
      "load weights ‹w.pth›", "w.pth cannot be read as a PyTorch archive: it describes 'ffm.conv1.weight' as a tensor that reaches beyond its storage", nil,
      T.dictionary(["ffm.conv1.weight": T.tensor([8, 32, 1, 1], [320, 1, 1, 1], of: T.storage("FloatStorage", 1024))])),
    BadInput("save m to=‹m.bin›", "a model is not written as 'm.bin'", "end the name in .safetensors or .pt or .pth", after: Small.built),
  ]
}
