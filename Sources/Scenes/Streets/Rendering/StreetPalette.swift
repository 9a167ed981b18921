/// Red, green and blue from 0 to 1.
typealias RGB = SIMD3<Float>

extension SIMD3<Float> {
  /// A colour written as 0xRRGGBB.
  init(hex: UInt32) {
    self.init(Float(hex >> 16 & 255) / 255, Float(hex >> 8 & 255) / 255, Float(hex & 255) / 255)
  }

  @inline(__always)
  func mixed(with other: RGB, _ share: Float) -> RGB { self + (other - self) * share }
}

/// The colours of a world, by tint.
struct StreetPalette {
  private let colours: [[RGB]]

  private init(_ hex: (Tint) -> [UInt32]) { colours = Tint.allCases.map { hex($0).map(RGB.init(hex:)) } }

  init(colours: [[RGB]]) { self.colours = colours }

  /// The colour that `shade` picks, 0 to 1, each a little lighter or darker than the next of its kind.
  func colour(_ tint: Tint, _ shade: Float) -> RGB {
    let choices = colours[tint.rawValue]
    return choices[min(Int(shade * Float(choices.count)), choices.count - 1)] * (0.94 + 0.12 * fraction(shade * 37))
  }

  /// Colours part of the way to another palette's.
  func mixed(with other: StreetPalette, _ share: Float) -> StreetPalette {
    StreetPalette(
      colours: zip(colours, other.colours).map { ours, theirs in
        (0..<max(ours.count, theirs.count)).map { ours[$0 % ours.count].mixed(with: theirs[$0 % theirs.count], share) }
      })
  }

  /// Clean and saturated: bright houses and cars, yellow centre lines.
  static let rendered = StreetPalette {
    switch $0 {
    case .asphalt: [0x54565F, 0x5C5C62, 0x4E525E]
    case .patch: [0x484A52, 0x646670]
    case .laneMark: [0xF2F2EC]
    case .centreLine: [0xF0BE28]
    case .paving: [0xBAB0A0, 0xACA8A5, 0xC4B496]
    case .curb: [0xD2CDC3]
    case .grass: [0x6CA834, 0x7EB43C, 0x5C9C38]
    case .soil: [0xC4A86E, 0xB08E5A]
    case .rail: [0xA0A4B0]
    case .facade: [0xCE704E, 0xE8D0A0, 0x6896A8, 0xECE8DE, 0xDC9688, 0xA44636, 0xF4C46E, 0x96A06E]
    case .trim: [0xF0ECE2, 0xD8CDB4, 0xB8B4B0]
    case .roof: [0xB0462C, 0x8C3A2C, 0x5A5E6C]
    case .shop: [0x783C32, 0x2E5C80, 0x46464A, 0xA06E32, 0x2E6E50]
    case .awning: [0xD8342C, 0x2A70C0, 0x2E8C50, 0xF0B428]
    case .pane: [0x46709A, 0x5A8CB4, 0x324664]
    case .frame: [0xF4F2EC]
    case .curtain: [0xE0D4B4]
    case .door: [0x6E3A22, 0x28503C, 0x30405E]
    case .wall: [0xBAB2A8, 0xC8A078, 0xA09696]
    case .coping: [0xD4CEC4, 0xDCBE9C, 0xB8B0AE]
    case .fence: [0x60462C, 0x3C3E46, 0x96784F, 0x2E5A3C]
    case .gap: [0x466E32]
    case .pole: [0x50545C, 0x3C3E42, 0x707680]
    case .housing: [0x282C28, 0xC8A01E]
    case .sign: [0xDC1E1E]
    case .signFace: [0xF4F4F0]
    case .signBlue: [0x1E50C8]
    case .cabinet: [0x3C7846, 0x5A5A5A, 0xC87832]
    case .leaf: [0x348024, 0x4A942C, 0x266830, 0x6E9C28]
    case .bark: [0x6E4C2E, 0x5C4434]
    case .cloth: [0xDC3232, 0x325AD2, 0xF0DC3C, 0xF0F0F0, 0x28282F, 0x3CA050, 0xE67828]
    case .trousers: [0x2C3E70, 0x28282F, 0x6E6050, 0x46628C]
    case .skin: [0xE0AC84, 0x966446, 0xF0C8A0]
    case .hair: [0x2A1C14, 0x5A3A1E, 0xC89A50]
    case .bag: [0x8C2E28, 0x2E2E36, 0xC8A050]
    case .helmet: [0xF0F0F0, 0xD02A2A, 0x28282F]
    case .car: [0xCE1E22, 0x1E50C4, 0xF0BE1E, 0xF5F5F5, 0x1A1C20, 0xF06E18, 0x288C50, 0xAAB0BA]
    case .truck: [0xF0F0F0, 0xC83C28, 0x3C6EAA, 0xE6B43C]
    case .cargo: [0xF0F0F0, 0x3C78C8, 0xC8402C, 0xE0B040]
    case .bus: [0xE6B41E, 0xC82828, 0x286EC8]
    case .tram: [0xF0F0EB, 0xE64632]
    case .band: [0xC81E28, 0x1E5ABE, 0xF0F0F0]
    case .motorcycle: [0xC81E1E, 0x1E1E22, 0x285ABE]
    case .bicycle: [0xC82828, 0x2878C8, 0x28282C]
    case .glass: [0x2A3C50]
    case .tyre: [0x18181A]
    case .rim: [0xB4B8C0]
    case .metal: [0x8A8E96]
    case .bumper: [0x2C2E34]
    case .plate: [0xF0F0E8]
    case .spoke: [0x82868E]
    case .red: [0xE6281E]
    case .amber: [0xFFC028]
    case .green: [0x30D878]
    case .dark: [0x1E1E22]
    case .headlight: [0xFFFCE6]
    case .display: [0xFFA028]
    }
  }

