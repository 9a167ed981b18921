/// What a surface is: the classes of Cityscapes, numbered by their train ids.
enum StreetClass: UInt8, CaseIterable {
  case road, sidewalk, building, wall, fence, pole, trafficLight, trafficSign, vegetation, terrain
  case sky, person, rider, car, truck, bus, train, motorcycle, bicycle
  case void = 255

  /// Whether it stands low on the ground, so that the shadow on the ground beneath it lies on itself too.
  var standsLow: Bool {
    switch self {
    case .wall, .fence, .person, .rider, .car, .truck, .bus, .train, .motorcycle, .bicycle, .void: true
    default: false
    }
  }
}
