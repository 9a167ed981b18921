import Imaging
import Scenes
import Testing

/// The layouts in which people have their data: known by their names, or refused with words.
@Suite struct LayoutTests {
  struct Layout: CustomTestStringConvertible, Sendable {
    let images: [String]
    let labels: [String]
    /// How many are for training and for validation; nil where a lot decides.
    let parts: (train: Int, val: Int)?
    var testDescription: String { "\(images[0]) and \(labels.first ?? "no labels")" }

    init(_ images: [String], _ labels: [String], _ parts: (train: Int, val: Int)? = nil) { (self.images, self.labels, self.parts) = (images, labels, parts) }
  }

  @Test(arguments: [
    Layout(["images/1.png", "images/2.png"], ["labels/1.png", "labels/2.png"]),
    Layout(["Images/1.png", "Images/2.png"], ["Labels/1.png", "Labels/2.png"]),
    Layout(["images/1.png", "images/2.png"], ["masks/1_mask.png", "masks/2_mask.png"]),
    Layout(["img/1.png", "img/2.png"], ["gt/1_gt.png", "gt/2_gt.png"]),
    Layout(["train/images/1.png", "valid/images/2.png"], ["train/labels/1.png", "valid/labels/2.png"], (1, 1)),
    Layout(["train/1.png", "val/2.png"], ["train_labels/1_L.png", "val_labels/2_L.png"], (1, 1)),
    Layout(["train/1.png", "validation/2.png"], ["trainannot/1.png", "validationannot/2.png"], (1, 1)),
    Layout(["img_dir/train/a/1.png", "img_dir/val/a/1.png"], ["ann_dir/train/a/1.png", "ann_dir/val/a/1.png"], (1, 1)),
    Layout(["images/training/1.png", "images/validation/2.png"], ["annotations/training/1.png", "annotations/validation/2.png"], (1, 1)),
    Layout(["training/image_2/1_10.png", "training/image_2/2_10.png"], ["training/semantic/1_10.png", "training/semantic/2_10.png"], (2, 0)),
    Layout(["1.png", "2.png"], ["1_mask.png", "2_mask.png"]),
    Layout(["1_img.png", "2_img.png"], ["1_labelTrainIds.png", "2_labelTrainIds.png"]),
    Layout(["images/train/1.png", "images/val/2.png"], ["labels/1.png", "labels/2.png"], (1, 1)),
    Layout(["images/a/1.png", "images/b/2.png"], ["labels/1.png", "labels/2.png"]),
    Layout(["CameraRGB/1.png", "CameraRGB/2.png"], ["CameraSeg/1.png", "CameraSeg/2.png"]),
    Layout(["701_StillsRaw_full/1.png", "701_StillsRaw_full/2.png"], ["LabeledApproved_full/1_L.png", "LabeledApproved_full/2_L.png"]),
  ], [Dataset.Role.source, .target]) func areKnownByTheirNames(_ layout: Layout, _ role: Dataset.Role) throws {
    let folder = Folder()
    for image in layout.images { folder.image(image) }
    for (i, label) in layout.labels.enumerated() { folder.label(label, [UInt8(i)]) }
    let loaded = try folder.load(PlainFolder.self) { ($0.role, $0.isStrict) = (role, true) }
    let data = try #require(loaded.whole)
    #expect(data.count == 2 && data.hasLabels && loaded.omissions.isEmpty)
    #expect(try Set((0..<2).map { try data.label(at: $0)!.values[0] }) == [0, 1])
    if let parts = layout.parts { #expect(data.count(of: .train) == parts.train && data.count(of: .val) == parts.val) }
    // The same under the names that GTA5 has.
    let gta = try folder.load(GTA5.self) { $0.labelMap = nil }
    #expect(gta.whole?.count == 2)
  }

  /// Pictures that a set's authors keep for testing are neither trained on nor put into validation.
  @Test(arguments: [
    (["images/train/1.png", "images/val/2.png", "images/test/3.png"], ["1"], ["2"], "images/test/ is not read: 1 image kept for testing"),
    (["train/1.png", "valid/2.png", "test/3.png", "test/4.png"], ["1"], ["2"], "test/ is not read: 2 images kept for testing"),
    (["training/1.png", "testing/3.png"], ["1"], [], "testing/ is not read: 1 image kept for testing"),
  ]) func testingStaysOut(_ files: [String], _ train: [String], _ val: [String], _ remark: String) throws {
    let folder = Folder()
    for file in files { folder.image(file) }
    let loaded = try folder.load(PlainFolder.self) { ($0.role, $0.isStrict) = (.target, true) }
    let data = loaded.whole!
    func names(_ part: Dataset.Part) -> [String] { (0..<data.count).filter { data.part(at: $0) == part }.map(data.name(at:)) }
    #expect(names(.train) == train && names(.val) == val && loaded.remarks == [remark] && loaded.split == "by folders")
  }

  @Test func testingAloneIsNoData() throws {
    let folder = Folder()
    folder.image("images/test/1.png")
    let said = description { _ = try folder.load(PlainFolder.self) { $0.role = .target } }
    #expect(said.hasSuffix("; images/test/ is not read: 1 image kept for testing"), "\(said)")
  }

  @Test(arguments: [GTA5.self, PlainFolder.self, Cityscapes.self] as [any DatasetFormat.Type]) func splitsThatAreNotKnownAreReported(_ format: any DatasetFormat.Type) throws {
    let folder = Folder(), isCity = format == Cityscapes.self
    let (images, labels) = isCity ? ("leftImg8bit", "gtFine") : ("images", "labels")
    for (split, count) in [("train", 2), ("val", 1), ("extra", 3), ("holdout", 1)] {
      for i in 0..<count {
        folder.image("\(images)/\(split)/\(isCity ? "ulm/" : "")\(i)\(isCity ? "_leftImg8bit" : "").png")
        folder.label("\(labels)/\(split)/\(isCity ? "ulm/" : "")\(i)\(isCity ? "_gtFine_labelIds" : "").png", [7])
      }
    }
    folder.write("map.txt", text: "7 = road")
    let loaded = try folder.load(format) { request in
      request.role = .source
      if format == PlainFolder.self { request.labelMap = folder.path + "/map.txt" }
    }
    #expect(loaded.whole!.count(of: .train) == 2 && loaded.whole!.count(of: .val) == 1)
    #expect(loaded.omissions.contains { $0.name == "\(images)/extra" && $0.reason == "3 images are of no split that is known by its name (train, val, test)" }, "\(loaded.omissions)")
    #expect(loaded.omissions.contains { $0.name.hasPrefix("\(images)/holdout") && $0.reason == "it is of no split that is known by its name (train, val, test)" })
  }

  struct Refused: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let says: String
    let prepare: @Sendable (Folder) -> Void

    init(_ what: String, _ says: String, _ prepare: @escaping @Sendable (Folder) -> Void) { (testDescription, self.says, self.prepare) = (what, says, prepare) }
  }

