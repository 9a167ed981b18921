/// The name of a colour. A layout speaks of tints only; each look has its own palette for them.
enum Tint: Int, CaseIterable {
  // ground
  case asphalt, patch, laneMark, centreLine, paving, curb, grass, soil, rail
  // houses and what stands before them
  case facade, trim, roof, shop, awning, pane, frame, curtain, door, wall, coping, fence, gap
  // along the street
  case pole, housing, sign, signFace, signBlue, cabinet
  case leaf, bark
  // people
  case cloth, trousers, skin, hair, bag, helmet
  // vehicles
  case car, truck, cargo, bus, tram, band, motorcycle, bicycle, glass, tyre, rim, metal, bumper, plate, spoke
  // lamps
  case red, amber, green, dark, headlight, display
}
