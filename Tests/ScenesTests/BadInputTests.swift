import Imaging
import Scenes
import Testing

@Suite struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let message: String
    let act: @Sendable (Folder) throws -> Void

    init(_ what: String, _ message: String, _ act: @escaping @Sendable (Folder) throws -> Void) {
      (testDescription, self.message, self.act) = (what, message, act)
    }
  }

  /// FOLDER stands for the test's folder.
  @Test(arguments: [
    Case("no folder", "there is no folder FOLDER/none; gta5 needs the folder of the dataset") {
      _ = try $0.load(GTA5.self) { $0.path += "/none/" }
    },
    Case("a file for a folder", "FOLDER/file is a file; cityscapes needs the folder of the dataset") {
      $0.write("file", text: "x")
      _ = try $0.load(Cityscapes.self) { $0.path += "/file" }
    },
    Case("no path", "there is no folder ''; camvid needs the folder of the dataset") { _ = try $0.load(CamVid.self) { $0.path = "" } },
    Case("empty gta5", "there is no gta5 data in FOLDER: looked for images/*.png and labels/*.png of the same names, or both under train/ and val/") {
      _ = try $0.load(GTA5.self)
    },
    Case("empty cityscapes", "there is no cityscapes data in FOLDER: looked for leftImg8bit/ or images/ with train/ or val/") {
      _ = try $0.load(Cityscapes.self)
    },
    Case("empty camvid", "there is no camvid data in FOLDER: looked for train/*.png and trainannot/*.png") { _ = try $0.load(CamVid.self) },
    Case("empty synthia", "there is no synthia data in FOLDER: looked for RGB/*.png and GT/LABELS/*.png of the same names") { _ = try $0.load(SYNTHIA.self) },
    Case("empty carla", "there is no carla data in FOLDER: looked for CameraRGB/*.png and CameraSeg/*.png of the same names, or images/ and labels/") { _ = try $0.load(CARLA.self) },
    Case("empty carlascapes", "there is no carlascapes data in FOLDER: looked for *_img.png with *_labelIds.png beside them") { _ = try $0.load(CarlaScapes.self) },
    Case("empty foggycityscapes", "there is no foggycityscapes data in FOLDER: looked for leftImg8bit_foggy/ with train/ or val/CITY/*_leftImg8bit_foggy_beta_0.02.png, and gtFine/ beside it") { _ = try $0.load(FoggyCityscapes.self) },
    Case("empty acdc", "there is no acdc data in FOLDER: looked for rgb_anon/fog/train/*/*_rgb_anon.png and gt/fog/train/*/*_gt_labelTrainIds.png") { _ = try $0.load(ACDC.self) },
    Case("empty darkzurich", "there is no darkzurich data in FOLDER: looked for rgb_anon/train/night/*/*_rgb_anon.png") { _ = try $0.load(DarkZurich.self) },
    Case("empty bdd100k", "there is no bdd100k data in FOLDER: looked for images/10k/ or images/ with train/ or val/, and labels/sem_seg/masks/") { _ = try $0.load(BDD100K.self) },
    Case("empty kitti", "there is no kitti data in FOLDER: looked for training/image_2/*.png and training/semantic/*.png of the same names") { _ = try $0.load(KITTI.self) },
    Case("pictures of unlabelled games", "there is no carla data in FOLDER") {
      $0.image("CameraRGB/1.png")
      _ = try $0.load(CARLA.self)
    },
    Case("an unlabelled source", "FOLDER has none of labels/sem_seg/masks/, labels/sem_seg/colormaps/, labels/, and a source without labels cannot be trained on") {
      $0.image("images/10k/train/1.png")
      _ = try $0.load(BDD100K.self) { $0.role = .source }
    },
    Case("conditions that are not known", "there is no acdc data in FOLDER: looked for rgb_anon/fog/train/*/*_rgb_anon.png and gt/fog/train/*/*_gt_labelTrainIds.png or *_gt_labelIds.png, night, rain and snow likewise; rgb_anon/hail/train/G/1_rgb_anon.png is left out: its folders state no condition and split that are known") {
      $0.image("rgb_anon/hail/train/G/1_rgb_anon.png")
      _ = try $0.load(ACDC.self)
    },
    Case("empty folder", "there is no folder data in FOLDER: looked for images/*.png") { _ = try $0.load(PlainFolder.self) { $0.role = .target } },
    Case("folder without role", "a folder does not say whether it is a source or a target") {
      $0.image("a.png")
      _ = try $0.load(PlainFolder.self)
    },
    Case("unlabelled source", "FOLDER has no labels/ folder, and a source without labels cannot be trained on") {
      $0.image("a.png")
      _ = try $0.load(PlainFolder.self) { $0.role = .source }
    },
    Case("nothing but unpaired", "there is no gta5 data in FOLDER: looked for images/*.png and labels/*.png of the same names, or both under train/ and val/; images/1.png is left out: it has no label, and 1 more") {
      $0.image("images/1.png")
      $0.label("labels/2.png")
      _ = try $0.load(GTA5.self)
    },
    Case("unequal sizes, strict", "FOLDER/images/1.png: the image is 8x6, its label 6x8") {
      $0.image("images/1.png")
      $0.label("labels/1.png", [7], PixelSize(6, 8))
      _ = try $0.load(GTA5.self) { $0.isStrict = true }
    },
    Case("a huge header, strict", "FOLDER/images/1.png: its header asks for 1000000x1000000 pixels, more than the 256 million that are read") {
      var bytes = PNG.encode(gradient(PixelSize(8, 6)))
      for i in [16, 20] { bytes.replaceSubrange(i..<i + 4, with: [0, 0x0F, 0x42, 0x40]) }
      $0.write("images/1.png", bytes)
      $0.label("labels/1.png")
      _ = try $0.load(GTA5.self) { $0.isStrict = true }
    },
    Case("colours for CamVid, strict", "FOLDER/trainannot/1.png: its pixels are colours, not the 8-bit numbers of CamVid's classes") {
      $0.image("train/1.png")
      $0.image("trainannot/1.png")
      _ = try $0.load(CamVid.self) { $0.isStrict = true }
    },
    Case("label ids for train ids", "there is no folder data in FOLDER: looked for images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself; labels/1.png is left out: it holds 26, which is none of train ids (0 to 18, 255); is it a file of another kind?") {
      $0.image("images/1.png")
      $0.label("labels/1.png", [7, 26])
      _ = try $0.load(PlainFolder.self) { $0.role = .source }.whole!.sample(0, draw: Draw(seed: 0))
    },
    Case("an id outside CamVid's", "there is no camvid data in FOLDER: looked for train/*.png and trainannot/*.png of the same names, val/ and valannot/ likewise; trainannot/1.png is left out: it holds 12, which is none of CamVid's classes (0 to 11); is it a file of another kind?") {
      $0.image("train/1.png")
      $0.label("trainannot/1.png", [12])
      _ = try $0.load(CamVid.self).fields[0].dataset.sample(0, draw: Draw(seed: 0))
    },
    Case("an id that the map leaves out", "there is no folder data in FOLDER: looked for images/*.png or *.jpg, with labels/*.png of the same names or alone, or pictures in the folder itself; labels/1.png is left out: it holds 9, which is none of the numbers in FOLDER/my.txt (0 to 3)") {
      $0.image("images/1.png")
      $0.label("labels/1.png", [9])
      $0.write("my.txt", text: "0..3 = road")
      _ = try $0.load(PlainFolder.self) { [path = $0.path] in ($0.role, $0.labelMap) = (.source, path + "/my.txt") }.whole!.evaluationSample(0, seed: 0)
    },
    Case("no such map", "cannot read the label map FOLDER/none.txt: there is no such file or folder") {
      $0.image("images/1.png")
      $0.label("labels/1.png")
      _ = try $0.load(PlainFolder.self) { [path = $0.path] in ($0.role, $0.labelMap) = (.target, path + "/none.txt") }
    },
    Case("a map of no labels", "FOLDER has no labels that the label map FOLDER/my.txt could be about") {
      $0.image("images/1.png")
      $0.write("my.txt", text: "0..3 = road")
      _ = try $0.load(PlainFolder.self) { [path = $0.path] in ($0.role, $0.labelMap) = (.target, path + "/my.txt") }
    },
    Case("a colour of no class", "there is no gta5 data in FOLDER: looked for images/*.png and labels/*.png of the same names, or both under train/ and val/; labels/1.png is left out: it holds the colour 0,5,10, which is not a class of label ids") {
      $0.image("images/1.png")
      $0.image("labels/1.png")
      _ = try $0.load(GTA5.self).whole!.sample(0, draw: Draw(seed: 0))
    },
    Case("a picture that grew", "cannot read FOLDER/images/1.png: it changed since the dataset was loaded; load it again") {
      $0.image("images/1.png")
      $0.label("labels/1.png")
      let data = try $0.load(GTA5.self).whole!
      $0.image("images/1.png", PixelSize(9, 6))
      _ = try data.sample(0, draw: Draw(seed: 0))
    },
    Case("a picture that went", "cannot read FOLDER/images/1.png: there is no such file or folder") {
      $0.image("images/1.png")
      $0.label("labels/1.png")
      let data = try $0.load(GTA5.self).whole!
      $0.remove("images/1.png")
      _ = try data.sample(0, draw: Draw(seed: 0))
    },
  ]) func mistakesAreNamed(_ entry: Case) {
    let folder = Folder()
    let said = description { try entry.act(folder) }
    #expect(said.hasPrefix(entry.message.replacing("FOLDER", with: folder.path)), "\(said)")
  }
}
