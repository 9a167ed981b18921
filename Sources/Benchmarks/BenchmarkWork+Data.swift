import Adaptation
import Imaging
import Scenes
import Segmentation

extension BenchmarkWork {
  static func fda(_ request: BenchmarkRequest) -> BenchmarkWork {
    let adaptation = FourierAdaptation(beta: request.beta ?? 0.01)
    let source = request.picture("source"), target = request.picture("target")
    return BenchmarkWork { _ = adaptation.restyled(source, toward: target) }
  }

  static func confusion(_ request: BenchmarkRequest) -> BenchmarkWork {
    let truth = request.random("truth").labels, guess = request.random("guess").labels
    return BenchmarkWork {
      var matrix = ConfusionMatrix()
      matrix.add(truth: truth, prediction: guess)
    }
  }

  /// A PNG from the disk to a picture of half its sides.
  static func decode(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    let folder = try BenchmarkFiles(request), half = PixelSize(request.width / 2, request.height / 2)
    return BenchmarkWork { _ = try PNG.readImage(folder.images[0]).resized(to: half) }
  }

  /// A training step on batches that are decoded, halved, adapted and augmented while the step before is computed. Nothing is kept
  /// decoded: each sample is new, as in a dataset that is larger than memory.
  static func trainOnFiles(_ request: BenchmarkRequest) throws -> BenchmarkWork {
    let folder = try BenchmarkFiles(request), half = PixelSize(request.width / 2, request.height / 2)
    let data = try PlainFolder.load(LoadRequest(path: folder.path, role: .source, size: half, validationShare: 0, samples: SampleCache(capacity: 0)))
    guard let pictures = data.whole?.resized(to: half) else { throw BenchmarkError(description: "no pictures were found in \(folder.path)") }
    let styled = pictures.restyled(by: FourierStyle(FourierAdaptation(beta: 0.01), toward: pictures)).augmented(by: Augmentation())
    let batches = try BatchReader(dataset: styled, batchSize: request.images, seed: 7), trainer = try trainer(request)
    return BenchmarkWork { _ = try trainer.step([.source: batches.next()]) }
  }
}
