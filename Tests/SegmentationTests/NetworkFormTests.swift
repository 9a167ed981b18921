import Foundation
import Segmentation
import Tensors
import Testing

/// The catalog of networks, and the forms by which records name them.
@Suite struct NetworkFormTests {
  /// Every combination of every architecture's options.
  static let forms: [NetworkForm] = Architectures.all.flatMap { architecture in
    architecture.options.reduce([[:]]) { all, option in all.flatMap { known in option.values.map { known.merging([option.name: $0]) { $1 } } } }
      .map { NetworkForm(architecture.name, $0) }
  }

  @Test(arguments: forms) func eachFormIsItsNetworks(_ form: NetworkForm) throws {
    guard let network = try? form.network(classes: 7) else {
      // The one combination that does not go together.
      #expect(form.options["spatial"] == "stdc" && form.options["backbone"] != nil)
      return
    }
    #expect(network.form == form && network.classes == 7)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: JSONEncoder().encode(form)) == form)
    // Stages are all layers and all parameters, each once.
    let layers = network.stages.flatMap(\.layers), inputs = 1
    #expect(Set(layers).count == layers.count && layers.count + inputs == network.graph.nodes.count)
    #expect(Set(network.stages.flatMap(\.parameters)) == Set(network.layout.entries))
    #expect(network.heads.first?.role == .main && network.heads.allSatisfy { $0.lossWeight == 1 })
    // Heads have the strides that they declare.
    let outline = Outline(network.graph, sizes: [network.images: MapShape(1, 64, 128, 3)])
    for head in network.heads {
      #expect(outline.shape(head.logits) == MapShape(1, 64 / head.stride, 128 / head.stride, 7), "\(head.name)")
    }
    // What a file of this network holds is taken, each tensor by its own name.
    let names = network.layout.entries.map(\.name)
    #expect(PublishedSelection(names, by: network.publishedNames).taken.map(\.name) == names)
    #expect(network.initialWeights(seed: 3) == network.initialWeights(seed: 3))
  }

  @Test func recordsFromBeforeTheCatalogAreRead() throws {
    let record = Data(#"{"spatialPath":"stdc","width":"1\/4"}"#.utf8)
    #expect(try JSONDecoder().decode(NetworkForm.self, from: record) == NetworkForm("bisenet", ["spatial": "stdc", "width": "1/4"]))
  }

  struct Unknown: Sendable { let form: NetworkForm, option: String? }

  @Test(arguments: [
    Unknown(form: NetworkForm("unet"), option: nil), Unknown(form: NetworkForm("bisenet", ["depth": "50"]), option: "depth"),
    Unknown(form: NetworkForm("bisenet", ["width": "1/3"]), option: "width"),
    Unknown(form: NetworkForm("bisenet", ["backbone": "resnet18", "spatial": "stdc"]), option: "spatial"),
  ]) func formsOfNoNetworkAreRefused(_ unknown: Unknown) throws {
    let error = #expect(throws: UnknownForm.self) { try unknown.form.network() }
    #expect(error?.option == unknown.option)
  }

  @Test func filesOfResNetAloneAreRecognised() {
    let names = BiSeNet.network(backbone: BackboneName(rawValue: "resnet18")!).publishedNames
    #expect(names["layer1.0.conv1.weight"] == .parameter("cp.backbone.layer1.0.conv1.weight"))
    #expect(names["module.bn1.running_var"] == .parameter("cp.backbone.bn1.running_var"))
    #expect(names["fc.weight"] == .left(.classifier))
  }
}
