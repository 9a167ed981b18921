import Commands
import FoundationEssentials
import Imaging
import Language
import Scenes
import Segmentation
import Storage
import Tensors
import Testing
import Workbench

/// Every number that somebody needs to verify Segue by hand comes out by one statement.
@Suite struct VerifiableTests {
  private let bench = Bench()

  private func file(_ name: String) throws -> Safetensors { try Safetensors(decoding: try #require(bench.bytes(name)), from: name) }
  private func text(_ name: String) throws -> [String] { String(decoding: try #require(bench.bytes(name)), as: UTF8.self).split(separator: "\n").map(String.init) }

  @Test func theStateOfATrainingIsWritten() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + [
      "a = train m on=few.train toward=d.target.train batch=2 epochs=2 every=1", "save a to=w.safetensors", "save a.state to=s.safetensors", "save a.discriminator to=d.safetensors",
    ]) == nil)
    let state = try file("s.safetensors"), weights = try file("w.safetensors"), discriminator = try file("d.safetensors")
    #expect(state.metadata["step"] == "4")
    for entry in weights.entries { #expect(state["model.\(entry.name)"] == entry.tensor, "\(entry.name)") }
    #expect(!discriminator.entries.isEmpty)
    for entry in discriminator.entries {
      #expect(state["discriminator.\(entry.name)"] == entry.tensor)
      #expect(state["first.\(entry.name)"]?.shape == entry.tensor.shape && state["second.\(entry.name)"]?.values.contains { $0 > 0 } == true, "\(entry.name)")
    }
    #expect(state["velocity.sp.conv1.conv.weight"]?.values.contains { $0 != 0 } == true)
    #expect(Set(state.names.map { $0.prefix { $0 != "." } }) == ["model", "velocity", "discriminator", "first", "second"])
    #expect(session.perform(["a.state", "a.discriminator"]) == nil)
    #expect(session.evaluate("save a@1.state to=x.safetensors").diagnostic?.message == "'a@1' has no field 'state'")
    #expect(session.perform(["t = train m on=few.train batch=2 epochs=1"]) == nil)
    #expect(session.evaluate("save t.discriminator to=x.safetensors").diagnostic?.message == "'t' has no field 'discriminator'")
  }

  @Test func lossesAreWrittenInFull() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + [
      "a = train m on=few.train toward=d.target.train validate=few.val batch=2 epochs=3 every=2", "save a.history to=h.csv", "save a.history to=h.json", "a.history",
      "expect a.loss > 0", "expect a.adversarial_loss > 0", "expect a.discriminator_loss > 0", "expect a.history[1].loss > 0",
    ]) == nil)
    let lines = try text("h.csv")
    #expect(lines[0] == "epoch,loss,miou,pseudo_loss,adversarial_loss,discriminator_loss,entropy_loss,mixed_loss,confidence,masked_loss" && lines.count == 4)
    let last = lines[3].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    for (column, field) in ["", "loss", "", "", "adversarial_loss", "discriminator_loss"].enumerated() where !field.isEmpty {
      #expect(Double(last[column]) == (try session.value(of: Reference("a", [.field(field)])).number?.value), "\(field)")
      #expect(last[column].count > 8, "rounded: \(last[column])")
    }
    let decoded = try JSONDecoder().decode([[String: Double]].self, from: Data(try #require(bench.bytes("h.json"))))
    #expect(decoded.count == 3 && decoded[2]["segmentation"] == Double(last[1]))
    #expect(try session.value(of: Reference("a", [.epoch("1"), .field("loss")])).number?.value == Double(lines[1].split(separator: ",")[1]))
  }

  @Test func thresholdsOfPseudoLabelsAreWritten() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["p = pseudolabel t on=few.train keep=50%", "save p.thresholds to=p.csv", "save p.thresholds to=p.json", "p.thresholds", "save p[0].label to=l.png"]) == nil)
    let rows = try text("p.csv").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(rows[0] == ["class", "threshold", "predicted_pixels", "kept_pixels", "kept_share"] && rows.count == 20)
    #expect(rows.dropFirst().reduce(0) { $0 + Int($1[2])! } == 4 * 64 * 32)
    let predicted = rows.dropFirst().filter { $0[2] != "0" }
    #expect(!predicted.isEmpty && predicted.allSatisfy { Float($0[1]).map { 0 < $0 && $0 <= 0.9 } == true && Int($0[3])! >= Int($0[2])! / 2 })
    // Again from the store.
    let reopened = try Bench.reread(bench)
    #expect(reopened.contains("pseudolabel"))
  }

  /// The pixels, and nothing else: no titles, labels as train ids, styled images as the numbers that they are.
  @Test func picturesAreWrittenBare() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + [
      "f = fda few toward=d.target beta=0.05", "save few[0].image to=x.png", "save few[0].label to=l.png", "save f[0].image to=f.safetensors", "save f[0].image to=f.png",
      "save few[0].label to=l.safetensors", "p = predict t on=few[0]", "save p.label to=p.png", "save p to=p.safetensors",
    ]) == nil)
    let image = try PNG.decodeImage(try #require(bench.bytes("x.png"))), labels = try PNG.decodeIndices(try #require(bench.bytes("l.png")))
    #expect(image.size == PixelSize(64, 32) && labels.size == PixelSize(64, 32))
    #expect(labels.values.allSatisfy { $0 < 19 || $0 == 255 } && Set(labels.values).count > 3)
    #expect(try file("l.safetensors")["tensor"]?.values == labels.values.map(Float.init))
    let floats = try #require(try file("f.safetensors")["tensor"]), styled = try PNG.decodeImage(try #require(bench.bytes("f.png")))
    #expect(floats.shape == [32, 64, 3])
    #expect(floats.values.contains { $0 != $0.rounded() }, "not rounded")
    #expect(zip(floats.values, styled.pixels).allSatisfy { UInt8(min(max($0, 0), 255).rounded(.toNearestOrEven)) == $1 })
    let predicted = try PNG.decodeIndices(try #require(bench.bytes("p.png"))), probabilities = try #require(try file("p.safetensors")["tensor"])
    for pixel in [0, 700, 2047] {
      let own = probabilities.values[pixel * 19..<(pixel + 1) * 19]
      #expect(own[own.startIndex + Int(predicted.values[pixel])] == own.max())
    }
  }

  /// The loss of a training of one step is that of the batch that is said to have been seen.
  @Test func aBatchIsWhatTheNetworkSaw() throws {
    let session = try bench.open()
    #expect(session.perform(Small.built + [
      "g = augment few", "f = fda g toward=d.target beta=0.05", "t = train m on=f.train toward=d.target.train batch=4 epochs=1 crop=48x32", "b = load batch t",
      "save b to=b.safetensors", "save b to=b.csv", "save b to=b.png", "b", "c = load batch f.train toward=d.target.train batch=4 crop=48x32", "save c to=c.safetensors",
      "save m to=m.safetensors",
    ]) == nil)
    #expect(bench.bytes("b.safetensors") == bench.bytes("c.safetensors"), "before training as after it")
    let batch = try file("b.safetensors"), weights = try file("m.safetensors"), images = try #require(batch["images"]), labels = try #require(batch["labels"])
    #expect(images.shape == [4, 32, 48, 3] && labels.shape == [4, 32, 48] && batch["target.images"]?.shape == [4, 32, 48, 3] && batch["target.labels"] == nil)
    let network = BiSeNet.network(width: .eighth)
    let parameters = Parameters(Weights(layout: network.layout) { weights[$0.name]!.values })
    let plan = Plan(network.graph, sizes: [network.images: MapShape(4, 32, 48, 3)], outputs: network.outputs, training: true)
    plan.value(network.images).set(images.values)
    plan.forward(parameters)
    let loss = network.outputs.reduce(0.0) {
      $0 + UpsampledCrossEntropy.evaluate(plan.value($1), labels: labels.values.map { UInt8($0) }, height: 32, width: 48, gradient: plan.gradient($1)).mean
    }
    #expect(try session.value(of: Reference("t", [.field("loss")])).number?.value == loss)
    let rows = try text("b.csv")
    #expect(rows[0] == "stream,place,image,name,x,y,width,height,of,partner,changes" && rows.count == 9)
    #expect(rows[1].contains("source,0,") && rows[1].contains(",48,32,64x32,") && rows[1].contains("target-train-") && rows[5].hasPrefix("target,0,"))
  }

  @Test(arguments: [
    ("load batch ‹m›", "m is built, and only a trained model has seen images"), ("load batch t step=‹3›", "t took 2 steps"), ("load batch t batch=‹2›", "t was trained with a batch= of its own"),
    ("load batch ‹few.train›", "a batch of 8 images is larger than the 4 of few.train"), ("load batch ‹t.loss›", "t.loss is a number, which is not trained on"),
  ])
  func whatWasNotSeenIsNotShown(_ marked: String, _ message: String) throws {
    let session = try bench.open(), marked = Marked(marked)
    #expect(session.perform(Small.trained) == nil)
    let diagnostic = try #require(session.evaluate(marked.text).diagnostic)
    #expect(diagnostic.message == message && diagnostic.range == marked.range)
  }

  /// What a stored training saw is known after the session ends too.
  @Test func aBatchOfAStoredTrainingIsTheSame() throws {
    do {
      let session = try bench.open()
      #expect(session.perform(Small.trained + ["b = load batch t step=2", "save b to=one.safetensors"]) == nil)
    }
    let session = try bench.open(new: true)
    #expect(session.perform(Small.trained + ["b = load batch t step=2", "save b to=two.safetensors"]) == nil)
    #expect(bench.bytes("one.safetensors") == bench.bytes("two.safetensors"))
  }

  /// Every layer that is listed can be looked at, the network's input among them.
  @Test(arguments: ["path", "stdc"]) func everyListedLayerHasItsNumbers(_ spatial: String) throws {
    let session = try bench.open()
    #expect(session.perform(Small.data + ["m = build model spatial=\(spatial) width=1/8", "m.layers", "save m.layers to=l.csv", "save few[0].image to=x.safetensors"]) == nil)
    let names = try text("l.csv").dropFirst().map { String($0.prefix { $0 != "," }) }
    #expect(names.contains("images") && names.contains("ffm") && names.contains("conv_out32.conv_out") && Set(names).count == names.count)
    var silent: [String] = []
    for (place, name) in names.enumerated() {
      #expect(session.perform(["x\(place) = features m layer=\"\(name)\" on=few[0] count=1"]) == nil, "\(name)")
      let value = try session.value(of: Reference("x\(place)"))
      guard let tensor = (value as? any SavableValue).flatMap({ try? Safetensors(decoding: $0.bytes(forFileWithExtension: ".safetensors")) })?["tensor"] else { continue }
      if !tensor.values.contains(where: { $0 != 0 }) { silent.append(name) }
    }
    #expect(silent == [])
    let pixels = try #require(try file("x.safetensors")["tensor"]).values
    let input = try #require(try session.value(of: Reference("x\(names.firstIndex(of: "images")!)")) as? any SavableValue)
    let normalised = try Safetensors(decoding: input.bytes(forFileWithExtension: ".safetensors"))["tensor"]
    #expect(normalised?.shape == [1, 32, 64, 3])
    #expect(normalised?.values == Normalization.values(of: FloatImage(size: PixelSize(64, 32), pixels: pixels)))
  }

  @Test func theAccuracyIsInTheFileOfATable() throws {
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["r = iou t on=few.val", "save r to=r.csv"]) == nil)
    let cells = try #require(try text("r.csv").last).split(separator: ",")
    #expect(cells[0] == "pixel accuracy")
    #expect(Double(cells[1]).map { 100 * $0 } == (try session.value(of: Reference("r", [.field("accuracy")])).number?.value))
  }
}
