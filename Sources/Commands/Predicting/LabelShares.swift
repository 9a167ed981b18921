import Imaging
import Language
import Scenes
import Storage
import Workbench

/// What a model has labelled: how many images, and how much of them as which class. The label maps lie beside it in the store.
struct LabelShares: RestorableValue, SavableValue {
  static let kind = Kind.table
  static let fileName = "shares.json"

  var images: Int
  /// By train id; empty in an outline.
  var pixels: [UInt64]
  /// Where the label maps are.
  var folder: Folder?

  mutating func add(_ label: IndexMap) {
    for value in label.values where value < CityscapesClass.count { pixels[Int(value)] += 1 }
  }

  private var all: UInt64 { pixels.reduce(0, +) }
  private func share(_ kind: Int) -> Double { all == 0 ? 0 : Double(pixels[kind]) / Double(all) }

  var display: Display {
    let rows = pixels.indices.filter { pixels[$0] > 0 }.sorted { pixels[$0] > pixels[$1] }.map { kind -> [Phrase] in
      ["\(CityscapesClass.all[kind].name)", "\(Figures.share(share(kind)))"]
    }
    return .table(DisplayTable(title: "\(counted(images, "image")) labelled", columns: [.init("class", .left), .init("of all pixels, %")], rows: rows))
  }

  var summary: Phrase { "\(counted(images, "image")) labelled" }
  var fieldNames: [String] { ["images"] }
  func field(_ name: String) throws -> any Value { Number(Double(images)) }

  static func load(from folder: Folder) throws -> LabelShares {
    var shares = try JSONFile.decode(LabelShares.self, folder.read(fileName))
    shares.folder = folder
    return shares
  }

  static let fileExtensions = [".csv", ".json"]

  func bytes(forFileWithExtension ending: String) throws -> [UInt8] {
    if ending == ".json" { return try JSONFile.encode(self) }
    let lines = pixels.indices.map { "\(CityscapesClass.all[$0].name),\(pixels[$0]),\(share($0))" }
    return Array((["class,pixels,share"] + lines).map { $0 + "\n" }.joined().utf8)
  }
}

extension LabelShares: Codable {
  private enum CodingKeys: String, CodingKey { case images, pixels }
}
