import FoundationEssentials
import Language
import Storage
import Workbench

/// A small domain in which everything is instant: datasets with roles, models with stages, a training that can stop and go on.
enum Toy {
  /// Equal values give equal bytes.
  static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return encoder
  }

  /// Without the session's own commands.
  static let domain: [any CommandDeclaration.Type] = [
    LoadDataset.self, BuildModel.self, FDA.self, Augment.self, Train.self, Ensemble.self, PseudoLabel.self, IoU.self, Show.self, Slow.self, ReadFile.self,
  ]

  static let catalog = Catalog(domain)
}

enum Role: String, Codable { case none, source, target, pseudo }

struct Dataset: Value {
  static let kind = Kind.dataset
  var title: String
  var role: Role
  var parts: [String]

  var display: Display { .text("\(title), \(role.rawValue)") }
  var summary: Phrase { "\(title)" }
  var fieldNames: [String] { parts }
  func field(_ name: String) throws -> any Value {
    if role == .none { return Dataset(title: "\(title).\(name)", role: Role(rawValue: name)!, parts: ["train", "val"]) }
    return Dataset(title: "\(title).\(name)", role: role, parts: [])
  }
  var count: Int? { 4 }
  func element(_ index: Int) throws -> any Value { Dataset(title: "\(title)[\(index)]", role: role, parts: []) }
}

enum Stage: String, Codable { case built, trained, ensemble }

struct Model: StorableValue, SavableValue, Codable {
  static let kind = Kind.model
  var title: String
  var stage: Stage
  var loss = 0.0
  var kept: [String] = []

  var display: Display { .text("\(title), loss \(Number(loss, places: 3, .trained(.relative(0.1))))") }
  var summary: Phrase { "\(stage.rawValue)" }
  var epochs: [String] { kept }
  func epoch(_ epoch: String) throws -> any Value { Model(title: "\(title)@\(epoch)", stage: stage, loss: loss) }

  func save(to folder: Folder) throws { try folder.write("model.json", Array(try Toy.encoder.encode(self))) }
  static func load(from folder: Folder) throws -> Model { try JSONDecoder().decode(Model.self, from: Data(try folder.read("model.json"))) }
  static let fileExtensions = [".json"]
  func bytes(forFileWithExtension ending: String) throws -> [UInt8] { Array(try Toy.encoder.encode(self)) }
}

struct Scores: StorableValue, Codable {
  static let kind = Kind.table
  var names: [String]
  var miou: Double

  var display: Display {
    .table(DisplayTable(columns: [.init("model", .left), .init("mIoU")], rows: names.map { ["\($0)", "\(Number(miou, places: 1, .trained(.absolute(3))))"] }))
  }
  var fieldNames: [String] { ["miou", "classes"] }
  func field(_ name: String) throws -> any Value { name == "miou" ? Number(miou, places: 1, .trained(.absolute(3))) : Number(19) }
  func save(to folder: Folder) throws { try folder.write("scores.json", Array(try Toy.encoder.encode(self))) }
  static func load(from folder: Folder) throws -> Scores { try JSONDecoder().decode(Scores.self, from: Data(try folder.read("scores.json"))) }
}

extension Scores: Measured {
  var measures: Measures {
    let number = Number(miou, places: 4, .trained(.absolute(3)))
    return Measures(main: "mIoU", unit: "per cent", rows: ["road", "mIoU"], columns: names, numbers: [names.map { _ in nil }, names.map { _ in number }])
  }
}

extension LeftOut<Dataset> {
  static var source: Self { .latest("the latest source") { data, candidate in data.role == .source && !candidate.isMadeByAsker } }
  static var target: Self { .latest("the latest target") { data, _ in data.role == .target } }
  static var sourceTrain: Self { .latest("the latest source's .train", field: "train") { data, _ in data.role == .source } }
  static var targetTrain: Self { .latest("the latest target's .train", field: "train") { data, _ in data.role == .target } }
  static var targetVal: Self { .latest("the latest target's .val", field: "val") { data, _ in data.role == .target } }
}

extension LeftOut<Model> {
  static var built: Self { .latest("the latest built model") { model, _ in model.stage == .built } }
  static var judged: Self { .latest("the latest trained model or ensemble") { model, _ in model.stage != .built } }
  static var allTrained: Self { .every("every trained model") { model, _ in model.stage == .trained } }
}
