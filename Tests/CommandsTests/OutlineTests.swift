import Commands
import Language
import Testing
import Workbench

/// What `segue check` knows of values that only work would make, and what it must not claim to know.
@Suite struct OutlineTests {
  static let trained = Small.built + [
    "t = train m on=few.train batch=2 epochs=12", "j = train m on=few.train batch=2 epochs=12 validate=few.val", "a = train m on=few.train toward=d.target.train epochs=2",
    "e = ensemble t j", "q = pseudolabel t on=d.target.train", "r = iou t e on=few.val", "s = spectrum few[0]", "p = spectrum few[0] part=phase",
    "small = load dataset streets size=32x16",
  ]

  private func check(_ statement: String) -> [Diagnostic] {
    Session.check(Script((Self.trained + [statement]).joined(separator: "\n"), Bench.catalog.vocabulary), Bench.catalog, .memory())
  }

  @Test(arguments: [
    ("show j@13 on=few", "'j' has no epoch 13"),
    ("expect t.miuo > 3", "'t' has no field 'miuo'"), ("expect r.s > 3", "'r' has no field 's'"), ("expect j > 3", "'j' is a model, and only numbers can be compared"),
    ("plot t what=pseudo", "t has no loss on pseudo-labels of its epochs"), ("plot q", "there is nothing to plot of q, which is a dataset"),
    ("show j on=few what=discriminator", "j was trained without toward=, so it has no discriminator"),
    ("show a on=small.target what=discriminator", "the discriminator sees 32 pixels at once, and target-train-0 is 32x16"),
    ("show a@1 on=d.target what=discriminator", "the discriminator is kept for the last epoch only"),
    ("features e layer=\"sp.conv9\" on=few[0]", "no layer is named 'sp.conv9'"), ("show q[168]", "'q' has no element 168"),
    ("combine amplitude=p phase=p", "p holds numbers below 0, so they are no amplitudes"), ("combine amplitude=s phase=s", "s holds numbers that are no angles"),
    ("train e", "an ensemble cannot be trained"), ("load weights x.safetensors into=e", "an ensemble takes no weights"), ("ensemble e t", "e is an ensemble already"),
    ("save e to=x.safetensors", "an ensemble has no weights of its own; save its 2 models one by one"), ("save r to=x.png", "a table is not written as 'x.png'"),
    ("graph t to=x.png", "a graph is written as .dot or .gv, not 'x.png'"), ("export x.doc", "a session is not exported as 'x.doc'"),
    ("refresh zz", "no value is named 'zz'"), ("help zzzzzz", "nothing is known about 'zzzzzz'"), ("diff t j a", "diff compares two values, not 3"),
    ("store older=3", "to= and older= have no effect without trim=yes"), ("pseudolabel t on=d.target.train to=../x", "'../x/target-train-0.png' lies outside the working directory"),
  ])
  func isKnown(_ statement: String, _ message: String) { #expect(check(statement).map(\.message) == [message]) }

  /// Sound statements, among them such as depend on numbers that nobody knows yet.
  @Test(arguments: [
    "show j@7 j@best on=few", "expect j.miou > t.loss", "expect r.miou > 99", "expect r.t < r.e", "x = tabulate r paper=1\nexpect x.t < x.e", "plot t j what=loss", "plot a what=discriminator", "plot r", "plot j what=miou",
    "x = t.loss\nfda d.source toward=d.target beta=x", "fda q toward=d.target", "train t on=few.train pseudo=q.train batch=2 epochs=1", "iou e t@5 on=q", "show q[3] what=overlay",
    "combine amplitude=s phase=p", "show r.t\n#! r.t is a number, which has no picture", "load weights x.safetensors into=t\n#! x", "ensemble", "save t to=t.safetensors\nload weights t.safetensors into=t",
    "confusion e on=few.val", "predict e on=q[0]", "y = predict e on=q[0]\nshow y", "take q count=2", "spectrum q[0]", "c = combine amplitude=s phase=p\nspectrum c",
  ])
  func nothingIsClaimed(_ statement: String) { #expect(check(statement) == []) }

  /// Operands that are left out are filled in by what the values will be.
  @Test func theLatestIsTheOneThatWillBe() {
    #expect(check("iou on=few.val\nx = iou1.e").map(\.message) == [])
    #expect(check("u = train on=few.train batch=2 epochs=1\niou on=few.val\nx = iou1.u").map(\.message) == [])
    #expect(check("iou on=few.val\nx = iou1.t").map(\.message) == ["'iou1' has no field 't'"])
  }
}
