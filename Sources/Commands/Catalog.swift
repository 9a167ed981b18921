import Scenes
import Tensors
public import Workbench

/// The commands of the domain, in the order in which help lists them.
public enum DomainCommands {
  public static let all: [any CommandDeclaration.Type] = [
    LoadDataset.self, Describe.self, Diagnose.self, Augment.self, FDA.self, LAB.self, PseudoLabel.self, Join.self, Take.self,
    BuildModel.self, LoadWeights.self, Train.self, Adapt.self, Ensemble.self,
    IoU.self, Tabulate.self, Confusion.self, Predict.self, Segment.self, LoadBatch.self, Features.self, SpectrumCommand.self, Combine.self, Show.self, PlotCommand.self,
    Export.self,
  ]

  public static let catalog = Catalog(all)

  /// Versions of what values are made with, for `segue --version`.
  public static var versions: String {
    let all = all.compactMap { $0 as? any Command.Type }.reduce(into: ["streets": String(Streets.version)]) { $0.merge($1.foundations) { $1 } }
    return all.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
  }

  /// What is said where memory runs out in the middle of a statement, which ends the process: the journal and the store are whole.
  public static func adviseOnMemory(_ remedy: String?) {
    OutOfMemory.advise("help: " + (remedy.map { "\($0); " } ?? "") + "what was finished is kept, and `segue` continues the session")
  }

  /// What values are computed with, bit for bit: `avx512`, `avx2`, or `portable-` and the processor that OpenBLAS chose its loops for.
  public static var instructionSet: String { Threads.arithmetic }
}
