import Imaging
import Scenes
import TestSupport
import Testing

/// Published data sets in the layouts and encodings in which they are downloaded.
@Suite struct PublishedTests {
  // MARK: BDD100K

  /// As it is downloaded now, as it was, and as colour maps, whose palette index is the train id.
  @Test(arguments: [
    ("images/10k", "labels/sem_seg/masks", ""), ("bdd100k/images/10k", "bdd100k/labels/sem_seg/masks", ""), ("images", "labels", "_train_id"), ("seg/images", "seg/labels", "_train_id"),
    ("images/10k", "labels/sem_seg/colormaps", ""),
  ]) func bddHoldsTrainIDsBesideJPEGs(_ images: String, _ labels: String, _ suffix: String) throws {
    let folder = Folder()
    for (part, name) in [("train", "0a"), ("train", "0b"), ("val", "7d"), ("test", "cc")] {
      folder.write("\(images)/\(part)/\(name).jpg", TinyJPEG.bytes)
      guard part != "test" else { continue }
      let label = IndexMap(size: PixelSize(8, 6), values: (0..<48).map { [0, 13, 255][$0 % 3] })
      folder.write("\(labels)/\(part)/\(name)\(suffix).png", labels.hasSuffix("colormaps") ? PNG.encode(label, palette: LabelColours.palette) : PNG.encode(label))
    }
    folder.write("images/100k/train/0a.jpg", TinyJPEG.bytes)
    let loaded = try folder.load(BDD100K.self) { $0.isStrict = images.hasPrefix("images/10k") }, data = try #require(loaded.whole)
    #expect(data.role == .target && data.names(.train) == ["0a", "0b"] && data.names(.val) == ["7d"] && data.classes == Array(0..<19))
    #expect(try data.firstLabels() == ["0a": [0, 13, 255], "0b": [0, 13, 255], "7d": [0, 13, 255]])
    #expect(loaded.remarks.contains { $0.hasSuffix("/test/ is not read: 1 image kept for testing") })
  }

  // MARK: KITTI

  @Test func kittiIsSplitBySeedAndItsTestingIsNotRead() throws {
    let folder = Folder()
    for i in 0..<10 {
      folder.image("training/image_2/00000\(i)_10.png", i == 3 ? PixelSize(9, 6) : PixelSize(8, 6))
      folder.label("training/semantic/00000\(i)_10.png", [7, 26, 4], i == 3 ? PixelSize(9, 6) : PixelSize(8, 6))
      folder.image("training/semantic_rgb/00000\(i)_10.png")
      folder.image("testing/image_2/00000\(i)_10.png")
    }
    let loaded = try folder.load(KITTI.self) { $0.isStrict = true }, data = try #require(loaded.whole)
    #expect(data.role == .target && data.count == 10 && data.count(of: .val) == 2 && data.sizes.count == 2 && data.isSplitAtRandom)
    #expect(try data.label(at: 0)?.values.prefix(3) == [0, 13, 255])
    #expect(loaded.remarks == ["testing/ is not read: 10 images kept for testing"])
    #expect(try folder.load(KITTI.self).whole?.names(.val) == data.names(.val), "the same seed divides alike")
    #expect(try Set((0..<9).map { seed in try folder.load(KITTI.self) { $0.seed = seed }.whole!.names(.val) }).count > 2)
  }

  // MARK: ACDC

  private static func acdc(_ images: String, _ labels: String) -> Folder {
    let folder = Folder()
    for (condition, part, frame) in [("fog", "train", 1), ("fog", "val", 2), ("night", "train", 1), ("rain", "val", 4), ("snow", "train", 5), ("snow", "test", 6)] {
      let place = "\(condition)/\(part)/GOPR0\(frame)/GOPR0\(frame)_frame_00000\(frame)"
      folder.image("\(images)/\(place)_rgb_anon.png")
      if part != "test" {
        folder.image("\(images)/\(condition)/\(part)_ref/GOPR0\(frame)/GOPR0\(frame)_frame_00000\(frame)_rgb_ref_anon.png")
        folder.label("\(labels)/\(place)_gt_labelTrainIds.png", [0, 13, 255])
        folder.label("\(labels)/\(place)_gt_labelIds.png", [7, 26, 0])
        for kind in ["labelColor", "invIds", "invGray"] { folder.image("\(labels)/\(place)_gt_\(kind).png") }
      }
    }
    return folder
  }

