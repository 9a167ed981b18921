import Commands
import Language
import Testing
import Workbench

/// What completion offers where a text must be one that an operand knows.
@Suite struct SuggestionsTests {
  private func suggestions(_ text: String) throws -> [Suggestion] {
    let session = Session(Bench.catalog, .memory())
    #expect(session.perform(Small.built + ["e = build model spatial=stdc width=1/8"]) == nil)
    let call = try #require(Statement.parse(text, session.vocabulary).statement?.call)
    return session.suggestions(for: "layer", in: call)
  }

  /// Every layer of the model at hand, each of which can be looked at.
  @Test func layersAreThoseOfTheModel() throws {
    let own = try suggestions("features m on=few[0]"), other = try suggestions("features e")
    #expect(own.contains { $0.text == "sp.conv1.bn" } && !other.contains { $0.text == "sp.conv1.bn" })
    #expect(own.first { $0.text == "ffm.out" }?.help == "32 channels, at 1/8 of the image's size")
    #expect(Set(own.map(\.text)).count == own.count)
    let session = Session(Bench.catalog, .memory())
    #expect(session.perform(Small.built) == nil)
    for layer in ["images", own[own.count / 2].text, own[own.count - 1].text] {
      #expect(session.perform(["features m layer=\"\(layer)\" on=few[0]"]) == nil)
    }
  }

  @Test(arguments: ["features", "features nobody", "features few"]) func nothingIsOfferedWithoutAModel(_ text: String) throws { #expect(try suggestions(text).isEmpty) }
}
