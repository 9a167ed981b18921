import Tensors
import Testing
import TestSupport

/// Every op against PyTorch: outputs and gradients within float32 rounding of its float64 run.
@Suite struct ReferenceTests {
  /// Bilinear upsampling alone is never run: it is checked inside the softmax and the cross-entropy.
  static let names = Fixture.names(beginning: "op-").filter { !$0.hasPrefix("op-bilinear") }

  @Test func thereAreFixtures() { #expect(Self.names.count >= 35) }

  @Test(arguments: names) func agreesWithPyTorch(_ name: String) throws {
    let fixture = try Fixture.named(name)
    let results = try #require(OpReference(fixture)?.results(), "no way to run \(fixture.settings.op ?? "?")")
    // Networks are not trained with fixed statistics, so batch norm has no gradient there.
    let hasGradients = fixture.settings.training ?? true
    for (key, truth) in fixture.tensors where key != "classes" && (hasGradients || !key.hasSuffix(".gradient")) {
      let actual = try #require(results.arrays[key], "\(key) is missing")
      let error = truth.error(of: actual), bound = max(4 * (truth.float32_error ?? 0), 2e-6)
      #expect(error <= bound, "\(name) \(key): \(error), allowed \(bound)")
    }
    if let classes = fixture.tensors["classes"] {
      for (index, value) in zip(classes.indices, classes.values) { #expect(Double(results.classes![index]) == value) }
    }
    for (key, truth) in fixture.scalars {
      let actual = try #require(results.scalars[key], "\(key) is missing")
      #expect(abs(actual - truth) <= 1e-6 * max(abs(truth), 1), "\(name) \(key): \(actual) for \(truth)")
    }
  }
}
