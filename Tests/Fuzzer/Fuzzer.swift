import Dispatch
import Foundation

/// Tries mutated inputs on the readers of files: `fuzzer COUNT [READER...]`, or `fuzzer --list`. An input that crashes, takes too long or too much
/// memory ends the process; its number is printed, and `fuzzer --one NUMBER READER` tries it alone. The inputs are the same on every run.
///
/// `scripts/fuzz --readers` builds it with AddressSanitizer, without which memory is not counted.
@main struct Fuzzer {
  static func main() {
    let words = Array(CommandLine.arguments.dropFirst())
    if words == ["--list"] { return Reader.all.forEach { print($0.name) } }
    if words.count == 3, words[0] == "--one", let number = Int(words[1]), let reader = Reader.named(words[2]) { return tryOne(reader, number) }
    guard let count = words.first.flatMap({ Int($0) }), count > 0 else { return fail("usage: fuzzer COUNT [READER...] | --one NUMBER READER | --list") }
    let readers = words.count > 1 ? words.dropFirst().map { name in (name, Reader.named(name)) } : Reader.all.map { ($0.name, $0) }
    for (name, reader) in readers {
      guard let reader else { return fail("there is no reader \(name)") }
      run(reader, count)
    }
  }

  private static func say(_ words: String) { FileHandle.standardOutput.write(Data(words.utf8)) }

  private static func fail(_ words: String) {
    FileHandle.standardError.write(Data((words + "\n").utf8))
    exit(2)
  }

  private static func run(_ reader: Reader, _ count: Int) {
    let watch = Watch(reader.name), start = Date()
    var read = 0, slowest = (seconds: 0.0, number: 0), largest = (bytes: 0, number: 0)
    for number in 0..<count {
      let input = reader.input(number)
      watch.look(at: number)
      AllocationCount.begin()
      let began = DispatchTime.now().uptimeNanoseconds
      if reader.read(input) { read += 1 }
      let seconds = Double(DispatchTime.now().uptimeNanoseconds - began) / 1e9, bytes = AllocationCount.end()
      if seconds > slowest.seconds { slowest = (seconds, number) }
      if bytes > largest.bytes { largest = (bytes, number) }
      let allowed = reader.room(input.count)
      guard bytes <= allowed else { return fail("\(reader.name): input \(number) of \(input.count) bytes took \(bytes) bytes of memory, and \(allowed) are its due") }
    }
    watch.end()
    let memory = AllocationCount.isActive ? ", most memory \(largest.bytes >> 10) KiB (input \(largest.number))" : ""
    say(
      "\(reader.name): \(count) inputs in \(Int(Date().timeIntervalSince(start))) s, \(100 * read / count) % read, the others refused; slowest \(Int(1000 * slowest.seconds)) ms (input \(slowest.number))\(memory)\n")
  }

  private static func tryOne(_ reader: Reader, _ number: Int) {
    let input = reader.input(number)
    print("\(reader.name), input \(number): \(input.count) bytes")
    AllocationCount.begin()
    print(reader.read(input) ? "read" : "refused", "\(AllocationCount.end()) bytes of memory")
  }
}

/// Ends the process when an input takes longer than two seconds.
final class Watch: @unchecked Sendable {
  static let seconds = 2.0
  private let lock = NSLock()
  private var current: (number: Int, since: Date)?
  private var isOver = false

  init(_ name: String) {
    Thread.detachNewThread { [weak self] in
      while true {
        Thread.sleep(forTimeInterval: 0.25)
        guard let self, !self.lock.withLock({ self.isOver }) else { return }
        guard let (number, since) = self.lock.withLock({ self.current }), Date().timeIntervalSince(since) > Watch.seconds else { continue }
        FileHandle.standardError.write(Data("\(name): input \(number) has not ended after \(Watch.seconds) s\n".utf8))
        abort()
      }
    }
  }

  func look(at number: Int) { lock.withLock { current = (number, Date()) } }
  func end() { lock.withLock { isOver = true } }
}
