import Testing
import Scenes

@Suite struct PrefetcherTests {
  struct Spoiled: Error {}

  /// With a thread and without one (a system at its limit grants none) the same items come, in order, and an error ends them.
  @Test(arguments: [true, false]) func itemsComeWithAThreadAndWithout(_ hasThread: Bool) throws {
    let make: @Sendable (Int) throws -> Int = { index in
      if index == 3 { throw Spoiled() }
      return index * index
    }
    let items = hasThread ? Prefetcher(depth: 2, make: make) : Prefetcher(depth: 2, starting: { _ in false }, make: make)
    #expect(try (0..<3).map { _ in try items.next() } == [0, 1, 4])
    #expect(throws: Spoiled.self) { try items.next() }
    #expect(throws: Spoiled.self) { try items.next() }
  }
}
