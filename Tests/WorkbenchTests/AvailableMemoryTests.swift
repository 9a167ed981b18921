import Testing
@preconcurrency import Workbench

/// What is left of the machine's memory, of its control groups' and of the process's own limits.
@Suite struct AvailableMemoryTests {
  static let machine = ["/proc/meminfo": "MemTotal:       24000 kB\nMemFree:  10 kB\nMemAvailable:   20000 kB\n"]
  static let status = ["/proc/self/status": "Name:\tsegue\nVmSize:\t    1000 kB\nVmData:\t     400 kB\n"]

  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var files: [String: String]
    var space: Int64?
    var data: Int64?
    var kilobytes: Int64?
  }

  static let cases = [
    Case(testDescription: "the machine alone", files: machine, kilobytes: 20000),
    Case(testDescription: "nothing is known", files: [:], kilobytes: nil),
    Case(testDescription: "a limit of the address space", files: machine.merging(status) { $1 }, space: 5000 << 10, kilobytes: 4000),
    Case(testDescription: "a limit of data", files: machine.merging(status) { $1 }, space: 5000 << 10, data: 1000 << 10, kilobytes: 600),
    Case(testDescription: "a limit that is passed already", files: machine.merging(status) { $1 }, space: 500 << 10, kilobytes: 0),
    Case(
      testDescription: "the group of a container",
      files: machine.merging(["/proc/self/cgroup": "0::/\n", "/sys/fs/cgroup/memory.max": "4096000\n", "/sys/fs/cgroup/memory.current": "1024000\n"]) { $1 }, kilobytes: 3000),
    Case(
      testDescription: "cached files of a group give way",
      files: machine.merging([
        "/proc/self/cgroup": "0::/a\n", "/sys/fs/cgroup/a/memory.max": "4096000\n", "/sys/fs/cgroup/a/memory.current": "4096000\n",
        "/sys/fs/cgroup/a/memory.stat": "anon 5\ninactive_file 1024000\n",
      ]) { $1 }, kilobytes: 1000),
    Case(
      testDescription: "a group above limits, its own does not",
      files: machine.merging([
        "/proc/self/cgroup": "0::/user/job\n", "/sys/fs/cgroup/user/job/memory.max": "max\n", "/sys/fs/cgroup/user/job/memory.current": "10\n",
        "/sys/fs/cgroup/user/memory.max": "2048000", "/sys/fs/cgroup/user/memory.current": "0",
      ]) { $1 }, kilobytes: 2000),
    Case(
      testDescription: "version 1",
      files: machine.merging([
        "/proc/self/cgroup": "5:cpu,cpuacct:/x\n4:memory:/x\n", "/sys/fs/cgroup/memory/x/memory.limit_in_bytes": "1024000\n",
        "/sys/fs/cgroup/memory/x/memory.usage_in_bytes": "512000\n",
      ]) { $1 }, kilobytes: 500),
  ]

  @Test(arguments: cases) func theLeastCounts(_ test: Case) {
    let memory = AvailableMemory(read: { test.files[$0] }, limits: (test.space, test.data))
    #expect(memory.bytes == test.kilobytes.map { $0 << 10 })
  }

  @Test func thisMachineHasSome() { #expect(AvailableMemory.now().map { $0 > 1 << 20 } ?? true) }
}
