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

  /// Five colours of a map of numbers, with words for its ends.
  static func scale(_ map: ColourMap, from low: Float = 0, to high: Float = 1, places: Int = 2, low lowWords: String, high highWords: String) -> [PictureKey] {
    let names = (0...4).map { Number(Double(low + (high - low) * Float($0) / 4), places: places).text }
    return names.enumerated().map { place, name in
      let words = place == 0 ? "\(lowWords) (\(name))" : place == 4 ? "\(highWords) (\(name))" : name
      return PictureKey(map[Float(place) / 4], words, beginsLine: place == 0)
    }
  }
}
