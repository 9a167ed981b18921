import Tensors
import TestSupport
import Testing

/// Files that are cut short, damaged, or made to mislead.
@Suite struct WeightsFileFaultTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    let words: String
    var remedy: String?
    let bytes: [UInt8]
    init(_ words: String, _ bytes: [UInt8]) { (self.words, self.bytes) = (words, bytes) }
    init(_ words: String, _ remedy: String?, _ bytes: [UInt8]) { (self.words, self.remedy, self.bytes) = (words, remedy, bytes) }
    var testDescription: String { words }
  }

  private static let archive = "it cannot be read as a PyTorch archive: ", stream = "it cannot be read as a PyTorch file of before 1.6: ", tar = "it cannot be read as a PyTorch file of before 0.1.10: "
  private typealias T = TorchBytes

  static let zips = [
    Bad(archive + "it has no directory at its end; is it cut short?", Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 1, count: 600)),
    Bad(archive + "it has no directory at its end; is it cut short?", Array(CheckpointFixture.named("types.pt").bytes.dropLast())),
    Bad(archive + "its entry 'b' overlaps another", T.zip([T.Entry(name: "a", bytes: T.local(T.Entry(name: "b", bytes: [1]))), T.Entry(name: "b", bytes: [1], start: 31)])),
    Bad(archive + "its entry 'b' has another name in its header", T.zip([T.Entry(name: "a", bytes: [1]), T.Entry(name: "b", bytes: [1], start: 0)])),
    Bad(archive + "it has two entries named 'a'", T.zip([T.Entry(name: "a", bytes: [1]), T.Entry(name: "a", bytes: [1])])),
    Bad(archive + "its directory has no room for 9 entries", T.zip([T.Entry(name: "a", bytes: [1])], count: 9)),
    Bad(archive + "its entry 'a' is encrypted", T.zip([T.Entry(name: "a", bytes: [1], flags: 1)])),
    Bad(archive + "its entry 'a' claims 9 bytes, which its 1 cannot hold", T.zip([T.Entry(name: "a", bytes: [1], size: 9)])),
    Bad(archive + "its entry 'a' claims 1000000000 bytes, which its 3 cannot hold", T.zip([T.Entry(name: "a", bytes: [1, 2, 3], method: 8, size: 1_000_000_000)])),
    Bad(archive + "its entry 'a' begins beyond its entries", T.zip([T.Entry(name: "a", bytes: [1], start: 900)])),
    Bad(archive + "its entry 'data.pkl' is compressed by method 12; only DEFLATE is read", T.zip([T.Entry(name: "data.pkl", bytes: [1], method: 12, size: 1)])),
    Bad(archive + "its entry 'data.pkl' does not inflate to 30 bytes", T.zip([T.Entry(name: "data.pkl", bytes: [1, 2, 3], method: 8, size: 30)])),
    Bad(archive + "the checksum of its entry 'data.pkl' is wrong", T.zip([T.Entry(name: "data.pkl", bytes: [1], checksum: 5)])),
    Bad(archive + "it holds 2 files named data.pkl", T.zip([T.Entry(name: "a/data.pkl", bytes: [1]), T.Entry(name: "b/data.pkl", bytes: [1])])),
    Bad("it is a ZIP archive without data.pkl, which PyTorch's have", "unpack it first: it holds nets/best.pth", T.zip([T.Entry(name: "nets/best.pth", bytes: [1])])),
    Bad("it is a ZIP archive without data.pkl, which PyTorch's have", "save the weights with torch.save or as safetensors", T.zip([T.Entry(name: "word/document.xml", bytes: [1])])),
    Bad("it is a TorchScript program, not a dictionary of weights", "in Python: `torch.save(torch.jit.load(FILE).state_dict(), NEW)`",
      T.zip([T.Entry(name: "a/data.pkl", bytes: T.pickle()), T.Entry(name: "a/constants.pkl", bytes: [1])])),
    Bad(archive + "its byte order is neither little nor big", T.zip([T.Entry(name: "a/data.pkl", bytes: T.pickle()), T.Entry(name: "a/byteorder", bytes: Array("middle".utf8))])),
    Bad(archive + "it lacks the storage data/0", T.zip([T.Entry(name: "a/data.pkl", bytes: T.pickle())])),
    Bad(archive + "its storage data/0 has 8 bytes where 16 are announced", T.archive(T.pickle(), [UInt8](repeating: 0, count: 8))),
  ]

  static let pickles = [
    Bad(archive + "its pickle is damaged", T.archive(T.ops("}0."))), Bad(archive + "it ends early", T.archive(T.ops("}"))),
    Bad(archive + "it ends early", T.archive([0x80, 2, 0x8D] + T.little(.max, 8) + [1])), Bad(archive + "it ends early", T.archive([0x80, 2, UInt8(ascii: "X"), 255, 255, 255, 255])),
    Bad(archive + "its pickle holds the unknown operation 255", T.archive([0x80, 2, 255])), Bad(archive + "its pickle is damaged", T.archive(T.ops("h\u{5}."))),
    Bad(archive + "its pickle is damaged", T.archive(T.ops("(}Ns."))), Bad(archive + "its pickle is damaged", T.archive(T.ops("t."))),
    Bad(archive + "its pickle has more than 1048576 objects", T.archive(T.ops(String(repeating: "]", count: 1_100_000)))),
    Bad(archive + "its pickle has more than 4194304 values", T.archive(T.ops(String(repeating: "N", count: 4_200_000)))),
    Bad(archive + "its pickle has more than 16 MiB", T.archive(T.ops(String(repeating: "N", count: 17 << 20)))),
    Bad(archive + "it names 'w' twice in one dictionary", T.archive(T.ops("}(") + T.text("w") + T.tensor() + T.text("w") + T.tensor() + T.symbols("u."))),
    Bad(archive + "it holds a storage of an unknown type, the name torch.StringStorage", T.archive(T.pickle(T.tensor(of: T.storage("StringStorage"))))),
    Bad(archive + "it describes a storage that cannot be", T.archive(T.pickle(T.tensor(of: T.storage("FloatStorage", -4))))),
    Bad(archive + "it describes a storage that cannot be", T.archive(T.pickle(T.tensor(of: T.storage("FloatStorage", .max))))),
    Bad(archive + "it has a name of more than 4096 bytes", T.archive(T.pickle(named: String(repeating: "w", count: 5000)))),
    Bad(archive + "it lacks the storage data/../version", T.archive(T.pickle(T.tensor(of: T.storage("ByteStorage", 2, key: "../version"))))),
  ]

  static let tensors = [
    ([5], [1], 0, "that reaches beyond its storage"), ([2], [4], 0, "that reaches beyond its storage"), ([4], [1], 1, "that reaches beyond its storage"),
    ([1], [1], .max, "that reaches beyond its storage"), ([-1], [1], 0, "with a negative size, stride or offset"), ([2], [-1], 1, "with a negative size, stride or offset"),
    ([2], [1], -1, "with a negative size, stride or offset"), ([1 << 40, 1 << 40], [0, 0], 0, "with a shape too large for any memory"), ([3], [.max], 0, "with a shape too large for any memory"),
    ([1 << 40], [0], 0, "that repeats its numbers more often than any weight does"), ([2, 2], [1], 0, "whose shape and strides do not go together"),
  ].map { shape, strides, offset, words in Bad(archive + "it describes 'w' as a tensor " + words, T.archive(T.pickle(T.tensor(shape, strides, offset: offset)))) }

  static let streams = [
    Bad("it is a pickle that torch.save has not written", "save the weights with torch.save or as safetensors in the program that made it", T.ops("}.")),
    Bad(stream + "its version is not 1001", T.magic + [0x80, 2, UInt8(ascii: "K"), 7, UInt8(ascii: ".")]), Bad(stream + "it ends early", T.magic),
    Bad(stream + "it ends early", Array(T.stream(T.pickle()).dropLast())), Bad(stream + "1 byte follows its last storage", T.stream(T.pickle()) + [0]),
    Bad(stream + "its storage 0 does not have the 4 numbers that are announced", T.stream(T.pickle(), T.little(5, 8) + [UInt8](repeating: 0, count: 20))),
    Bad(stream + "it holds a storage that nothing refers to", T.stream(T.ops("}."))), Bad(stream + "it lacks the storage 0", T.stream(T.pickle(), keys: T.ops("]."), [])),
    Bad(stream + "it holds the storage 0 twice", T.stream(T.pickle(), keys: T.ops("](") + T.text("0") + T.text("0") + T.symbols("e."), T.little(4, 8) + [UInt8](repeating: 0, count: 16) + T.little(4, 8) + [UInt8](repeating: 0, count: 16))),
    Bad(stream + "it ends early", T.stream(T.pickle(T.tensor(of: T.storage("FloatStorage", 1 << 40))), T.little(1 << 40, 8))),
  ]

  static let tars = [
    Bad("it is a tar archive without the storages, tensors and pickle of PyTorch's first versions", "unpack it first: it holds best.pth", T.tar([("best.pth", [1])])),
    Bad(tar + "it holds two files named 'pickle'", T.tar([("pickle", [1]), ("pickle", [1])])), Bad(tar + "a file in it is longer than the archive; is it cut short?", T.tar([("pickle", [1])], size: 1 << 30)),
    Bad(tar + "its pickle is damaged", T.tar([("storages", [0x80, 2] + T.integer(1 << 40) + [0x2E]), ("tensors", [0x80, 2] + T.integer(0) + [0x2E]), ("pickle", [1])])),
  ]

  @Test(arguments: zips + pickles + tensors + streams + tars) func badFilesAreRefused(_ bad: Bad) {
    let error = #expect(throws: WeightsFileError.self) {
      let file = try WeightsFile(decoding: bad.bytes, from: "it")
      for part in file.parts { _ = try file.values(of: part.tensors) }
    }
    #expect(error.map { "\($0)" } == bad.words)
    #expect(error?.remedy == bad.remedy)
  }

  /// The pieces that the bad ones are made of are good.
  @Test(arguments: [TorchBytes.archive(TorchBytes.pickle()), TorchBytes.stream(TorchBytes.pickle())]) func goodPiecesAreRead(_ bytes: [UInt8]) throws {
    let file = try WeightsFile(decoding: bytes)
    #expect(file.parts.map { $0.tensors.map(\.name) } == [["w"]])
    #expect(try file.values(of: file.parts[0].tensors) == [[0, 0, 0, 0]])
  }

  /// A pickle that nests or refers to itself is only numbers.
  @Test func nestingAndCyclesAreBorne() throws {
    let tuples = T.ops(String(repeating: "(", count: 500_000) + String(repeating: "t", count: 500_000) + ".")
    #expect(try WeightsFile(decoding: T.archive(tuples)).parts.isEmpty)
    let dictionary: [UInt8] = T.symbols("}") + T.text("a"), opening = [[UInt8]](repeating: dictionary, count: 100_000).flatMap { $0 }
    let dictionaries: [UInt8] = T.ops("") + opening + T.symbols("N" + String(repeating: "s", count: 100_000) + ".")
    #expect(try WeightsFile(decoding: T.archive(dictionaries)).parts.isEmpty)
    let cycle: [UInt8] = T.ops("}q\u{1}") + T.text("self") + T.symbols("h\u{1}s") + T.text("w") + T.tensor() + T.symbols("s.")
    #expect(try WeightsFile(decoding: T.archive(cycle)).parts.map(\.tensors.count) == [1])
  }

  /// A list that many dictionaries share is not looked at for each of them.
  @Test(.timeLimit(.minutes(1))) func sharedListsDoNotMultiply() {
    let list = T.symbols("](" + String(repeating: "(NNt", count: 20_000) + "eq\u{1}0")
    let call = T.symbols("ccollections\nOrderedDict\n(h\u{1}tR")
    var items: [UInt8] = []
    for number in 0..<50_000 { items += T.text("k\(number)") + call }
    let error = #expect(throws: WeightsFileError.self) { try WeightsFile(decoding: T.archive(T.ops("") + list + T.symbols("}(") + items + T.symbols("u.")), from: "it") }
    #expect(error.map { "\($0)" } == "it cannot be read as a PyTorch archive: its dictionaries hold too many keys")
  }

  /// What is described as no tensor can be is no tensor.
  @Test(arguments: [TorchBytes.tensor([Int](repeating: 1, count: 65), [Int](repeating: 1, count: 65)), TorchBytes.tensor([4], [1], of: TorchBytes.text("no storage"))])
  func whatIsNoTensorIsNone(_ tensor: [UInt8]) throws { #expect(try WeightsFile(decoding: T.archive(T.pickle(tensor))).parts.isEmpty) }

  /// A file cut anywhere is refused.
  @Test(arguments: ["types.pt", "types-stream.pth", "deflated.pt", "wide.pt", "python2.pth", "views.pth"]) func cutFilesAreRefused(_ name: String) {
    let whole = CheckpointFixture.named(name).bytes
    for count in stride(from: 4, to: whole.count, by: 7) {
      #expect(throws: (any Error).self) { try WeightsFile(decoding: Array(whole[..<count])) }
    }
  }
}

