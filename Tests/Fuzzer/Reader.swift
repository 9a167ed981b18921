import Imaging
import Scenes
import Storage
import Tensors
import TestSupport

/// A reader of files, with what is tried on it.
struct Reader: Sendable {
  let name: String
  /// The input of a number, the same on every run.
  let input: @Sendable (Int) -> [UInt8]
  /// Whether the bytes are read; refusing them is as well.
  let read: @Sendable ([UInt8]) -> Bool
  /// How many bytes of memory each byte of the input may take, beside a fixed share.
  let factor: Int

  /// What a file of so many bytes may take.
  func room(_ bytes: Int) -> Int { 8 << 20 + factor * bytes }

  init(_ name: String, factor: Int, _ input: @escaping @Sendable (Int) -> [UInt8], read: @escaping @Sendable ([UInt8]) -> Bool) { (self.name, self.factor, self.input, self.read) = (name, factor, input, read) }

  static func named(_ name: String) -> Reader? { all.first { $0.name == name } }

  static let all = [safetensors, archive, stream, tar, png, jpeg, label, labelMap, list]

  // MARK: weights

  /// Numbers become 32-bit ones, 8-bit ones too; names and shapes are kept besides.
  private static let safetensors = Reader("safetensors", factor: 200) { number in
    Mutation.bytes(number, of: dictionaries[number % dictionaries.count])
  } read: { bytes in readWeights(bytes) }

  private static let dictionaries: [[UInt8]] = {
    let own = Safetensors([("a", Tensor(shape: [2, 3], values: [1, 2, 3, 4, 5, 6])), ("b.weight", Tensor(shape: [], values: [7]))], metadata: ["format": "pt"]).encoded
    let header = #"{"d":{"dtype":"F64","shape":[1],"data_offsets":[0,8]},"h":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},"b":{"dtype":"BF16","shape":[1,2],"data_offsets":[12,16]},"i":{"dtype":"I8","shape":[4],"data_offsets":[16,20]},"n":{"dtype":"I64","shape":[],"data_offsets":[20,28]}}"#
    return [own, TorchBytes.little(header.utf8.count, 8) + Array(header.utf8) + (0..<28).map { 9 &* $0 }]
  }()

  private static let fixtures = CheckpointFixture.all.map { (form: WeightsFile.form(of: $0.bytes), bytes: $0.bytes) }
  private static func fixtures(_ form: WeightsFileForm) -> [[UInt8]] { fixtures.filter { $0.form == form }.map(\.bytes) }

  private static let pickle = TorchBytes.ops("") + TorchBytes.dictionary(["a": TorchBytes.tensor(), "state_dict": TorchBytes.dictionary(["w": TorchBytes.tensor([2, 2], [2, 1])])]) + TorchBytes.symbols(".")

  /// Half of them have a damaged pickle in a whole archive, which no checksum guards.
  private static let archive = Reader("archive", factor: 2000) { number in
    let seeds = fixtures(.torchArchive) + [TorchBytes.archive(pickle), TorchBytes.zip([.init(name: "a/data.pkl", bytes: pickle), .init(name: "a/data/0", bytes: [1, 2, 3], method: 8, size: 16)])]
    return number % 2 == 0 ? TorchBytes.archive(Mutation.bytes(number, of: pickle)) : Mutation.bytes(number, of: seeds[number / 2 % seeds.count])
  } read: { bytes in readWeights(bytes) }

  private static let stream = Reader("stream", factor: 2000) { number in
    let seeds = fixtures(.torchStream) + [TorchBytes.stream(pickle)]
    return number % 2 == 0 ? TorchBytes.stream(Mutation.bytes(number, of: pickle)) : Mutation.bytes(number, of: seeds[number / 2 % seeds.count])
  } read: { bytes in readWeights(bytes) }

  /// Half of them have a damaged member in a whole archive.
  private static let tar = Reader("tar", factor: 2000) { number in
    let members: [(String, [UInt8])] = [
      ("sys_info", TorchBytes.ops("}.")), ("pickle", pickle), ("tensors", [0x80, 2] + TorchBytes.integer(0) + [0x2E]), ("storages", [0x80, 2] + TorchBytes.integer(0) + [0x2E]),
    ]
    let seeds = fixtures(.torchTar) + [TorchBytes.tar(members)]
    guard number % 2 == 0 else { return Mutation.bytes(number, of: seeds[number / 2 % seeds.count]) }
    return TorchBytes.tar(members.enumerated().map { $0 == number / 2 % members.count ? ($1.0, Mutation.bytes(number, of: $1.1)) : $1 })
  } read: { bytes in readWeights(bytes) }

