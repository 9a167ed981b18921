import Commands
import Language
import Rendering
import Testing
import Workbench

/// What a person sees while working and when asking for help.
@Suite struct ScreenfulTests {
  /// Help on everything, and on each category, is read without scrolling on the smallest usual screen, and nothing of it is cut off.
  @Test(arguments: ["help"] + Category.allCases.map { "help \($0.rawValue)" }) func helpFitsAScreen(_ statement: String) {
    let session = Session(DomainCommands.catalog)
    #expect(session.evaluate(statement) == .done)
    let lines = TextRenderer(columns: 80, palette: .none).lines(session.last.display)
    #expect(lines.count <= 22 && !lines.contains { $0.contains("…") || TextWidth.of($0) > 80 }, "\(lines.joined(separator: "\n"))")
    for command in DomainCommands.catalog.commands where statement == "help" || statement == "help \(command.category.rawValue)" {
      #expect(lines.contains { $0.contains(command.name) }, "\(command.name)")
    }
  }

  /// Evaluating an epoch is a part of the work: the bar does not stand at its end meanwhile, and never goes back.
  @Test func theBarGoesOnWhileAnEpochIsEvaluated() throws {
    let bench = Bench(), session = try bench.open()
    #expect(session.perform(Small.built + ["t = train m on=few.train batch=2 epochs=2 validate=few"]) == nil)
    let steps = bench.events.compactMap { if case .progressed(let step) = $0 { step } else { nil } }
    let fractions = steps.map(\.fraction), evaluating = steps.filter { $0.stage.contains("evaluating image") }
    #expect(evaluating.count == 10 && evaluating.dropLast().allSatisfy { $0.fraction < 1 })
    #expect(zip(fractions, fractions.dropFirst()).allSatisfy { $0 <= $1 } && fractions.last == 1)
    #expect(Set(evaluating.map(\.fraction)).count == 10)
  }
}
