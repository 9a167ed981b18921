import Commands
import Language
import TestSupport
import Testing
import Workbench

/// `segue check` of any script with the commands of the domain: no crash, no hang, nothing looked at in an outline that is not there.
@Suite struct CheckFuzzTests {
  /// One of everything, small; each is mutated word by word.
  static let seeds = [
    OutlineTests.trained.joined(separator: "\n"),
    (OutlineTests.trained + ["show j@best e on=q what=confidence", "features e layer=\"ffm.out\" on=q[3]", "combine amplitude=s phase=p", "plot t j what=miou", "save t to=x.safetensors"]).joined(separator: "\n"),
    "d = load dataset streets size=64x32\nm = build model width=1/8\nf = fda beta=0.1\na = augment f\nt = train m on=a.train toward=d.target.train batch=2 epochs=3\n"
      + "p = pseudolabel t\nu = train t on=f.train pseudo=p.train\nensemble t u\niou ensemble1 t\nconfusion u\nx = iou1.miou\nexpect iou1.u > 3\nshow u on=p[3] what=discriminator\n"
      + "load weights x.safetensors into=u\njoin p f\ntake join1 count=4\ns = spectrum take1[0]\npredict u on=take1[0]\nshow s predict1\ngraph u to=g.dot\ndiff t u\nexport x.html",
  ]

  @Test(arguments: 0..<2) func anyScript(_ part: Int) {
    let known = OutlineTests.trained.joined(separator: "\n") + "\n"
    Mutation.trying(Mutation.count(usual: 300, share: 0.02), part: part, of: 2) { number in
      // Half of them stand on values of which only outlines are there.
      let text = (number % 4 < 2 ? known : "") + Mutation.text(number, of: Self.seeds)
      for diagnostic in Session.check(Script(text, Bench.catalog.vocabulary), Bench.catalog, .memory()) {
        #expect(diagnostic.range.map { $0.start <= $0.end && $0.end <= text.utf8.count } ?? true, "\(number): \(text.debugDescription)")
      }
    }
  }
}
