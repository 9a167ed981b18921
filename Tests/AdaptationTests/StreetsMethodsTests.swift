import Adaptation
import Imaging
import Scenes
import Segmentation
import Tensors
import Testing

/// The methods on streets in miniature, each against the same thing done by hand.
@Suite struct StreetsMethodsTests {
  /// Values of a picture and nothing else of the sample.
  private func pixels(_ dataset: Dataset, _ position: Int, _ draw: Draw) throws -> [Float] {
    try dataset.sample(position, draw: draw).image.pixels
  }

  @Test(arguments: [nil, PixelSize(40, 24)]) func fourierStyleTakesOnePartner(_ crop: PixelSize?) throws {
    let source = try SmallStreets.of(.source, taking: 3), target = try SmallStreets.of(.target, taking: 4)
    let adaptation = FourierAdaptation(beta: 0.05), styled = source.restyled(by: FourierStyle(adaptation, toward: target))
    var partners: Set<Int> = []
    for epoch in 0..<4 {
      for position in 0..<source.count {
        let draw = Draw(seed: 9, epoch: epoch, crop: crop)
        let found = try styled.sample(position, draw: draw), plain = try source.sample(position, draw: draw)
        #expect(found.label == plain.label)
        #expect(found.image.size == crop ?? SmallStreets.size)
        #expect(try styled.sample(position, draw: draw).image == found.image)
        // Exactly one picture of the target, cut as it would be itself, gives this picture.
        let matching = try (0..<target.count).filter { partner in
          adaptation.restyled(plain.image, toward: FloatImage(try target.picture(partner, draw: draw))) == found.image
        }
        #expect(matching.count == 1)
        partners.formUnion(matching)
      }
    }
    #expect(partners.count > 1, "each epoch draws afresh")
  }

  @Test func partnersOfAnotherSizeAreResized() throws {
    let source = try SmallStreets.of(.source, taking: 2), target = try SmallStreets.of(.target, taking: 1, size: PixelSize(80, 50))
    let adaptation = FourierAdaptation(beta: 0.1), draw = Draw(seed: 1)
    let styled = try source.restyled(by: FourierStyle(adaptation, toward: target)).sample(1, draw: draw).image
    let partner = FloatImage(try target.picture(0, draw: draw).resized(to: SmallStreets.size))
    #expect(styled == adaptation.restyled(try source.sample(1, draw: draw).image, toward: partner))
  }

  @Test(arguments: [1, 2]) func pseudoLabelsAreThoseOfTheRule(_ members: Int) throws {
    let target = try SmallStreets.of(.target, taking: 3)
    let models = (0..<members).map { SmallStreets.model($0 == 0 ? .path : .stdc, seed: UInt64($0)) }
    let rule = PseudoLabelRule(keep: 0.25, above: 0.8)
    var shares: [Double] = []
    let result = try PseudoLabelling.labels(by: models, on: target, rule: rule, seed: 0) { shares.append($0) }
    #expect(shares.last == 1 && shares == shares.sorted())

    // By hand: all confidences in memory, sorted.
    var classes: [UInt8] = [], confidences: [Float] = []
    for position in 0..<target.count {
      let image = try target.evaluationSample(position, seed: 0).image
      let probabilities = Predictor(models).softmax(
        Normalization.values(of: image), height: image.size.height, width: image.size.width, outputHeight: image.size.height,
        outputWidth: image.size.width
      ).tensor.values
      for pixel in 0..<image.size.area {
        let own = probabilities[pixel * 19..<(pixel + 1) * 19]
        let best = own.indices.max { (own[$0], $1) < (own[$1], $0) }!
        classes.append(UInt8(best - own.startIndex))
        confidences.append(own[best])
      }
    }
    var expected = [UInt8](repeating: 255, count: classes.count)
    for kind in Set(classes) {
      let places = classes.indices.filter { classes[$0] == kind }
      let ranked = places.map { confidences[$0] }.sorted()
      let threshold = min(ranked[ranked.count * 3 / 4], 0.8)
      for place in places where confidences[place] >= threshold { expected[place] = kind }
    }
    let isExpected = result.labels.flatMap(\.values) == expected
    #expect(isExpected)
    #expect(result.labels.allSatisfy { $0.size == SmallStreets.size })
    #expect(result.report.pixels == UInt64(classes.count))
    #expect(result.report.kept.reduce(0, +) == UInt64(expected.count { $0 != 255 }))
  }

  /// Labels at their own size, which is larger than what the network sees.
  @Test func evaluationCountsEveryLabelledPixel() throws {
    let large = try SmallStreets.of(.target, .val, taking: 3, size: PixelSize(96, 48)), seen = large.resized(to: SmallStreets.size)
    let models = [SmallStreets.model()], predictor = Predictor(models)
    var judged: [Int] = []
    let matrix = try Evaluation.confusion(of: models, on: seen, seed: 0) { judged.append($0) }
    #expect(judged == [1, 2, 3])
    var counts = [UInt64](repeating: 0, count: 361)
    for position in 0..<3 {
      let picture = try seen.picture(position, draw: Draw(seed: 0)), label = try #require(try large.sample(position, draw: Draw(seed: 0)).label)
      let classes = predictor.classes(
        Normalization.values(of: FloatImage(picture)), height: 32, width: 64, outputHeight: 48, outputWidth: 96)
      for (truth, found) in zip(label.values, classes) where truth < 19 { counts[Int(truth) * 19 + Int(found)] += 1 }
    }
    #expect(matrix.counts == counts)
    #expect(matrix.pixels > 0)
  }

  @Test func progressMayStopEvaluation() throws {
    struct Stop: Error {}
    let streets = try SmallStreets.of(.target, .val, taking: 2)
    #expect(throws: Stop.self) { try Evaluation.confusion(of: [SmallStreets.model()], on: streets, seed: 0) { _ in throw Stop() } }
  }

  /// A few steps on two streets: the network learns them, and pseudo-labels teach too.
  @Test func trainingLowersTheLoss() throws {
    let model = SmallStreets.model()
    let run = try TrainingRun(
      network: model.network, objectives: [SegmentationObjective(), SegmentationObjective(on: .pseudo)], state: TrainingState(weights: model.weights),
      data: TrainingData(on: try SmallStreets.of(.source, taking: 2), pseudo: try SmallStreets.of(.target, taking: 2), batch: 2), epochs: 20,
      settings: TrainingSettings(), seed: 1)
    var losses: [StepLosses] = []
    while let report = try run.advance() {
      #expect(report.images == 4)
      losses.append(report.losses)
    }
    #expect(losses.count == 20)
    #expect(losses.last![.segmentation]! < 0.7 * losses.first![.segmentation]!)
    #expect(try #require(losses.last?[.pseudo]) < 0.8 * losses.first![.pseudo]!)
  }
}
