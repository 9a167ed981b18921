import Foundation
import Testing

/// Many runs of one script, as batch systems start them.
@Suite struct JobTests {
  private static let study = """
    number = 1
    seed number
    d = load dataset streets size=64x32
    few = take d.source.train count=8
    n = build model bisenet width=1/8
    m = train n on=few batch=2 epochs=1
    scores = iou m on=d.target.val
    gain = repeat scores

    """

  private func shell() throws -> Shell {
    let shell = try Shell()
    try shell.write(JobTests.study, "study.segue")
    try shell.write("number = 1\nx = 2.5\n", "small.segue")
    return shell
  }

  private func check(_ line: String, _ code: Int32, output: [String] = [], errors: [String] = []) throws {
    let ended = try shell().run(line)
    #expect(ended.code == code, "\(ended)")
    for words in output { #expect(ended.output.contains(words), "\(ended)") }
    for words in errors { #expect(ended.errors.contains(words), "\(ended)") }
  }

  @Test func resultsAreCollected() throws {
    try check(
      "for s in 1 2 3; do segue run small.segue --set number=$s --set x=$s.5 --result r/$s.json >/dev/null || exit 9; done; segue collect r/*.json --over number --table x --to all.csv && cat all.csv", 0,
      output: ["value of x", "x=1.5  ", "script,x,number,column,row,value\nsmall.segue,1.5,1,,value,1.5\n"], errors: ["written: r/1.json", "written: all.csv"])
  }

  @Test(arguments: [
    ("segue run small.segue --result r.txt", Int32(2), "--result writes JSON: end 'r.txt' in .json"), ("touch r.json; segue run small.segue --result r.json", 1, "was not written by Segue"),
    ("segue collect", 2, "Missing expected argument"), ("segue collect none.json", 1, "there is no such file"), ("echo '{}' > a.json; segue collect a.json", 1, "a.json holds no results"),
    ("segue run study.segue --part 3/2", 2, "--part"), ("segue run study.segue --part 1/2 --fresh", 2, "which --fresh ignores"),
    ("segue run small.segue --result a.json >/dev/null && segue collect a.json --table x", 1, "a.json does not say which seed"),
    ("segue run small.segue --set number=1 --result a.json >/dev/null && segue collect a.json a.json --table x --over number", 1, "are results of the same settings"),
  ]) func refusals(_ line: String, _ code: Int32, _ words: String) throws { try check(line, code, errors: [words]) }

  /// A part says what it left, writes no result, and the whole finds everything.
  @Test func partsShareOut() throws {
    try check(
      "segue run study.segue --part 1/2 --result r.json; echo \"first $?\"; [ -e r.json ] && exit 8; segue run study.segue --part 2/2 >/dev/null 2>&1; echo \"second $?\"; segue run study.segue --result r.json --json | grep -c '\"event\":\"progressed\"'; grep -c scores r.json", 0,
      output: ["first 0", "second 0", "\n0\n1\n"], errors: ["part 1/2 is done; 1 of 2 are for other parts to compute", "1 statement waits for other parts, and r.json was not written", "written: r.json"])
  }

  /// What a workflow needs to know before it starts.
  @Test func forecast() throws {
    try check("echo 'save scores to=\"out.csv\"' >> study.segue; segue check --json study.segue", 0, output: ["{\"file\":\"study.segue\",\"inputs\":[],\"outputs\":[\"out.csv\"],\"seconds\":null,"])
    try check("segue check --json study.segue --set number=2 | grep -o '\"statement\":\"train[^\"]*\"'", 0, output: ["train n on=few epochs=1 batch=2"])
    try check("segue check study.segue --set numbre=2", 2, errors: ["did you mean number?"])
  }

  /// A task of a batch system has the processors that it was given.
  @Test func threadsThatWereGranted() throws {
    try check("SLURM_CPUS_PER_TASK=1 segue run study.segue > one.txt && segue run study.segue --fresh > all.txt && cmp one.txt all.txt", 0)
  }

  @Test(arguments: ["claims", "system"]) func locks(_ locks: String) throws {
    try check("export SEGUE_LOCKS=\(locks); segue run study.segue >/dev/null 2>&1 & wait; segue run study.segue | tail -3; [ -z \"$(find .segue -name '*.claim' -o -name '.writing*')\" ] && echo clean", 0, output: ["95 % interval", "clean"])
  }
}
