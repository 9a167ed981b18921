import Adaptation
import Imaging
import Scenes
import Tensors
import TestSupport
import Testing

/// Methods against numpy and PyTorch: FDA with its three windows, pseudo-label thresholds.
@Suite struct MethodReferenceTests {
  /// Colour jitter and blur of mixed images, on pictures whose values leave the range of pixels.
  @Test func changesOfMixedImages() throws {
    let fixture = try Fixture.named("method-mixing"), draws = try #require(fixture.settings.draws)[0]
    #expect(draws.count == 10)
    for (index, draw) in draws.enumerated() {
      let (shape, values) = fixture.input("picture \(index)"), truth = try #require(fixture.tensors["changed.\(index)"])
      let drawn = MixDraw(draw), size = PixelSize(shape[1], shape[0])
      var picture = Normalization.image(of: values, size: size).changed(by: drawn.changes)
      if let deviation = drawn.deviation { picture = picture.blurred(deviation: deviation) }
      let error = truth.error(of: Normalization.values(of: picture))
      #expect(error <= truth.bound(floor: 5e-6), "\(index): \(error)")
    }
  }

  /// Mean and deviation in L*a*b*, of pictures whose values leave the range of pixels, of other sizes, and one that does not vary.
  @Test func colourTransferEqualsNumpy() throws {
    let fixture = try Fixture.named("method-colours")
    #expect(fixture.tensors.count == 8)
    for index in 0..<4 {
      func picture(_ name: String) -> FloatImage {
        let (shape, values) = fixture.input("\(name) \(index)")
        return FloatImage(size: PixelSize(shape[1], shape[0]), pixels: values)
      }
      let truth = try #require(fixture.tensors["transferred.\(index)"])
      let made = ColourTransfer(of: picture("target")).applied(to: picture("source"))
      let error = truth.error(of: made.pixels)
      #expect(error <= truth.bound(floor: 2e-6), "\(index): \(error)")
      #expect(made.pixels.allSatisfy { 0...255 ~= $0 } && made.pixels != picture("source").pixels)
    }
  }

  /// Keys are restyled.WxH.beta.
  @Test(arguments: FourierWindow.allCases) func fourierAdaptationEqualsNumpy(_ window: FourierWindow) throws {
    let fixture = try Fixture.named("fda-\(window.rawValue)")
    let keys = fixture.tensors.keys.filter { $0.hasPrefix("restyled.") }
    #expect(keys.count == 20)
    for key in keys {
      let truth = fixture.tensors[key]!, parts = key.dropFirst("restyled.".count).split(separator: ".", maxSplits: 1)
      let size = PixelSize(truth.shape[1], truth.shape[0]), beta = try #require(Double(parts[1]))
      func picture(_ name: String) -> FloatImage { FloatImage(size: size, pixels: fixture.input("\(name) \(parts[0])").values) }
      let adaptation = FourierAdaptation(beta: beta, window: window)
      let error = truth.error(of: adaptation.restyled(picture("source"), toward: picture("target")).pixels)
      #expect(error <= truth.bound(floor: 1e-6), "\(window) \(key): \(error)")
      let swapped = try #require(fixture.scalars["swapped.\(parts[0]).\(parts[1])"])
      #expect(adaptation.mask(size).values.count { $0 == 255 } == Int(swapped), "\(window) \(key)")
    }
  }

  @Test(arguments: FourierWindow.allCases) func amplitudesEqualNumpy(_ window: FourierWindow) throws {
    let fixture = try Fixture.named("fda-\(window.rawValue)")
    for (key, truth) in fixture.tensors where key.hasPrefix("amplitude.") {
      let height = truth.shape[0], width = truth.shape[1]
      let spectrum = Spectrum(of: fixture.input("source \(width)x\(height)").values, height: height, width: width)
      var amplitudes = [Float](repeating: 0, count: truth.count)
      for y in 0..<height {
        for x in 0..<width {
          // Frequency 0 in the middle; those that the half spectrum leaves out are the negatives of others.
          var row = (y - height / 2 + height) % height, column = (x - width / 2 + width) % width
          if column >= spectrum.columns { (row, column) = ((height - row) % height, width - column) }
          for channel in 0..<3 {
            let own = spectrum.coefficients[spectrum.index(channel: channel, row: row, column: column)]
            amplitudes[(y * width + x) * 3 + channel] = (own * own).sum().squareRoot()
          }
        }
      }
      #expect(truth.error(of: amplitudes) <= truth.bound(floor: 1e-6), "\(key)")
    }
  }