  @Test(arguments: [("rgb_anon", "gt"), ("rgb_anon_trainvaltest/rgb_anon", "gt_trainval/gt")]) func acdcHasAFieldForEachCondition(_ images: String, _ labels: String) throws {
    let loaded = try Self.acdc(images, labels).load(ACDC.self) { $0.isStrict = true }, whole = try #require(loaded.whole)
    #expect(whole.role == .target && whole.count == 5 && whole.count(of: .train) == 3 && whole.hasLabels)
    #expect(loaded.fields.map(\.name) == ["fog", "night", "rain", "snow", "reference"])
    let fields = Dictionary(uniqueKeysWithValues: loaded.fields.map { ($0.name, $0.dataset) })
    #expect(try fields["fog"]!.firstLabels() == ["fog/GOPR01/GOPR01_frame_000001": [0, 13, 255], "fog/GOPR02/GOPR02_frame_000002": [0, 13, 255]])
    #expect(fields["fog"]!.count(of: .train) == 1 && fields["night"]!.count == 1 && fields["rain"]!.names(.val).count == 1)
    let reference = fields["reference"]!
    #expect(reference.count == 5 && !reference.hasLabels && reference.names(.val).allSatisfy { $0.hasSuffix("_ref") })
    #expect(loaded.remarks == ["what is kept for testing is not read: 1 image"])
    #expect(loaded.split == "by folders")
  }

  /// Two conditions may hold frames of one name.
  @Test func acdcPairsWithinItsConditions() throws {
    let folder = Folder()
    for (condition, id) in [("fog", UInt8(0)), ("rain", 13)] {
      folder.image("rgb_anon/\(condition)/train/GOPR01/f_1_rgb_anon.png")
      folder.label("gt/\(condition)/train/GOPR01/f_1_gt_labelTrainIds.png", [id])
    }
    let whole = try #require(try folder.load(ACDC.self) { $0.isStrict = true }.whole)
    #expect(try whole.firstLabels(1) == ["fog/GOPR01/f_1": [0], "rain/GOPR01/f_1": [13]])
  }

  // MARK: Dark Zurich

  /// Training images without labels and labelled ones for validation, in one load.
  @Test(arguments: [("", ""), ("Dark_Zurich_train_anon/", "Dark_Zurich_val_anon/")]) func darkZurichIsLabelledForValidationAlone(_ train: String, _ val: String) throws {
    let folder = Folder()
    for time in ["night", "twilight", "day"] { for i in 0..<2 { folder.image("\(train)rgb_anon/train/\(time)/GOPR01/GOPR01_frame_\(time)\(i)_rgb_anon.png") } }
    folder.image("\(val)rgb_anon/val/night/GOPR9/GOPR9_frame_3_rgb_anon.png")
    folder.image("\(val)rgb_anon/val_ref/day/GOPR9_ref/GOPR9_frame_3_ref_rgb_anon.png")
    folder.label("\(val)gt/val/night/GOPR9/GOPR9_frame_3_gt_labelTrainIds.png", [0, 13, 255])
    folder.image("\(val)gt/val/night/GOPR9/GOPR9_frame_3_gt_labelColor.png")
    let loaded = try folder.load(DarkZurich.self) { $0.isStrict = true }
    #expect(loaded.whole == nil && loaded.fields.map(\.name) == ["night", "twilight", "day"])
    let night = loaded.fields[0].dataset
    #expect(night.role == .target && night.count(of: .train) == 2 && night.count(of: .val) == 1)
    #expect(try !night.hasLabels && night.val.hasLabels && !night.train.hasLabels && night.hasLabels(in: .val))
    #expect(try night.firstLabels() == ["GOPR01_frame_night0": nil, "GOPR01_frame_night1": nil, "GOPR9_frame_3": [0, 13, 255]])
    #expect(night.classes == Array(0..<19) && !loaded.fields[1].dataset.hasLabels)
    #expect(Set(loaded.remarks) == ["references are not read: 1 image", "no label is for training: 6 images for training without labels"])
    let said = description { _ = try folder.load(DarkZurich.self) { $0.role = .source } }
    #expect(said == "the training images of Dark Zurich have no labels, and a source without labels cannot be trained on")
  }

