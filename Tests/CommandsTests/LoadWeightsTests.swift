import Commands
import Language
import Storage
import Tensors
import TestSupport
import Testing
import Workbench

/// `load weights` of PyTorch's files, and `save` of one.
@Suite struct LoadWeightsTests {
  private typealias T = TorchBytes
  private let bench = Bench()
  private let numbers = (0..<1024).map { 0.001 * Float($0) }
  private let mixing = TorchBytes.tensor([8, 32, 1, 1], [32, 1, 1, 1], of: TorchBytes.storage("FloatStorage", 1024))

  private func fingerprint(_ session: Session, _ name: String) throws -> String { try session.value(of: Reference(name)).fingerprint() }

  /// A checkpoint of these dictionaries.
  private func write(_ object: [UInt8]) throws { try bench.write("w.pth", T.archive(of: object, numbers)) }

  private func tensor(_ name: String, _ file: String) throws -> Tensor {
    let bytes = try #require(bench.bytes(file)), read = try Safetensors(decoding: bytes, from: file)
    return try #require(read[name])
  }

  @Test(arguments: ["m.pt", "m.pth"]) func whatIsSavedIsLoadedBitForBit(_ file: String) throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["save m to=\(file)", "seed 5", "n = build model bisenet width=1/8", "l = load weights \"\(file)\" into=n"]) == nil)
    #expect(try fingerprint(session, "l") == fingerprint(session, "m"))
    #expect(try fingerprint(session, "l") != fingerprint(session, "n"))
    #expect(bench.notes == ["took 225 of the network's 225 parameters"])
    // Batch norms count their batches, as load_state_dict(strict=True) asks.
    let bytes = try #require(bench.bytes(file)), names = try WeightsFile(decoding: bytes).parts[0].tensors.map(\.name)
    #expect(names.count { $0.hasSuffix(".num_batches_tracked") } == names.count { $0.hasSuffix(".running_var") })
    #expect(names.count == 225 + names.count { $0.hasSuffix(".num_batches_tracked") })
  }

  /// As ImageNet checkpoints are: whatever network stands on the backbone takes it, and keeps the rest.
  @Test(arguments: ["b.pt", "b.safetensors"]) func aBackboneIsSavedAlone(_ file: String) throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + [
      "save m.backbone to=\(file)", "save m to=m.safetensors", "seed 5", "n = build model bisenet width=1/8 spatial=stdc", "save n to=n.safetensors",
      "l = load weights \"\(file)\" into=n", "save l to=l.safetensors", "l.backbone",
    ]) == nil)
    func names(of file: String) throws -> [String] { try Safetensors(decoding: try #require(bench.bytes(file)), from: file).names }
    let all = try names(of: "l.safetensors"), backbone = all.filter { $0.hasPrefix("cp.backbone.") }
    #expect(backbone.count == 145 && all.count > backbone.count)
    for name in all { #expect(try tensor(name, "l.safetensors") == tensor(name, backbone.contains(name) ? "m.safetensors" : "n.safetensors"), "\(name)") }
    let kept = try WeightsFile(decoding: try #require(bench.bytes(file))).parts[0].tensors.map(\.name).filter { !$0.hasSuffix(".num_batches_tracked") }
    #expect(Set(kept) == Set(backbone))
    // An ensemble has several.
    #expect(session.perform(["e = ensemble m l"]) == nil)
    #expect(session.evaluate("save e.backbone to=x.pt").diagnostic?.message == "'e' has no field 'backbone'")
  }

  /// What is read of a safetensors file and of PyTorch's is one value for the statements after it, whatever the file's name.
  @Test func theNameSaysNothing() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["save m to=m.pt", "save m to=m.safetensors"]) == nil)
    let archive = try #require(bench.bytes("m.pt")), safetensors = try #require(bench.bytes("m.safetensors"))
    try bench.write("a.safetensors", archive)
    try bench.write("b.tar", safetensors)
    #expect(session.perform(["a = load weights \"a.safetensors\" into=m", "b = load weights \"b.tar\" into=m"]) == nil)
    #expect(try fingerprint(session, "a") == fingerprint(session, "b"))
  }

  @Test func aDictionaryIsFoundOrChosen() throws {
    let session = try bench.open()
    let other = T.tensor([8, 32, 1, 1], [32, 1, 1, 1], offset: 256, of: T.storage("FloatStorage", 1024))
    try write(T.dictionary(["epoch": T.integer(3), "args": T.symbols("cargparse\nNamespace\n)R"), "model": T.dictionary(["module.ffm.conv1.weight": mixing]), "ema": T.dictionary(["ffm.conv1.weight": other])]))
    #expect(session.perform(Small.built + ["l = load weights \"w.pth\" into=m part=\"ema\"", "save l to=l.safetensors", "k = load weights \"w.pth\" into=m part=\"model\"", "save k to=k.safetensors"]) == nil)
    #expect(try tensor("ffm.conv1.weight", "l.safetensors").values == Array(numbers[256..<512]))
    #expect(try tensor("ffm.conv1.weight", "k.safetensors").values == Array(numbers[..<256]))
    #expect(bench.notes.contains("taken off the front of names: module."))
    // It is recorded as it was typed.
    #expect(session.transcript.contains("l = load weights \"w.pth\" into=m part=\"ema\""))
  }

  @Test func oneOfTwoNetworksInOneDictionaryIsChosen() throws {
    let session = try bench.open(), unit = T.tensor([1], of: T.storage("FloatStorage", 1024))
    let other = T.tensor([8, 32, 1, 1], [1, 8, 1, 1], of: T.storage("FloatStorage", 1024))
    try write(T.dictionary(["net.ffm.conv1.weight": mixing, "net.ffm.conv2.weight": unit, "ema.ffm.conv1.weight": other, "ema.ffm.conv2.weight": unit]))
    #expect(session.perform(Small.built + ["l = load weights \"w.pth\" into=m part=\"ema\" strict=no", "save l to=l.safetensors"]) == nil)
    #expect(try tensor("ffm.conv1.weight", "l.safetensors").values == (0..<256).map { numbers[$0 / 32 + $0 % 32 * 8] })
  }

  @Test func headsOfOtherClassesAreLeft() throws {
    let session = try bench.open(), classifier = T.tensor([7, 32, 1, 1], [32, 1, 1, 1], of: T.storage("FloatStorage", 1024))
    try write(T.dictionary(["ffm.conv1.weight": mixing, "conv_out.conv_out.weight": classifier]))
    #expect(session.perform(Small.built + ["l = load weights \"w.pth\" into=m heads=fresh", "save l to=l.safetensors", "save m to=m.safetensors"]) == nil)
    #expect(bench.notes.contains("left as they were, as heads=fresh asks: conv_out (6), conv_out16 (6) and conv_out32 (6)"))
    #expect(try tensor("conv_out.conv_out.weight", "l.safetensors") == tensor("conv_out.conv_out.weight", "m.safetensors"))
    #expect(try tensor("ffm.conv1.weight", "l.safetensors").values == Array(numbers[..<256]))
  }

  @Test func whatDoesNotFitIsLeftWhereAsked() throws {
    let session = try bench.open()
    try write(T.dictionary([
      "ffm.conv1.weight": mixing, "ffm.conv2.weight": T.tensor([2], of: T.storage("FloatStorage", 1024)), "ffm.conv3.weight": mixing, "args": T.symbols("cargparse\nNamespace\n)R"), "conv_out_sp8.conv_out.weight": T.tensor([1], of: T.storage("FloatStorage", 1024)),
      "module.ffm.conv1.weight": mixing, "ffm.convblk.bn.num_batches_tracked": T.tensor([], [], of: T.storage("LongStorage", 512)),
    ]))
    #expect(session.perform(Small.built + ["l = load weights \"w.pth\" into=m strict=no"]) == nil)
    #expect(bench.notes.filter { !$0.hasPrefix("not in the file") } == [
      "took 1 of the network's 225 parameters", "taken off the front of names: module.", "of another shape, and left as they were: ffm.conv2.weight [2]",
      "not taken: conv_out_sp8.conv_out.weight, which belongs to the heads that learn outlines", "not taken: ffm.conv3.weight and args, which this network does not have",
      "in the file twice, with the same numbers: module.ffm.conv1.weight",
    ])
    #expect(session.perform(["l.report"]) == nil)
    let shown = session.shown.map { $0.split(separator: " ").joined(separator: " ") }
    #expect(shown.contains("ffm.conv1.weight taken") && shown.contains("ffm.convblk.bn.bias missing"))
    #expect(shown.contains("ffm.conv2.weight of another shape, [2] for [32, 8, 1, 1]"))
    #expect(shown.contains("args unexpected: an object of argparse.Namespace") && shown.contains("module.ffm.conv1.weight duplicate of ffm.conv1.weight"))
    #expect(shown.contains("conv_out_sp8.conv_out.weight belongs to the heads that learn outlines") && shown.contains("ffm.convblk.bn.num_batches_tracked counts batches"))
    #expect(session.perform(["save l.report to=r.csv"]) == nil)
    let written = try #require(bench.bytes("r.csv"))
    #expect(String(decoding: written, as: UTF8.self).contains("\nffm.conv1.weight,ffm.conv1.weight,taken\n"))
  }

  @Test func explainSaysWhatWouldBeTaken() throws {
    let session = try bench.open()
    try write(T.dictionary(["state_dict": T.dictionary(["ffm.conv1.weight": mixing])]))
    #expect(session.perform(Small.built + ["explain load weights \"w.pth\" into=m"]) == nil)
    let text = session.shown.joined(separator: "\n")
    #expect(text.contains("reads state_dict of w.pth, a PyTorch archive") && text.contains("takes 1 of the network's 225 parameters"), "\(text)")
  }

  /// Parameters that came later are not in the recipes of statements that leave them out.
  @Test func oldRecipesStay() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + ["save m to=m.safetensors", "l = load weights \"m.safetensors\" into=m", "k = load weights \"m.safetensors\" into=m strict=yes heads=file"]) == nil)
    #expect(session.names.first { $0.name == "l" }?.digest == session.names.first { $0.name == "k" }?.digest)
  }

  /// Any file of PyTorch, damaged anywhere, is loaded or refused with words, and the session goes on.
  @Test func damagedFilesAreLoadedOrRefused() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built) == nil)
    let seeds = CheckpointFixture.all.map(\.bytes) + [T.archive(of: T.dictionary(["ffm.conv1.weight": mixing]), numbers)]
    for number in 0..<60 {
      try bench.write("f.pth", Mutation.bytes(number, of: seeds[number % seeds.count]))
      if let diagnostic = session.evaluate("load weights \"f.pth\" into=m").diagnostic { #expect(!diagnostic.message.isEmpty && diagnostic.range != nil, "\(number)") }
    }
    #expect(session.perform(["after = 1"]) == nil)
  }
}