  /// Keys are thresholds.keep in per cent.above.
  @Test(arguments: ["34.0.9", "34.0.8", "100.0.9", "10.1", "50.0.72"]) func pseudoLabelsEqualPyTorch(_ rule: String) throws {
    let fixture = try Fixture.named("method-pseudo-labels")
    let parts = rule.split(separator: ".", maxSplits: 1)
    var (shape, logits) = fixture.input("logits")
    let absent = try #require(fixture.settings.absent), reduced = try #require(fixture.settings.reduced_by)
    for pixel in 0..<logits.count / 19 { logits[pixel * 19 + absent] -= reduced }
    let map = MapShape(shape[0], shape[1], shape[2], 19), probabilities = Buffer(count: map.count)
    UpsampledSoftmax.evaluate(Buffer(logits).map(map), into: probabilities.map(map))
    let (classes, confidence) = UpsampledSoftmax.mostProbable(probabilities.map(map))

    let wanted = try #require(fixture.tensors["classes"]), sure = try #require(fixture.tensors["confidence"])
    #expect(wanted.indices.map { Double(classes[$0]) } == wanted.values && classes.histogram(upTo: wanted.histogram?.count) == wanted.histogram)
    #expect(sure.error(of: confidence) <= sure.bound(floor: 1e-6))

    let thresholds = try PseudoLabelThresholds(
      PseudoLabelRule(keep: Double(parts[0])! / 100, above: Double(parts[1])!)
    ) { visit in try visit(classes, confidence) }
    let expected = try #require(fixture.tensors["thresholds.\(rule)"])
    for (actual, truth) in zip(thresholds.values, expected.values) { #expect(abs(Double(actual) - truth) <= 1e-6, "\(actual) for \(truth)") }

    let labels = thresholds.kept(predicted: classes, confidences: confidence)
    let truth = try #require(fixture.tensors["labels.\(rule)"])
    #expect(truth.indices.map { Double(labels[$0]) } == truth.values)
    #expect(labels.histogram(upTo: truth.histogram?.count) == truth.histogram)
    #expect(labels.count { $0 != 255 } == Int(fixture.scalars["kept.\(rule)"]!))
  }

  /// CRST's thresholds and labels, whose keys are portion in per cent.floor, and one threshold for all.
  @Test(arguments: ["20.0", "20.0.6", "100.0", "3.0", "fixed"]) func portionsEqualPyTorch(_ rule: String) throws {
    let fixture = try Fixture.named("method-portions"), parts = rule.split(separator: ".", maxSplits: 1)
    var (shape, logits) = fixture.input("logits")
    let absent = try #require(fixture.settings.absent), reduced = try #require(fixture.settings.reduced_by)
    for pixel in 0..<logits.count / 19 { logits[pixel * 19 + absent] -= reduced }
    let map = MapShape(shape[0], shape[1], shape[2], 19), probabilities = Buffer(count: map.count)
    UpsampledSoftmax.evaluate(Buffer(logits).map(map), into: probabilities.map(map))
    let (classes, confidence) = UpsampledSoftmax.mostProbable(probabilities.map(map))
    let truth = try #require(fixture.tensors["labels.\(rule)"])
    if rule == "fixed" {
      let thresholds = try PseudoLabelThresholds(PseudoLabelRule(.fixed, above: 0.8)) { visit in try visit(classes, confidence) }
      #expect(thresholds.values == (0..<19).map { $0 == absent ? 0 : 0.8 })
      let labels = thresholds.kept(predicted: classes, confidences: confidence)
      #expect(truth.indices.map { Double(labels[$0]) } == truth.values && labels.histogram(upTo: truth.histogram?.count) == truth.histogram)
      return
    }
    let thresholds = try PseudoLabelThresholds(PseudoLabelRule(.portions, keep: Double(parts[0])! / 100, floor: Double(parts[1])!)) { visit in try visit(classes, confidence) }
    let expected = try #require(fixture.tensors["thresholds.\(rule)"])
    for (actual, truth) in zip(thresholds.values, expected.values) { #expect(abs(Double(actual) - truth) <= 1e-6, "\(actual) for \(truth)") }
    let labels = thresholds.kept(probabilities.map(map))
    // The pixel that sets a threshold may fall on either side of it by rounding: there are 19 of them at most.
    let differing = zip(truth.indices, truth.values).count { Double(labels[$0]) != $1 }
    #expect(truth.indices.count == 768 && differing <= 19, "\(differing) of 768")
    #expect(Set(labels).count > 3)
  }

  @Test func ranksAreExact() throws {
    for (key, rank) in try Fixture.named("method-pseudo-labels").scalars where key.hasPrefix("index.34.") {
      let count = try #require(UInt64(key.dropFirst("index.34.".count)))
      #expect(Double(PseudoLabelRule(keep: 0.34).rank(among: count)) == rank, "\(key)")
    }
  }
}
