import Imaging
import Language
import Scenes
import TestSupport
import Testing
import Workbench

/// Published data sets at the prompt: what they show, what is asked for, what is in their recipes.
@Suite struct PublishedDataTests {
  private static func darkZurich(_ bench: Bench) throws {
    for i in 0..<2 { try bench.image("dz/rgb_anon/train/night/G/f\(i)_rgb_anon.png") }
    try bench.image("dz/rgb_anon/val/night/G/f9_rgb_anon.png")
    try bench.label("dz/gt/val/night/G/f9_gt_labelTrainIds.png", [0, 13, 255])
  }

  /// Training towards images without labels, judged by those that have some: what is left out is the night and its val.
  @Test func darkZurichIsAdaptedToAndJudged() throws {
    let bench = Bench(), session = try bench.open()
    try Self.darkZurich(bench)
    #expect(session.perform(["z = load dataset darkzurich dz"]) == nil)
    #expect(session.shown.prefix(2) == ["darkzurich", ".night: target, 3 images (2 train, 1 val), 64x32, only val has labels"] && session.shown.last == "note: no label is for training: 2 images for training without labels", "\(session.shown)")
    #expect(session.perform(Small.built + ["t = train m on=few.train toward=z.night.train method=entropy batch=2 epochs=1 validate=z.night.val", "i = iou t on=z.night.val", "n = describe z.night", "expect n.labels = 1", "expect n.images = 3", "show z.night.val[0]"]) == nil)
    let diagnostic = try #require(session.evaluate("iou t on=z.night.train").diagnostic)
    #expect(diagnostic.message == "z.night.train has no labels to evaluate against")
    let mixed = try #require(session.evaluate("iou t on=z.night").diagnostic)
    #expect(mixed.message == "z.night has images without a label to evaluate against" && mixed.remedy == "z.night.val has labels")
    // By itself training is judged by the nights that have labels.
    bench.events = []
    #expect(session.perform(["z2 = load dataset darkzurich dz strict=yes", "u = train m on=few.train toward=z2.night.train method=entropy batch=2 epochs=1"]) == nil)
    #expect(session.evaluate("plot u what=miou").diagnostic == nil)
  }

  @Test func acdcIsAWholeWithFields() throws {
    let bench = Bench(), session = try bench.open()
    for condition in ["fog", "snow"] {
      try bench.image("a/rgb_anon/\(condition)/val/G/\(condition)_rgb_anon.png")
      try bench.label("a/gt/\(condition)/val/G/\(condition)_gt_labelIds.png")
    }
    #expect(session.perform(Small.built + ["a = load dataset acdc a", "i = iou m on=a.val", "j = iou m on=a.fog.val", "show a.snow[0]"]) == nil)
    #expect(session.perform(["a"]) == nil)
    #expect(session.shown.prefix(3) == ["target, 2 images (val), 64x32", ".fog: target, 1 image (val), 64x32", ".snow: target, 1 image (val), 64x32"], "\(session.shown)")
  }

  /// What the files leave open is asked for, with the words that answer it.
  @Test(arguments: [
    ("load dataset carla g", "which mean other classes in CARLA", "add ids=own for the renderer's numbers or ids=cityscapes for those that follow Cityscapes"),
    ("load dataset cityscapes c", "cityscapes reads them from gtFine/ unless coarse ones are asked for", "add coarse=yes"),
  ]) func whatIsOpenIsAskedFor(_ statement: String, _ message: String, _ remedy: String) throws {
    let bench = Bench(), session = try bench.open()
    for i in 0..<2 {
      try bench.image("g/CameraRGB/\(i).png")
      try bench.label("g/CameraSeg/\(i).png", [7, 10])
      try bench.image("c/leftImg8bit/train/ulm/\(i)_leftImg8bit.png")
      try bench.label("c/gtCoarse/train/ulm/\(i)_gtCoarse_labelIds.png")
    }
    let diagnostic = try #require(session.evaluate(statement).diagnostic)
    #expect(diagnostic.message.contains(message) && diagnostic.remedy == remedy, "\(diagnostic)")
    let answer = statement.contains("carla") ? "ids=own" : "coarse=yes"
    #expect(session.perform(["x = \(statement) \(answer)"]) == nil)
  }

  /// Settings that came later are in the recipe only where they are written, and lists by their content.
  @Test func whatIsNotWrittenIsNotInTheRecipe() throws {
    let bench = Bench(), session = try bench.open()
    for i in 0..<4 {
      try bench.image("f/rgb/\(i)_rgb.png")
      try bench.label("f/seg/\(i)_seg.png", [0, 13])
    }
    try bench.write("train.txt", text: "0_rgb.png\n1_rgb.png\n")
    let statement = "load dataset folder f role=source images=\"rgb/*_rgb.png\" labels=\"seg/*_seg.png\""
    try bench.gta("g", 3)
    #expect(session.perform(["a = load dataset gta5 g", "b = load dataset gta5 g strict=no", "c = \(statement)", "d = \(statement) trainlist=train.txt"]) == nil)
    let plain = try #require(session.names.first { $0.name == "a" }).digest
    #expect(session.names.first { $0.name == "b" }?.digest == plain)
    let listed = try #require(session.names.first { $0.name == "d" }).digest
    #expect(session.names.first { $0.name == "c" }?.digest != listed)
    session.evaluate("d")
    #expect(session.shown.first == "source, 2 images (train), 64x32" && session.shown.contains("split: by lists") && session.shown.contains("note: 2 images in no list are not read"), "\(session.shown)")
    try bench.write("train.txt", text: "0_rgb.png\n2_rgb.png\n")
    #expect(session.perform(["e = \(statement) trainlist=train.txt"]) == nil)
    #expect(session.names.first { $0.name == "e" }?.digest != listed)
    // Written as it would be by itself, a setting changes nothing.
    try bench.image("c/leftImg8bit/val/ulm/1_leftImg8bit.png")
    try bench.label("c/gtFine/val/ulm/1_gtFine_labelIds.png")
    #expect(session.perform(["p = load dataset cityscapes c", "q = load dataset cityscapes c coarse=no"]) == nil)
    #expect(session.names.first { $0.name == "p" }?.digest == session.names.first { $0.name == "q" }?.digest)
  }

  /// Help says what each format is.
  @Test func helpExplainsEveryFormat() throws {
    let bench = Bench(), session = try bench.open()
    session.evaluate("help load dataset")
    let page = session.shown.joined(separator: " ").split(separator: " ").joined(separator: " ")
    for format in FormatCatalog.all { #expect(page.contains(format.summary.split(separator: " ").joined(separator: " ")), "\(format.name)") }
  }
}
