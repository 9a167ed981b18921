import Language
import Tensors
import Testing
import Workbench

/// `train precision=`: part of what a model is made from, and told.
@Suite struct PrecisionTests {
  @Test func precisionIsInTheRecipe() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.built + ["a = train m on=few.train batch=2 epochs=1"]) == nil)
    let plain = session.shown.joined(separator: "\n")
    #expect(!plain.contains("bf16"))
    #expect(session.perform(["b = train m on=few.train batch=2 epochs=1 precision=bf16", "c = train m on=few.train batch=2 epochs=1 precision=f32"]) == nil)
    #expect(bench.notes.contains { $0.contains("no instructions for bf16") } == !Threads.multipliesBFloat16)
    let digests = Dictionary(uniqueKeysWithValues: session.names.map { ($0.name, $0.digest) })
    #expect(digests["a"] != digests["b"] && digests["a"] == digests["c"])
    #expect(session.transcript.contains("""
      b = train m on=few.train epochs=1 batch=2 precision=bf16
      #> bisenet width=1/8, 1 epoch of 2 steps, 2 images of 64x32 a step, in bf16

      """))
    // Its record says so to whoever loads it, and other records are as they always were.
    func record(_ name: String) -> String {
      String(decoding: bench.bytes(".segue/store/\(digests[name] ?? "")/training.json") ?? [], as: UTF8.self)
    }
    #expect(record("b").contains("\"precision\"") && record("b").contains("bf16"))
    #expect(record("a").contains("epochs") && !record("a").contains("precision"))
  }

  @Test func otherWordsAreCorrected() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.built) == nil)
    let diagnostic = try #require(session.perform(["train m on=few.train batch=2 precision=f16"]))
    #expect(diagnostic.message == "precision cannot be 'f16'")
  }
}