  // MARK: Foggy Cityscapes

  private static func foggy(_ densities: [String] = ["0.005", "0.01", "0.02"], _ name: String = "leftImg8bit_foggy") -> Folder {
    let folder = Folder()
    for (part, town) in [("train", "ulm"), ("val", "lindau"), ("test", "bonn")] {
      for density in densities { folder.image("\(name)/\(part)/\(town)/\(town)_0_1_leftImg8bit_foggy_beta_\(density).png", shade: Int(1000 * Double(density)!)) }
      folder.label("gtFine/\(part)/\(town)/\(town)_0_1_gtFine_labelIds.png", [7, 26, 0])
      folder.image("gtFine/\(part)/\(town)/\(town)_0_1_gtFine_color.png")
    }
    return folder
  }

  @Test(arguments: ["leftImg8bit_foggy", "leftImg8bit_foggyDBF"]) func threePicturesShareALabel(_ name: String) throws {
    let loaded = try Self.foggy(["0.005", "0.01", "0.02"], name).load(FoggyCityscapes.self) { $0.isStrict = true }, data = try #require(loaded.whole)
    #expect(data.role == .target && data.names(.train) == ["ulm_0_1_beta_0.005", "ulm_0_1_beta_0.01", "ulm_0_1_beta_0.02"] && data.count(of: .val) == 3)
    #expect(try data.firstLabels().values.allSatisfy { $0 == [0, 13, 255] })
    #expect(try data.sample(0, draw: Draw(seed: 0)).image != data.sample(2, draw: Draw(seed: 0)).image)
    #expect(loaded.remarks == ["\(name)/test/ is not read: 3 images kept for testing", "3 pictures of a frame share its label: fog of density 0.005, 0.01, 0.02"])
    #expect(data.files.count == 8, "a label that is shared is one file")
  }

  @Test func oneDensityMayBeChosen() throws {
    let data = try #require(try Self.foggy().load(FoggyCityscapes.self) { ($0.fog, $0.isStrict) = (0.02, true) }.whole)
    #expect(data.names(.train) == ["ulm_0_1"] && data.names(.val) == ["lindau_0_1"])
    let folder = Self.foggy(["0.02"])
    #expect(try folder.load(FoggyCityscapes.self).whole?.names(.train) == ["ulm_0_1"])
    #expect(description { _ = try folder.load(FoggyCityscapes.self) { $0.fog = 0.01 } } == "\(folder.path) has no pictures with fog of density 0.01; it has 0.02")
    folder.image("leftImg8bit_foggyDBF/train/ulm/ulm_0_1_leftImg8bit_foggy_beta_0.02.png")
    #expect(description { _ = try folder.load(FoggyCityscapes.self) }.hasPrefix("\(folder.path) has leftImg8bit_foggy and leftImg8bit_foggyDBF, which hold other pictures"))
  }

