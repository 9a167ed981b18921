import Commands
import Language
import Testing
import Workbench

/// What can be read from a table, whatever its models are called and whatever was labelled.
@Suite struct TableFieldsTests {
  private func number(_ session: Session, _ text: String) throws -> Double {
    #expect(session.perform(["n = \(text)"]) == nil)
    return try #require(session.value(of: Reference("n")).number).value
  }

  /// A table's own fields win over models of these names, which are reached by their place.
  @Test func fieldsCannotBeShadowed() throws {
    let bench = Bench()
    let session = try bench.open()
    let models = ["accuracy = train m on=few.train batch=2 epochs=2 validate=few.val", "miou = train m on=few.train batch=2 epochs=1 validate=few.val"]
    #expect(session.perform(Small.built + models + ["i = iou miou accuracy on=few.val", "j = iou accuracy miou on=few.val", "k = iou accuracy on=few.val"]) == nil)
    #expect(session.perform(["i"]) == nil)
    #expect(session.shown.contains { $0.split(separator: " ") == ["class", "miou", "accuracy"] })
    for (place, table) in [("i[0]", "j[1]"), ("i[1]", "j[0]")] {
      #expect(try number(session, "\(place).miou") == number(session, "\(table).miou"))
      #expect(try number(session, "\(place).accuracy") == number(session, "\(table).accuracy"))
    }
    #expect(try number(session, "i.miou") == number(session, "i[0].miou"))
    #expect(try number(session, "i.accuracy") == number(session, "i[0].accuracy"))
    #expect(try number(session, "k.accuracy") == number(session, "i[1].accuracy"))
    #expect(try number(session, "k.miou") == number(session, "i[1].miou"))
    #expect(session.evaluate("i[2]").diagnostic?.remedy == "0 to 1 exist")
  }

  @Test func columnsOfOneTitleAreToldApart() throws {
    let bench = Bench()
    let session = try bench.open()
    #expect(session.perform(Small.trained + ["i = iou t m t on=few.val", "save i to=i.csv", "plot i"]) == nil)
    #expect(session.shown.contains { $0.contains("t, m, t (2)") })
    let lines = String(decoding: bench.bytes("i.csv") ?? [], as: UTF8.self).split(separator: "\n")
    #expect(lines.first == "class,t,m,t (2)")
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      #expect(cells.count == 4 && cells[1] == cells[3])
    }
    #expect(lines.suffix(2).map { $0.prefix { $0 != "," } } == ["mean", "pixel accuracy"])
  }

  /// Labels that name no class: 0 is `unlabelled` in the files of GTA5 and Cityscapes.
  private func unlabelled() throws -> (Bench, Session) {
    let bench = Bench()
    for i in 0..<4 {
      try bench.image("void/images/\(i).png")
      try bench.label("void/labels/\(i).png", [0])
    }
    try bench.gta("known", 4)
    let session = try bench.open()
    #expect(session.perform(Small.built + ["void = load dataset gta5 void", "known = load dataset gta5 known"]) == nil)
    return (bench, session)
  }

  @Test func nothingLabelledIsNoNumber() throws {
    let (bench, session) = try unlabelled()
    #expect(session.perform(["i = iou m on=void", "save i to=i.csv", "save i to=i.json", "i"]) == nil)
    let rows = session.shown.map { $0.split(separator: " ") }
    #expect(rows.contains(["mIoU", "-"]) && rows.contains(["pixel", "accuracy", "-"]))
    #expect(session.shown.joined(separator: " ").contains("no pixel that was evaluated has a label"))
    let csv = String(decoding: bench.bytes("i.csv") ?? [], as: UTF8.self)
    #expect(csv.hasSuffix("mean,\npixel accuracy,\n"))
    let json = String(decoding: bench.bytes("i.json") ?? [], as: UTF8.self)
    #expect(json.contains("\"accuracy\":null") && json.contains("\"meanIoU\":null"))
    for statement in ["expect i.miou > 0", "expect i.accuracy < 50", "expect 0 = i.miou", "i.m", "x = i[0].miou"] {
      let diagnostic = session.evaluate(statement).diagnostic
      #expect(diagnostic?.message.hasSuffix("is unavailable: no pixel that was evaluated has a label") == true, "\(statement): \(diagnostic?.message ?? "")")
      #expect(diagnostic?.range != nil)
    }
    #expect(session.perform(["c = confusion m on=void", "c", "vars", "plot i", "iou m on=known"]) == nil)
    // It is kept as it is.
    #expect(try bench.open(new: true).perform(Small.built + ["void = load dataset gta5 void", "i = iou m on=void"]) == nil)
    #expect(bench.kept.last == true)
  }

  @Test func whatIsNotLabelledIsNotTrainedOn() throws {
    let (bench, session) = try unlabelled()
    let diagnostic = session.evaluate("train m on=void.train batch=2 epochs=2").diagnostic
    #expect(diagnostic?.message == "no pixel of void.train that was read in the first epoch has a label, so that there is nothing to learn")
    #expect(diagnostic?.range != nil)
    // Batches without labels are left out of the mean: half of them change nothing.
    #expect(session.perform(["mixed = join known void", "t = train m on=mixed.train batch=2 epochs=3 validate=void every=1"]) == nil)
    #expect(session.shown.last?.hasSuffix("mIoU -: no pixel of the validation images has a label") == true)
    let loss = try number(session, "t.loss")
    #expect(loss > 1, "the mean of batches with labels alone")
    #expect(session.evaluate("t.miou").diagnostic?.message == "'t.miou' is unavailable: no pixel of the validation images has a label")
    #expect(session.evaluate("x = t@best").diagnostic?.remedy == "kept are @1, @2, @3")
    _ = bench
  }
}
