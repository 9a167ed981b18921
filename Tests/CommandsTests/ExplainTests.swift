import Commands
import Language
import Testing
import Workbench

/// `explain`: numbers, not parameters.
@Suite struct ExplainTests {
  /// A statement, and lines that its explanation holds.
  static let cases: [(String, [String])] = [
    ("explain fda few beta=0.05", ["swaps 3x3 of 64x32 frequencies of each image, when it is read", "each time with the amplitudes of another of the 160 training images of d.target"]),
    ("explain fda d.source beta=0.1", ["swaps 7x7 of 64x32 frequencies of each image, when it is read"]),
    ("explain take d.source count=8", ["the first 8 of the 210 images of d.source"]),
    ("explain augment few", ["of 5 images about 2 are changed in an epoch, different ones each time"]),
    ("explain join few d.source", ["5 and 210 images, 215 together"]),
    ("explain load dataset streets size=64x32", ["source, 210 images (160 train, 50 val), 64x32", "drawn when they are read; no file is needed"]),
    ("explain train m on=few.train batch=2 epochs=3 validate=few.val", [
      "3 epochs of 2 steps, 2 images of 64x32 a step: 6 steps", "evaluated after every epoch on the 1 image of few.val",
    ]),
    ("explain train m on=few.train toward=d.target.train batch=2", [
      "25 epochs of 2 steps, 2 images of 64x32 a step: 50 steps", "each step reads as many of few.train, of d.target.train for the adversary",
    ]),
    ("explain train m on=few.train toward=d.target.train batch=2 targetbatch=4", ["each step reads 2 of few.train, 4 of d.target.train for the adversary"]),
    (
      "explain train m on=few.train toward=d.target.train batch=2 targetbatch=4 shards=2",
      ["each step is computed in 2 shards of 1 and 2 of the target each"]
    ),
    ("explain train m on=few.train batch=2 rare=0.01", ["each image is drawn for a class, and a window that holds it: "]),
    ("explain adapt t on=d.target.train batch=16", ["batch-norm statistics of 160 images of 64x32, in 10 batches; weights stay as they are", "labels are not looked at"]),
    ("explain lab few", ["the mean and the deviation of lightness and both colours of each image, when it is read", "each time those of another of the 160 training images of d.target"]),
    ("explain pseudolabel t on=few.train rule=crst keep=20% floor=0.3", ["a pixel gets the class of the largest probability over threshold, which the most confident 20 % of\neach class reach; no threshold is below 0.3"]),
    ("explain build model width=1/8", ["drawn with the seed 0"]),
    ("explain iou t on=few.val", ["1 image of 64x32 through 1 network, "]),
    ("explain pseudolabel t on=few.train", ["a pixel keeps its class where it is among the most confident 34 % of that class, or its confidence\nis above 0.90"]),
    ("explain ensemble t t", ["each image goes through 2 networks"]),
    ("explain predict t on=few[0]", ["19 probabilities for each of 64x32 pixels"]),
  ]

