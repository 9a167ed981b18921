import TestSupport
import Testing

/// The formula behind every fixture, here and in Python: where these fail, other comparisons say nothing.
@Suite struct FormulaTests {
  let fixture: Fixture

  init() throws { fixture = try Fixture.named("formula") }

  @Test func saltsAndScalesAreThoseOfPython() throws {
    for (key, truth) in fixture.scalars {
      let name = String(key.dropFirst(key.hasPrefix("salt.") ? 5 : 6))
      if key.hasPrefix("salt.") {
        #expect(Double(Formula.salt(name)) == truth, "\(key)")
      } else {
        #expect(Formula.power(fanIn: try #require(Int(name))) == truth, "\(key)")
      }
    }
  }

  /// Every value is a float32 that ten digits tell from its neighbours.
  @Test func arraysAreThoseOfPython() throws {
    for (key, truth) in fixture.tensors where key != "labels" {
      let values = key == "images" ? Formula.values(key, count: truth.count) : Formula.parameter(key, shape: truth.shape)
      for (index, value) in zip(truth.indices, truth.values) {
        #expect(abs(Double(values[index]) - value) <= 1e-9 * max(abs(value), 1e-3), "\(key) \(index)")
      }
      #expect(truth.error(of: values) < 1e-9, "\(key)")
    }
  }

  @Test func labelsAreThoseOfPython() throws {
    let truth = try #require(fixture.tensors["labels"])
    let labels = Formula.labels("labels", images: truth.shape[0], height: truth.shape[1], width: truth.shape[2])
    #expect(truth.indices.map { Double(labels[$0]) } == truth.values)
    #expect(labels.histogram(upTo: truth.histogram?.count) == truth.histogram)
  }
}