  /// Never are label files taken for pictures, and never does a message say so.
  @Test(arguments: [
    Refused("folders of unknown names", "FOLDER/b/0.png looks like the label of a/0.png, but no folder is known by its name to hold labels") {
      $0.image("a/0.png")
      $0.label("b/0.png")
    },
    Refused("label ids of nobody knows whom", "FOLDER/0_labelIds.png holds label ids by its name, and data sets number them in different ways") {
      $0.image("0_img.png")
      $0.label("0_labelIds.png", [1, 2])
    },
    Refused("labels of pictures that are not there", "there is no folder data in FOLDER: looked for images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself; labels/0.png is left out: it has no image") {
      $0.label("labels/0.png", [0])
    },
  ]) func unknownLayoutsAreRefused(_ entry: Refused) {
    let folder = Folder()
    entry.prepare(folder)
    for role in [Dataset.Role.source, .target] {
      let said = description { _ = try folder.load(PlainFolder.self) { $0.role = role } }
      #expect(said.hasPrefix(entry.says.replacing("FOLDER", with: folder.path)), "\(said)")
      #expect(!said.contains("role=target"))
    }
  }

  @Test func aFolderOfLabelsIsNoFolderOfPictures() {
    let folder = Folder()
    folder.label("g/labels/0.png")
    let said = description { _ = try folder.load(PlainFolder.self) { ($0.role, $0.path) = (.target, $0.path + "/g/labels") } }
    #expect(said == "\(folder.path)/g/labels is a folder of labels by its name; name the folder that holds the images and the labels")
  }

  @Test func labelsElsewhereAreNotMissedSilently() {
    let folder = Folder()
    folder.image("leftImg8bit/train/ulm/ulm_1_leftImg8bit.png")
    folder.label("gtCoarse/train/ulm/ulm_1_gtCoarse_labelIds.png")
    let said = description { _ = try folder.load(Cityscapes.self) }
    #expect(said.hasPrefix("\(folder.path) has labels in gtCoarse/, and cityscapes reads them from gtFine/"), "\(said)")
    let camVid = Folder()
    for name in ["train/0016E5_1.png", "train/0016E5_2.png", "val/0016E5_3.png"] { camVid.image(name) }
    for name in ["trainannot/0016E5_1.png", "trainannot/0016E5_2.png"] { camVid.label(name, [1]) }
    #expect(try! camVid.load(CamVid.self).omissions.map(\.description) == ["val is left out: there are no labels for it in valannot/"])
  }

  /// Files that show the same in colours, or by instance, are passed over; files of that ending alone are not.
  @Test func companionsArePassedOver() throws {
    let folder = Folder()
    folder.image("images/0.png")
    folder.label("labels/0_gtFine_labelIds.png")
    for kind in ["color", "instanceIds"] { folder.image("labels/0_gtFine_\(kind).png") }
    #expect(try folder.load(PlainFolder.self) { ($0.role, $0.isStrict) = (.source, true) }.whole?.count == 1)
    let pictures = Folder()
    pictures.image("0_color.png")
    pictures.image("0.png")
    #expect(try pictures.load(PlainFolder.self) { $0.role = .target }.whole?.count == 2)
  }
}