  private static func readWeights(_ bytes: [UInt8]) -> Bool {
    guard let file = try? WeightsFile(decoding: bytes) else { return false }
    var isRead = true
    for part in file.parts {
      guard let values = try? file.values(of: part.tensors) else { isRead = false; continue }
      precondition(values.map(\.count) == part.tensors.map { $0.shape.reduce(1, *) }, "as many numbers as the shapes say")
    }
    return isRead
  }

  // MARK: pictures

  /// Deflate makes 1032 bytes of one, a byte may be eight pixels, and a pixel becomes three bytes, or six while it is read; a label is read as colours too.
  private static let png = Reader("png", factor: 1032 * 8 * 9) { PNGMutation.bytes($0) } read: { bytes in
    _ = PNG.orientation(bytes)
    for use in FileExamination.Use.allCases {
      let seen = FileExamination(bytes, for: use)
      precondition(FileExamination(text: seen.text)?.text == seen.text, "what was seen is remembered")
    }
    if let map = try? PNG.decodeIndices(bytes) { precondition(map.values.count == map.size.area) }
    guard let image = try? PNG.decodeImage(bytes) else { return false }
    precondition(image.pixels.count == 3 * image.size.area)
    return true
  }

  /// A block of 64 pixels takes at least a bit, and each of its coefficients two bytes while a progressive picture is read.
  private static let jpeg = Reader("jpeg", factor: 512 * 12) { number in Mutation.bytes(number, of: jpegs[number % jpegs.count]) } read: { bytes in
    _ = JPEG.orientation(bytes)
    let seen = FileExamination(bytes, for: .picture)
    precondition(FileExamination(text: seen.text)?.text == seen.text, "what was seen is remembered")
    guard JPEG.begins(bytes), let image = try? JPEG.decodeImage(bytes) else { return false }
    precondition(image.pixels.count == 3 * image.size.area)
    return true
  }

  private static let jpegs = Seeds.files("ImagingTests/Fixtures/jpeg", ending: ".jpg") + [TinyJPEG.bytes, TinyJPEG.held(6), TinyJPEG.held(8, isLittle: false)]

  /// As the label of an image of its size, by the formats that read numbers, colours and channels.
  private static let label = Reader("label", factor: 1032 * 8 * 9) { PNGMutation.bytes($0) } read: { bytes in
    let files = FolderInMemory.labelled
    files.replace(by: bytes)
    var isRead = false
    for format in [GTA5.self, PlainFolder.self, CARLA.self] as [any DatasetFormat.Type] {
      guard let data = try? format.load(files.request).whole, let label = try? data.label(at: 0) else { continue }
      precondition(label.values.allSatisfy { $0 < 19 || $0 == 255 } && label.size == PixelSize(9, 7))
      isRead = true
    }
    return isRead
  }

  // MARK: text

  private static let maps = [
    "# mine\r\n0 = road\n12..15 = void\n128,0,64 = traffic sign\n* = void\nchannel = first\n", "\u{FEFF}7 = road\r8 = sidewalk\r10 = car # a vehicle", "0..255 = sky\n", "1,2,3 = car\n4, 5, 6 = bicycle\n",
  ]

  private static let labelMap = Reader("labelmap", factor: 2000) { number in Mutation.bytes(number, of: Array(maps[number % maps.count].utf8)) } read: { bytes in
    guard let map = try? LabelMapping(bytes: bytes, path: "map.txt") else { return false }
    precondition(map.table.count == 256 && map.classes.allSatisfy { (0..<19).contains($0) })
    return true
  }

  private static let lists = [
    "/SegNet/CamVid/train/a.png /SegNet/CamVid/trainannot/a.png\n/SegNet/CamVid/train/b.png /SegNet/CamVid/trainannot/b.png\n", "a\r\nb\r\n", "train/a.png\ttrainannot/a.png\r./train/b.png,trainannot/b.png",
    "\u{FEFF}train\\a.png\n\nb.png\nb.png\nnone\n",
  ]

  private static let list = Reader("list", factor: 2000) { number in Mutation.bytes(number, of: Array(lists[number % lists.count].utf8)) } read: { bytes in
    let files = FolderInMemory.listed
    files.replace(by: bytes)
    var isRead = false
    for format in [PlainFolder.self, CamVid.self] as [any DatasetFormat.Type] {
      guard let data = try? format.load(files.request) else { continue }
      precondition((data.whole?.count ?? 0) <= 3)
      isRead = true
    }
    return isRead
  }
}
