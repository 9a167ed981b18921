import Rendering
import Testing
import Workbench

@Suite struct ReplayRendererTests {
  static let same = Replay.Step(
    line: 3, statement: "n = 1", verdict: .same, reason: nil, difference: [], outputs: ["#> 1"], recipe: nil, content: "ab")
  static let other = Replay.Step(
    line: 4, statement: "t = train", verdict: .differs, reason: "epochs was 4 and is 2", difference: [.both("#> a"), .recorded("#> 1\u{7}"), .now("#> 2")],
    outputs: ["#> a", "#> 2"], recipe: nil, content: nil)
  static let new = Replay.Step(line: 5, statement: "show t", verdict: nil, reason: nil, difference: [], outputs: ["#> x"], recipe: nil, content: nil)

  @Test func words() {
    #expect(ReplayRenderer().lines(Self.same).map(\.text) == ["same    n = 1"])
    #expect(ReplayRenderer().lines(Self.other).map(\.text) == [
      "differs t = train", "        because: epochs was 4 and is 2", "          #> a", "        - #> 1\\u{7}", "        + #> 2",
    ])
    #expect(ReplayRenderer().lines(Self.new).map(\.text) == ["-       show t", "        #> x"])
  }

  @Test func onlyWhatIsNearAChangeIsShown() {
    var step = Self.other
    step.difference = (1...6).map { .both("\($0)") } + [.recorded("a"), .now("b")] + (1...4).map { .both("\($0)") }
    #expect(ReplayRenderer().lines(step).dropFirst(2).map(\.text) == [
      "          … 4 lines alike", "          5", "          6", "        - a", "        + b", "          1", "          2", "          … 2 lines alike",
    ])
  }

  @Test func colours() {
    let painted = ReplayRenderer().lines(Self.other).map { Palette.sixteen.paint($0) }
    #expect(painted[3].hasPrefix("\u{1B}[31m") && painted[4].hasPrefix("\u{1B}[32m"))
    #expect(!painted[3].contains("\u{7}"))
  }

  @Test func json() {
    #expect(JSONRenderer().line(Self.other) == ##"{"event":"compared","line":4,"statement":"t = train","verdict":"differs","reason":"epochs was 4 and is 2","difference":["  #> a","- #> 1\u0007","+ #> 2"],"outputs":["#> a","#> 2"],"recipe":null,"content":null}"##)
    var report = Replay.Report()
    (report.steps, report.verdict, report.made, report.kept) = ([Self.same, Self.new], .close, 1, 2)
    #expect(ReplayRenderer().line(report).text == "verdict: close (2 statements, 1 compared; 1 made, 2 kept from before)")
    var empty = report
    empty.steps = [Self.new]
    #expect(ReplayRenderer().line(empty).text == "verdict: nothing to compare (1 statement; 1 made, 2 kept from before)")
    #expect(JSONRenderer().line(report) == #"{"event":"verdict","verdict":"close","statements":2,"unreached":0,"made":1,"kept":2,"exit":0,"failure":null}"#)
  }
}
