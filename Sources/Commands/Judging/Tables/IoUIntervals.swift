import Segmentation
import Workbench

/// Intervals of a model's mean IoU over drawings of the images, and of its difference from the first model of its table, for each set of classes.
struct IoUIntervals: Codable, Sendable, Equatable {
  struct Pair: Codable, Sendable, Equatable {
    var mean: Bootstrap.Interval?
    var difference: Bootstrap.Interval?
  }

  let drawings: Int
  /// By ``MeanClasses``.
  private var pairs: [String: Pair] = [:]

  init(drawings: Int) { self.drawings = drawings }

  subscript(classes: MeanClasses) -> Pair {
    get { pairs[classes.rawValue] ?? Pair() }
    set { pairs[classes.rawValue] = newValue }
  }

  /// Of each model, from its confusion matrices by image.
  static func all(_ images: [[ConfusionMatrix]], drawings: Int, seed: UInt64, excluding impossible: Set<Int>) -> [IoUIntervals] {
    var all = images.map { _ in IoUIntervals(drawings: drawings) }
    for classes in MeanClasses.allCases {
      let bootstrap = Bootstrap(images, drawings: drawings, seed: seed, excluding: impossible, over: classes.kinds)
      for model in all.indices {
        all[model][classes] = Pair(mean: bootstrap.interval(model), difference: model == 0 ? nil : bootstrap.difference(model, from: 0))
      }
    }
    return all
  }
}

extension Bootstrap.Interval {
  /// `36.0 to 38.4`, in per cent.
  var phrase: Phrase { "\(Figures.meanIoU(low)) to \(Figures.meanIoU(high))" }
}