  @Test func fillsInTheNumbers() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.trained) == nil)
    let history = session.history
    for (statement, lines) in Self.cases {
      #expect(session.evaluate(statement) == .done)
      let shown = session.shown.joined(separator: "\n")
      for line in lines { #expect(shown.contains(line), "\(statement)\n\(shown)") }
    }
    #expect(session.history == history)
  }

  /// What is left out is told as it will be, not as it was written.
  @Test func derivedSettings() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.trained) == nil)
    func value(_ parameter: String, _ statement: String) -> String? {
      #expect(session.evaluate(statement) == .done)
      let row = session.shown.first { $0.hasPrefix("  \(parameter) ") }
      return row?.dropFirst(2 + parameter.count).drop { $0 == " " }.components("  ").first
    }
    let built = "explain train m on=few.train batch=2", trained = "explain train t on=few.train toward=d.target.train"
    #expect(value("lr", built) == "0.05, for the network was built from nothing")
    #expect(value("lr", trained) == "0.01")
    #expect(value("lr", built + " lr=0.002") == "0.002")
    #expect(value("batch", trained) == "2")
    #expect(value("crop", built) == "64x32, the whole image where a side is smaller")
    #expect(value("crop", built + " crop=32x32") == "32x32")
  }

  /// Settings of methods that are not used are not listed; those of the one that is are, each with its default.
  @Test(arguments: [
    ("", []), (" toward=d.target.train", ["targetbatch 2", "method adversary", "adversarial 0.001", "dlr 0.0001", "gan vanilla", "auxiliary 0", "discriminator full"]),
    (" toward=d.target.train method=adversary dlr=0.01", ["targetbatch 2", "method adversary", "adversarial 0.001", "dlr 0.01", "gan vanilla", "auxiliary 0", "discriminator full"]),
    (" toward=d.target.train method=entropy", ["targetbatch 2", "method entropy", "entropy 0.001", "penalty linear"]),
    (
      " toward=d.target.train method=teacher epochs=200 jitter=0.1",
      ["targetbatch 2", "method teacher", "mixed 1", "threshold 0.968", "alpha 0.9167, an average over 12 of 400 steps", "jitter 0.1", "blur yes", "masked 0"]
    ),
    (" toward=d.target.train method=teacher alpha=0.99", ["targetbatch 2", "method teacher", "mixed 1", "threshold 0.968", "alpha 0.99", "jitter 0.25", "blur yes", "masked 0"]),
    (" toward=d.target.train method=teacher alpha=0.99 masked=1 block=8", ["targetbatch 2", "method teacher", "mixed 1", "threshold 0.968", "alpha 0.99", "jitter 0.25", "blur yes", "masked 1", "hidden 0.7", "block 8"]),
    (
      " toward=d.target.train method=teacher alpha=0.99 masked=1",
      ["targetbatch 2", "method teacher", "mixed 1", "threshold 0.968", "alpha 0.99", "jitter 0.25", "blur yes", "masked 1", "hidden 0.7", "block 4"]
    ),
    (" loss=ohem", ["hard 0.7"]), (" toward=d.target.train method=entropy targetbatch=4 loss=balanced", ["targetbatch 4", "method entropy", "entropy 0.001", "penalty linear"]),
    (" pseudo=few.train", ["pseudoloss ce"]), (" shards=2", ["shards 2"]),
  ]) func settingsWithoutEffectAreNotListed(_ words: String, _ listed: [String]) throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.built + ["explain train m on=few.train batch=2" + words]) == nil)
    let rows = session.shown.filter { $0.hasPrefix("  ") }.map { $0.split(separator: " ", maxSplits: 1).map { $0.trimmingPrefix { $0 == " " } }.joined(separator: " ") }
    let names: Set<Substring> = ["method", "adversarial", "dlr", "gan", "auxiliary", "discriminator", "entropy", "penalty", "mixed", "threshold", "alpha", "jitter", "blur", "masked", "hidden", "block", "targetbatch", "hard", "pseudoloss", "shards"]
    #expect(rows.filter { names.contains($0.prefix { $0 != " " }) } == listed, "\(rows)")
  }

  /// Arithmetic is that of the network, and memory that of its plan.
  @Test func costs() throws {
    let session = Session(DomainCommands.catalog)
    #expect(session.perform(["load dataset", "m = build model"]) == nil)
    #expect(session.evaluate("explain build model") == .done)
    #expect(session.shown.contains { $0.contains("8484448 weights to train") && $0.contains("19.4 GMAC for an image of 1024x512") }, "\(session.shown)")
    #expect(session.evaluate("explain train m on=dataset1.source.train epochs=2") == .done)
    #expect(session.shown.contains { $0 == "a step, there and back, is about 30.3 GMAC" })
    #expect(session.shown.contains { $0.hasPrefix("memory: ") && $0.contains("178.0 MB for maps, ") }, "\(session.shown)")
  }

  /// The time is told from runs that the store remembers.
  @Test func timeFromEarlierRuns() throws {
    let bench = Bench(), session = try bench.open()
    defer { withExtendedLifetime(bench) {} }
    #expect(session.perform(Small.built) == nil)
    func time(_ statement: String) -> String? {
      #expect(session.evaluate("explain " + statement) == .done)
      return session.shown.first { $0.hasPrefix("time: ") }
    }
    let small = "train m on=few.train batch=2 epochs=1 validate=few.val"
    #expect(time(small) == "time: not known until a similar statement has run here")
    #expect(session.perform(["t = " + small]) == nil)
    #expect(time(small) == nil, "it is kept")
    #expect(time(small.replacing("epochs=1", with: "epochs=4"))?.hasSuffix(", as 1 earlier run took") == true)
    #expect(time(small.replacing("batch=2", with: "batch=4"))?.hasSuffix(", estimated from an earlier run of another size") == true)
    #expect(session.shown.last?.hasSuffix("would be computed") == true)
  }

  /// A run that was stopped and went on does not tell how long one takes.
  @Test func resumedRunsTellNoTime() throws {
    let bench = Bench(), interrupt = Interrupt()
    let session = try bench.open(interrupt: interrupt)
    #expect(session.perform(Small.built) == nil)
    let stopping = Session(DomainCommands.catalog, session.surroundings) { event in
      if case .progressed(let progress) = event, progress.fraction > 0.3 { interrupt.request() }
    }
    #expect(stopping.perform(Small.built) == nil)
    #expect(stopping.evaluate("train m on=few.train batch=2 epochs=4") == .interrupted)
    interrupt.reset()
    #expect(session.perform(["train m on=few.train batch=2 epochs=4"]) == nil)
    #expect(session.evaluate("explain train m on=few.train batch=2 epochs=5") == .done)
    #expect(session.shown.contains("time: not known until a similar statement has run here"))
  }
}

extension Substring {
  /// The parts between stretches of two blanks.
  fileprivate func components(_ separator: String) -> [String] { split(separator: separator).map(String.init) }
}