/// Any bytes at all: read or refused, without a crash, a hang, or memory that the file does not justify.
@Suite struct WeightsFileFuzzTests {
  @Test(arguments: 0..<2) func anyFile(_ part: Int) {
    let seeds = CheckpointFixture.all.map(\.bytes) + [TorchBytes.archive(TorchBytes.pickle()), TorchBytes.stream(TorchBytes.pickle())]
    Mutation.trying(Mutation.count(usual: 6000, share: 0.2), part: part, of: 2) { number in
      // Half of them have a damaged pickle in a whole archive, which no checksum guards.
      let pickle = TorchBytes.ops("") + TorchBytes.dictionary(["a": TorchBytes.tensor(), "state_dict": TorchBytes.dictionary(["w": TorchBytes.tensor([2, 2], [2, 1])])]) + TorchBytes.symbols(".")
      let bytes = number % 4 < 2 ? TorchBytes.archive(Mutation.bytes(number, of: pickle)) : Mutation.bytes(number, of: seeds[number / 4 % seeds.count])
      guard let file = try? WeightsFile(decoding: bytes) else { return }
      for part in file.parts {
        guard let values = try? file.values(of: part.tensors) else { continue }
        #expect(values.map(\.count) == part.tensors.map { $0.shape.reduce(1, *) }, "\(number)")
      }
    }
  }
}
