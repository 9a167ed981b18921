import Adaptation
import Language
import Workbench

// What `train` takes from the declarations of the methods for the target.
extension Train {
  var targetMethod: TargetMethod { method ?? .usual }

  /// Optional parameters that `train` did not have at first: all of the methods' but those of the first one.
  static let additions = Set(["method", "targetbatch", "rare", "shards", "schedule"] + TargetMethod.settings).union(LossSettings.names).subtracting(["adversarial", "dlr"])

  /// What nothing reads without `toward=`.
  private static let ofTheTarget = ["method", "targetbatch"] + TargetMethod.settings

  static let methodExamples = TargetMethod.allCases.map {
    Example("train m on=few.train toward=d.target.train\($0.written) batch=2 epochs=1", shows: .model, after: Samples.built)
  }
  static let methodSources = TargetMethod.allCases.map { "\($0.declaration.source) (\($0.rawValue))" }.joined(separator: "; ")

  /// Settings that nothing reads are reported.
  func checkMethod() throws {
    let written = Train.ofTheTarget.compactMap { name in place(of: name).map { (name: name, range: $0) } }
    if toward == nil, let (name, range) = written.first {
      throw Diagnostic("\(name)= has no effect without toward=", at: range, remedy: "toward=DATASET names images of the target")
    }
    try checkMasks()
    let unread = unreadSettings
    guard let (name, range) = written.first(where: { unread.contains($0.name) }) else { return }
    let readers = TargetMethod.reading(name), words = readers.map { "method=\($0.rawValue)" }.joined(separator: " or ")
    if method == nil {
      throw Diagnostic("\(name)= has no effect without \(words)", at: range, remedy: "write \(words) too, or leave \(name)= out")
    }
    throw Diagnostic("\(name)= has no effect with method=\(targetMethod.rawValue), which has no \(readers[0].noun)", at: range, remedy: "leave it out")
  }

  func checkLosses() throws {
    if losses.loss != .ohem, let range = losses.$hard {
      throw Diagnostic("hard= has no effect without loss=ohem", at: range, remedy: "write loss=ohem too, or leave hard= out")
    }
    if pseudo == nil, let range = losses.$pseudoloss {
      throw Diagnostic("pseudoloss= has no effect without pseudo=", at: range, remedy: "pseudo=DATASET names images with pseudo-labels")
    }
  }

  /// What is hidden where nothing is.
  private func checkMasks() throws {
    guard targetMethod == .teacher, target.masked == 0, let (name, range) = [("hidden", target.$hidden), ("block", target.$block)].first(where: { $0.1 != nil }) else { return }
    throw Diagnostic("\(name)= has no effect without masked=", at: range, remedy: "write masked=1 too, or leave \(name)= out")
  }

  /// `explain` does not list what has no effect.
  func unread(_ context: Context) -> Set<String> {
    unreadSettings.union(shards == 1 ? ["shards"] : []).union(rare == nil ? ["rare"] : []).union(target.masked == 0 ? ["hidden", "block"] : []).union(losses.loss == .ohem ? [] : ["hard"]).union(pseudo == nil ? ["pseudoloss"] : [])
  }

  private var unreadSettings: Set<String> {
    toward == nil ? Set(Train.ofTheTarget) : Set(TargetMethod.settings).subtracting(targetMethod.declaration.settings)
  }
}
