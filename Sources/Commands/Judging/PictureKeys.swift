import Imaging
import Scenes
import Workbench

/// What the colours of pictures mean.
enum PictureKeys {
  /// The classes that occur in label maps, in the order of their numbers, and black where pixels have none.
  static func classes(of maps: [IndexMap]) -> [PictureKey] {
    var occurs = [Bool](repeating: false, count: 256)
    for map in maps { for id in map.values { occurs[Int(id)] = true } }
    let classes = CityscapesClass.all.filter { occurs[Int($0.trainID)] }.map { PictureKey($0.colour.triple, $0.name) }
    return classes + (occurs[CityscapesClass.count...].contains(true) ? [PictureKey((0, 0, 0), "not labelled")] : [])
  }

  /// Five colours of a map of numbers between 0 and 1, with words for its ends.
  static func scale(_ map: ColourMap, low: String = "0", high: String = "1") -> [PictureKey] {
    [PictureKey(map[0], low), PictureKey(map[0.25], "0.25"), PictureKey(map[0.5], "0.5"), PictureKey(map[0.75], "0.75"), PictureKey(map[1], high)]
  }
}
