import Language
import Testing
import Workbench

/// `segue fmt`: one spelling for a script, with all that it says.
@Suite struct FormattingTests {
  @Test(arguments: [
    ("train   on=d.train   m epochs=3.0", "train m on=d.train epochs=3"),
    ("fda beta=1% x", "fda x beta=0.01"),
    ("x=3", "x=3"), ("fda source=#x beta=1%", "fda source=#x beta=0.01"),
    ("fda source=d.source beta=5e-2", "fda d.source beta=0.05"),
    ("load weights x.bin", #"load weights "x.bin""#),
    ("load weights ../data/x.bin", #"load weights "../data/x.bin""#),
    ("p = \"x.bin\"\nload weights p", "p = \"x.bin\"\nload weights p"),
    ("load dataset gta5 g size=64x32", #"load dataset gta5 "g" size=64x32"#),
    ("load dataset from=g", #"load dataset from="g""#),
    ("show a  b to=x.txt", #"show a b to="x.txt""#),
    ("expect a.miou>=3", "expect a.miou>=3"),
    ("expect  a.miou  >=  3.0", "expect a.miou >= 3"),
    ("fda zeta=3 beta=1%", "fda zeta=3 beta=1%"),
    ("fda a b c beta=1%", "fda a b c beta=1%"),
    ("augment contrast=50%..150%   # wide", "augment contrast=0.5..1.5 # wide"),
    ("x = fda \\\n  beta=1% # why\n#> as it was\n#!   as  it   was\n##  Head\n#prose\n\n\n\n", "x = fda beta=0.01 # why\n#> as it was\n#!   as  it   was\n## Head\n# prose"),
    ("explain fda  beta=1%", "explain fda beta=0.01"),
    ("#!/usr/bin/env segue\nseed   7", "#!/usr/bin/env segue\nseed 7"),
  ])
  func canonicalForm(_ text: String, _ expected: String) {
    let formatted = Script(text, Toy.catalog.vocabulary).formatted(Toy.catalog)
    #expect(formatted == expected + "\n")
    #expect(Script(formatted, Toy.catalog.vocabulary).formatted(Toy.catalog) == formatted, "a fixed point")
  }

  /// What was recorded stands in its canonical form already.
  @Test func recordedSessionsStay() {
    let session = Session(Toy.catalog)
    for (typed, _) in LeftOutTests.seven { session.evaluate(typed) }
    session.evaluate("seed 4\nw = 1/2\nfda beta=2% dataset1.source\nshow fda1 iou1")
    #expect(Script(session.transcript, Toy.catalog.vocabulary).formatted(Toy.catalog) == session.transcript)
  }
}