  /// Pictures of one density alone lack a label only where it has none, and a label its picture only where no density has it.
  @Test func whatFogLacksIsNamedOnce() throws {
    let folder = Self.foggy(["0.01", "0.02"])
    folder.image("leftImg8bit_foggy/train/ulm/ulm_0_2_leftImg8bit_foggy_beta_0.02.png")
    folder.label("gtFine/train/ulm/ulm_0_3_gtFine_labelIds.png", [7])
    folder.image("leftImg8bit_foggy/train/ulm/odd_leftImg8bit.png")
    folder.remove("leftImg8bit_foggy/val/lindau/lindau_0_1_leftImg8bit_foggy_beta_0.01.png")
    let loaded = try folder.load(FoggyCityscapes.self)
    #expect(loaded.whole?.count == 3 && loaded.omissions.map { "\($0.name): \($0.reason)" } == [
      "gtFine/train/ulm/ulm_0_3_gtFine_labelIds.png: it has no image", "leftImg8bit_foggy/train/ulm/odd_leftImg8bit.png: its name does not end in _leftImg8bit_foggy_beta_ and a density",
      "leftImg8bit_foggy/train/ulm/ulm_0_2_leftImg8bit_foggy_beta_0.02.png: it has no label",
    ])
  }

  // MARK: coarse labels

  @Test(arguments: [true, false]) func coarseLabelsTrainAndFineOnesJudge(_ hasFine: Bool) throws {
    let folder = Folder()
    for (part, town) in [("train", "ulm"), ("train_extra", "augsburg"), ("val", "lindau")] {
      folder.image("leftImg8bit/\(part)/\(town)/\(town)_0_1_leftImg8bit.png")
      folder.label("gtCoarse/\(part)/\(town)/\(town)_0_1_gtCoarse_labelIds.png", [7, 0])
      folder.image("gtCoarse/\(part)/\(town)/\(town)_0_1_gtCoarse_color.png")
      if hasFine, part != "train_extra" { folder.label("gtFine/\(part)/\(town)/\(town)_0_1_gtFine_labelIds.png", [26, 0]) }
    }
    let coarse = try folder.load(Cityscapes.self) { ($0.usesCoarseLabels, $0.isStrict) = (true, true) }, data = try #require(coarse.whole)
    #expect(data.names(.train) == ["ulm_0_1", "augsburg_0_1"])
    #expect(try data.firstLabels(2) == ["ulm_0_1": [0, 255], "augsburg_0_1": [0, 255], "lindau_0_1": hasFine ? [13, 255] : [0, 255]])
    #expect(coarse.remarks == [hasFine ? "labels for training are coarse, those for validation fine" : "validation has coarse labels too, as there are none in gtFine/val/: results on them are not comparable"])
    if hasFine {
      let fine = try folder.load(Cityscapes.self)
      #expect(try fine.whole?.firstLabels(2) == ["ulm_0_1": [13, 255], "lindau_0_1": [13, 255]])
      #expect(fine.omissions.map(\.name) == ["leftImg8bit/train_extra/augsburg/augsburg_0_1_leftImg8bit.png"])
    } else {
      let error = #expect(throws: SceneError.self) { try folder.load(Cityscapes.self) }
      #expect(error?.fault == .coarseOnly)
    }
  }

  @Test func coarseLabelsMustBeThere() {
    let folder = Folder()
    folder.image("leftImg8bit/train/ulm/ulm_0_1_leftImg8bit.png")
    folder.label("gtFine/train/ulm/ulm_0_1_gtFine_labelIds.png")
    #expect(description { _ = try folder.load(Cityscapes.self) { $0.usesCoarseLabels = true } } == "\(folder.path) has no coarse labels: there is no folder gtCoarse/ in it")
  }

  /// Labels for validation alone leave the training images to be adapted to.
  @Test func cityscapesMayBeLabelledForValidationAlone() throws {
    let folder = Folder()
    for (part, town) in [("train", "ulm"), ("val", "lindau")] { folder.image("leftImg8bit/\(part)/\(town)/\(town)_1_leftImg8bit.png") }
    folder.label("gtFine/val/lindau/lindau_1_gtFine_labelIds.png", [7])
    let data = try #require(try folder.load(Cityscapes.self) { $0.isStrict = true }.whole)
    #expect(try data.firstLabels(1) == ["ulm_1": nil, "lindau_1": [0]])
    #expect(try folder.load(Cityscapes.self) { $0.role = .source }.whole?.count == 1, "a source is trained on, which takes labels")
  }
}
