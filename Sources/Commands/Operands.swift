import Language
import Scenes
import Storage
import Workbench

/// The one dataset behind an operand; a value of several worlds is refused with the names of its fields.
func dataset(_ value: DatasetValue, _ operand: Operand?) throws -> Dataset {
  guard let whole = value.whole else {
    let fields = value.worlds.map { "\(operand?.text ?? value.title).\($0.name)" }
    throw Diagnostic("\(operand?.text ?? value.title) holds several datasets", at: operand?.range, remedy: "say which: \(fields.joined(separator: " or "))")
  }
  return whole
}

/// For datasets that are trained on or judged by.
func labelled(_ value: DatasetValue, _ operand: Operand?, for purpose: String) throws -> Dataset {
  let data = try dataset(value, operand)
  guard data.hasLabels else {
    let name = operand?.text ?? data.title, part = Dataset.Part.allCases.first(where: data.hasLabels(in:))
    throw Diagnostic("\(name) has \(part == nil ? "no labels" : "images without a label") to \(purpose)", at: operand?.range, remedy: part.map { "\(name).\($0) has labels" })
  }
  return data
}

/// What is wrong with a file is reported where the file was named.
func pointing<Result>(at range: SourceRange?, _ work: () throws -> Result) throws -> Result {
  do {
    return try work()
  } catch let error as any DiagnosedError {
    var diagnostic = error.diagnostic
    diagnostic.range = range
    throw diagnostic
  } catch let error as any CustomStringConvertible where !(error is Diagnostic) {
    throw Diagnostic(error.description, at: range)
  }
}

/// Versions of the code that numbers come from, as they stand in recipes.
enum Versions {
  static let arithmetic = ["arithmetic": "5"]
  static let network = ["network": "1"]
}
