import Adaptation
import Language
import Workbench

// What `train` takes from the declarations of the methods for the target.
extension Train {
  var targetMethod: TargetMethod { method ?? .usual }

  /// Optional parameters that `train` did not have at first: all of the methods' but those of the first one.
  static let additions = Set(["method"] + TargetMethod.settings).subtracting(["adversarial", "dlr"])

  static let methodExamples = TargetMethod.allCases.map {
    Example("train m on=few.train toward=d.target.train\($0.written) batch=2 epochs=1", shows: .model, after: Samples.built)
  }
  static let methodSources = TargetMethod.allCases.map { "\($0.declaration.source) (\($0.rawValue))" }.joined(separator: "; ")

  /// Settings that nothing reads are reported.
  func checkMethod() throws {
    let written = (["method"] + TargetMethod.settings).compactMap { name in place(of: name).map { (name: name, range: $0) } }
    if toward == nil, let (name, range) = written.first {
      throw Diagnostic("\(name)= has no effect without toward=", at: range, remedy: "toward=DATASET names images of the target")
    }
    let unread = unreadSettings
    guard let (name, range) = written.first(where: { unread.contains($0.name) }) else { return }
    let readers = TargetMethod.reading(name), words = readers.map { "method=\($0.rawValue)" }.joined(separator: " or ")
    if method == nil {
      throw Diagnostic("\(name)= has no effect without \(words)", at: range, remedy: "write \(words) too, or leave \(name)= out")
    }
    throw Diagnostic("\(name)= has no effect with method=\(targetMethod.rawValue), which has no \(readers[0].noun)", at: range, remedy: "leave it out")
  }

  /// `explain` does not list what has no effect.
  func unread(_ context: Context) -> Set<String> { unreadSettings }

  private var unreadSettings: Set<String> {
    toward == nil ? Set(["method"] + TargetMethod.settings) : Set(TargetMethod.settings).subtracting(targetMethod.declaration.settings)
  }
}
