import Commands
import Language
import Tensors
import Testing
import Workbench

/// `build model plan=`: how layers are computed and where they lie.
@Suite struct BuildModelPlanTests {
  /// OpenBLAS computes all convolutions as they are defined.
  private static let filters = Threads.instructionSet != "portable"

  private func shown(_ statement: String) throws -> [String] {
    let session = Session(DomainCommands.catalog)
    try #require(session.evaluate(statement) == .done)
    return session.shown
  }

  @Test(.enabled(if: filters)) func training() throws {
    let lines = try shown("build model width=1/4 plan=training size=256x128 batch=4")
    #expect(lines.contains("plan of training, 4 images of 256x128"))
    for line in [
      "layer                                    operation                reads     writes  MFLOP  forward",
      "cp.backbone.features.0.conv              3x3 s2               256x128x3   128x64x8   14.2  direct",
      "cp.backbone.features.2.conv_list.1.conv  3x3                   32x16x32   32x16x16   18.9  f4",
      "sp.conv2.bn                              norm + ReLU           64x32x16   64x32x16",
    ] {
      let isThere = lines.contains(line)
      #expect(isThere, "\(line)")
    }
    func row(_ name: String) -> [Substring] { (lines.last { $0.hasPrefix(name + " ") } ?? "").split(separator: "  ").map { $0.drop { $0 == " " } } }
    #expect(row("layer") == ["layer", "data gradient", "weights", "value at", "gradient at"])
    #expect(row("cp.backbone.features.0.conv").dropLast(2) == ["cp.backbone.features.0.conv", "not wanted", "direct"])
    #expect(row("cp.backbone.features.2.conv_list.1.conv").dropLast(2) == ["cp.backbone.features.2.conv_list.1.conv", "f4", "f4"])
    #expect(row("sp.conv2.conv").dropLast(2) == ["sp.conv2.conv", "f4", "f4"])
    #expect(row("sp.conv2.bn").dropLast(2) == ["sp.conv2.bn", "in place"])
    #expect(lines.contains { $0.hasPrefix("arena: ") && $0.hasSuffix(" MiB if no two maps shared memory") })
    #expect(lines.contains { $0.hasPrefix("packed weights: packed again in each step, ") })
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  /// Even channels from 16 on, where no minimal filtering serves.
  @Test(.enabled(if: filters)) func bfloat16() throws {
    let lines = try shown("build model width=1/4 plan=training size=256x128 batch=4 precision=bf16")
    /// The last columns of the first table and what follows: forward, data gradient, weights.
    func methods(_ name: String) -> [Substring] {
      lines.filter { $0.hasPrefix(name + " ") }.flatMap { $0.split(separator: "  ").map { $0.drop { $0 == " " } } }.filter { $0.contains("direct") || $0.contains("f4") }
    }
    #expect(methods("sp.conv2.conv") == ["direct bf16", "direct bf16, 4 phases", "direct bf16"])
    #expect(methods("cp.backbone.features.2.conv_list.1.conv") == ["f4", "f4", "f4"])
    #expect(methods("conv_out.conv_out") == ["direct", "direct", "direct"])
    #expect(lines.allSatisfy { $0.count <= 100 })
  }

  @Test(.enabled(if: filters)) func inference() throws {
    let lines = try shown("build model width=1/4 plan=inference size=256x128")
    #expect(lines.contains("cp.backbone.features.2.conv_list.1.bn  3x3 + norm + ReLU      32x16x32   32x16x16    4.7  f4"))
    #expect(!lines.contains { $0.contains("conv_out16") || $0.contains("gradient  ") })
    #expect(lines.contains("arithmetic: 0.18 GFLOP"))
  }

  /// Inference takes larger tiles than training where maps are large.
  @Test(.enabled(if: filters)) func tilesOfInference() throws {
    func words(_ plan: String) throws -> [[Substring]] {
      let name = "cp.backbone.features.2.conv_list.1."
      return try shown("build model width=1/4 plan=\(plan) size=1024x512").filter { $0.hasPrefix(name) }.map { $0.split(separator: " ") }
    }
    #expect(try words("inference").first?.last == "f6")
    #expect(try words("training").contains { $0.dropFirst().starts(with: ["f4", "f4", "f4"]) })
  }

  /// The plan changes nothing of the model: what else it shows is the same.
  @Test func theModelIsTheSame() throws {
    let plain = try shown("build model width=1/8"), planned = try shown("build model width=1/8 plan=inference")
    #expect(planned.starts(with: plain) && planned.count > plain.count)
  }

  @Test func sizesAloneSayNothing() throws {
    let session = Session(DomainCommands.catalog)
    for (statement, name) in [("build model size=512x256", "size"), ("build model batch=3", "batch"), ("build model precision=bf16", "precision")] {
      guard let diagnostic = session.evaluate(statement).diagnostic else { Issue.record("\(statement) is accepted"); continue }
      #expect(diagnostic.message == "\(name)= has no effect without plan=")
    }
    guard let diagnostic = session.evaluate("build model plan=inference precision=bf16").diagnostic else { Issue.record("is accepted"); return }
    #expect(diagnostic.message == "an inference plan always uses f32")
  }
}
