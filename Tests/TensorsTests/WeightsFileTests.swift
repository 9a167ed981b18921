import Foundation
import Tensors
import TestSupport
import Testing

/// Every form that torch.save has written, against what PyTorch wrote into it.
@Suite struct WeightsFileTests {
  @Test(arguments: CheckpointFixture.all) func everyFormIsReadBitForBit(_ fixture: CheckpointFixture) throws {
    let file = try WeightsFile(decoding: fixture.bytes, from: fixture.name)
    for (name, tensors) in fixture.parts {
      let part = try #require(file.parts.first { ($0.name ?? "root") == name }, "\(file.parts.map(\.name))")
      #expect(Set(part.tensors.map(\.name)) == Set(tensors.keys))
      for (entry, values) in zip(part.tensors, try file.values(of: part.tensors)) {
        let expected = try #require(tensors[entry.name])
        #expect(entry.shape == expected.shape, "\(entry.name)")
        #expect(values.map(\.bitPattern) == expected.words, "\(entry.name)")
      }
    }
  }

  @Test(arguments: [
    ("types.pt", WeightsFileForm.torchArchive), ("deflated.pt", .torchArchive), ("wide.pt", .torchArchive), ("types-stream.pth", .torchStream), ("checkpoint-stream.tar", .torchStream),
    ("first.pth.tar", .torchTar),
  ]) func theFormIsKnownByContent(_ name: String, _ form: WeightsFileForm) {
    #expect(WeightsFile.form(of: CheckpointFixture.named(name).bytes) == form)
  }

  /// A header of 640 bytes begins with the two bytes of a pickle.
  @Test func safetensorsStaySafetensors() throws {
    let count = 640 - "{\"__metadata__\":{\"k\":\"\"}}".utf8.count
    let bytes = Safetensors([], metadata: ["k": String(repeating: "x", count: count)]).encoded
    #expect(bytes[..<2] == [0x80, 2])
    #expect(WeightsFile.form(of: bytes) == .safetensors)
    #expect(try WeightsFile(decoding: bytes).parts.map(\.tensors.count) == [0])
  }

  @Test func safetensorsAreOnePart() throws {
    let tensor = Tensor(shape: [2, 1], values: [1, -0.5]), file = try WeightsFile(decoding: Safetensors([("a", tensor)]).encoded)
    #expect(file.parts.map(\.name) == [nil])
    #expect(file.parts[0].tensors.map(\.type) == ["F32"] && file.parts[0].tensors.map(\.isWhole) == [false])
    #expect(try file.values(of: file.parts[0].tensors) == [[1, -0.5]])
  }

  /// Foreign objects beside the weights are words, and stand in no one's way.
  @Test func otherObjectsAreInert() throws {
    let file = try WeightsFile(decoding: CheckpointFixture.named("checkpoint.pth").bytes)
    #expect(file.parts.map(\.name) == ["state_dict"])
    #expect(file.parts[0].others.isEmpty)
    let odd = try WeightsFile(decoding: CheckpointFixture.named("odd.pt").bytes).parts[0]
    let others = Dictionary(uniqueKeysWithValues: odd.others.map { ($0.name, $0.what) })
    #expect(others == [
      "complex": "a tensor of complex64", "truth": "a tensor of bool", "sparse": "a tensor of another layout (_rebuild_sparse_tensor)",
      "quantised": "a tensor of another layout (_rebuild_qtensor)", "eighth": "a tensor of float8_e4m3fn", "unsigned": "a tensor of uint16", "text": "a text", "none": "nothing (None)",
      "number": "a number", "object": "an object of argparse.Namespace", "inner": "a list",
    ])
  }

  @Test func dictionariesInListsAreFound() throws {
    let list = TorchBytes.symbols("](") + TorchBytes.dictionary(["w": TorchBytes.tensor()]) + TorchBytes.dictionary(["v": TorchBytes.tensor()]) + TorchBytes.symbols("e")
    let file = try WeightsFile(decoding: TorchBytes.archive(TorchBytes.ops("") + TorchBytes.dictionary(["models": list]) + TorchBytes.symbols(".")))
    #expect(file.parts.map(\.name) == ["models.0", "models.1"])
  }

  @Test func typesAreNamed() throws {
    let part = try WeightsFile(decoding: CheckpointFixture.named("types.pt").bytes).parts[0]
    let types = Dictionary(uniqueKeysWithValues: part.tensors.map { ($0.name, "\($0.type) \($0.isWhole)") })
    #expect(types["double"] == "float64 false" && types["brain"] == "bfloat16 false" && types["half"] == "float16 false")
    #expect(types["num_batches_tracked"] == "int64 true" && types["byte"] == "uint8 true")
    let (base, shared, rows) = (part.tensors.first { $0.name == "base" }!, part.tensors.first { $0.name == "shared" }!, part.tensors.first { $0.name == "rows" }!)
    #expect(base.isSame(as: shared) && !base.isSame(as: rows))
  }

  /// What is written is read again, and its numbers lie at multiples of 64 bytes.
  @Test func whatIsWrittenIsRead() throws {
    let tensors: [(name: String, tensor: Tensor)] = [
      ("a.weight", Tensor(shape: [2, 3], values: [1, -2, 3.5, .leastNonzeroMagnitude, -0.0, 7])), ("é", Tensor(shape: [0, 4], values: [])), ("scalar", Tensor(shape: [], values: [9])),
    ]
    let entries = tensors.map { (name: $0.name, content: TorchState.Content.floats($0.tensor)) } + [(name: "a.num_batches_tracked", content: .counter(1 << 40))]
    let bytes = TorchState(entries).encoded, file = try WeightsFile(decoding: bytes), part = file.parts[0]
    #expect(bytes == TorchState(entries).encoded)
    #expect(file.parts.count == 1 && part.name == nil && part.others.isEmpty)
    #expect(part.tensors.map(\.name) == entries.map(\.name) && part.tensors.map(\.shape) == [[2, 3], [0, 4], [], []])
    #expect(part.tensors.map(\.type) == ["float32", "float32", "float32", "int64"])
    let values = try file.values(of: part.tensors)
    for (tensor, values) in zip(tensors, values) { #expect(values.map(\.bitPattern) == tensor.tensor.values.map(\.bitPattern)) }
    #expect(values[3] == [Float(1 << 40)])
    let numbers = withUnsafeBytes(of: (Float(1), Float(-2), Float(3.5))) { Array($0) }
    let place = try #require(bytes.indices.first { bytes[$0...].starts(with: numbers) })
    #expect(place % 64 == 0)
  }
}