  /// Greys and beiges of a European town under clouds.
  static let camera = StreetPalette {
    switch $0 {
    case .asphalt: [0x706E6A, 0x666564, 0x7A7770]
    case .patch: [0x5A5855, 0x82807B]
    case .laneMark: [0xC8C7C0]
    case .centreLine: [0xC6C5BE]
    case .paving: [0x8E8A86, 0x968C84, 0x808080]
    case .curb: [0x9E9C96]
    case .grass: [0x687042, 0x5C6640, 0x7A7450]
    case .soil: [0x807460, 0x726654]
    case .rail: [0x7A7876]
    case .facade: [0xBAAC94, 0x9E9A96, 0xD0CABE, 0x86685A, 0xB09676, 0x787678, 0xC4B8A0, 0x96806E]
    case .trim: [0xC0BAAE, 0xA8A196, 0x8A8682]
    case .roof: [0x75554A, 0x5E4E48, 0x55565A]
    case .shop: [0x54504E, 0x68625C, 0x42464E, 0x786454, 0x505850]
    case .awning: [0x84504A, 0x5A6474, 0x5C6858, 0xA69A80]
    case .pane: [0x4E545A, 0x686E72, 0x3C3E42]
    case .frame: [0xC4C0B8]
    case .curtain: [0xAAA292]
    case .door: [0x54443A, 0x404842, 0x484A50]
    case .wall: [0x928E88, 0x807062, 0x707070]
    case .coping: [0xA4A09A, 0x968A7E, 0x868482]
    case .fence: [0x585450, 0x4A504C, 0x6E645A, 0x505C52]
    case .gap: [0x606454]
    case .pole: [0x747676, 0x5C5E5C, 0x868684]
    case .housing: [0x2E302E, 0x3C3C3A]
    case .sign: [0xB03432]
    case .signFace: [0xD2D0CA]
    case .signBlue: [0x34548C]
    case .cabinet: [0x525C50, 0x62605E, 0x7C6C5C]
    case .leaf: [0x465436, 0x545E3A, 0x3C4C38, 0x68623C]
    case .bark: [0x544A40, 0x4A443E]
    case .cloth: [0x3A3A40, 0x4C5060, 0x6E645C, 0x3C423C, 0x28282C, 0x803E3A, 0x969490]
    case .trousers: [0x30343E, 0x28282A, 0x4E4840, 0x3E4858]
    case .skin: [0xC4A08A, 0x8C6A56, 0xCCAE98]
    case .hair: [0x2C2622, 0x4A3E34, 0x8A7A62]
    case .bag: [0x5A3C38, 0x2C2C30, 0x7C6E58]
    case .helmet: [0xB4B2AE, 0x783634, 0x2C2C2E]
    case .car: [0x8C8E92, 0x34363A, 0xB2B4B6, 0x24262A, 0x3E4A68, 0x702C2C, 0xCECECC, 0x54585C]
    case .truck: [0xBEBEBA, 0x965440, 0x606E80, 0xB0A078]
    case .cargo: [0xBEBEBA, 0x6A7684, 0x8C5A4C, 0xA89C80]
    case .bus: [0xBEA046, 0x964640, 0x546888]
    case .tram: [0xC4BEB0, 0xB06046]
    case .band: [0x963C3A, 0x42587C, 0xB4B0A8]
    case .motorcycle: [0x6E3232, 0x2C2C30, 0x3E4C6A]
    case .bicycle: [0x504646, 0x3C4A5A, 0x343436]
    case .glass: [0x2E3236]
    case .tyre: [0x262628]
    case .rim: [0x8C8E90]
    case .metal: [0x7A7A7A]
    case .bumper: [0x34363A]
    case .plate: [0xC8C8C2]
    case .spoke: [0x707070]
    case .red: [0xB83A34]
    case .amber: [0xE0B050]
    case .green: [0x58B88A]
    case .dark: [0x2A2A2C]
    case .headlight: [0xE8E8E0]
    case .display: [0xD09A50]
    }
  }
}
