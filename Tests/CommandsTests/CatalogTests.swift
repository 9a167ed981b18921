import Commands
import Scenes
import Testing
import Workbench

@Suite struct CatalogTests {
  @Test func declarationsAreSane() { #expect(DomainCommands.catalog.faults() == []) }

  @Test func loadDatasetKnowsEveryFormat() throws {
    let format = try #require(DomainCommands.catalog["load dataset"]?.parameters.first)
    #expect(format.role == .choice(FormatCatalog.all.map { $0.name }))
  }
}
