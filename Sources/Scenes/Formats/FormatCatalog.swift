/// The formats that `load dataset` knows, in the order in which help lists them. A line here gives a format its word at the prompt.
public enum FormatCatalog {
  public static let all: [any DatasetFormat.Type] = [
    StreetsFormat.self,
    VariedStreetsFormat.self,
    GTA5.self,
    SYNTHIA.self,
    CARLA.self,
    CarlaScapes.self,
    Cityscapes.self,
    FoggyCityscapes.self,
    ACDC.self,
    DarkZurich.self,
    BDD100K.self,
    KITTI.self,
    CamVid.self,
    PlainFolder.self,
  ]

  /// The format of this name.
  public static func named(_ name: String) -> (any DatasetFormat.Type)? { all.first { $0.name == name } }
}
