internal import Imaging

/// The kitty graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): base 64 in pieces of 4096.
enum KittyPicture {
  /// Transmits a picture and shows it at the cursor.
  static func encode(_ png: [UInt8], cells: PixelSize) -> String {
    // a=T transmit and show, f=100 PNG, q=2 no replies, c and r the cells it covers
    pieces(png, keys: "a=T,f=100,q=2,c=\(cells.width),r=\(cells.height)").joined()
  }

  /// Transmits a picture past tmux and shows it by text that tmux moves and redraws like any other: the protocol's placeholder, whose marks
  /// say which row it is, in the colour that is the picture's number. tmux must hand the picture on, by its option allow-passthrough.
  ///
  /// - Parameter number: 16...255; a later picture of the same number takes the place of an earlier one.
  static func encodeInTmux(_ png: [UInt8], cells: PixelSize, number: Int) -> String {
    let cells = PixelSize(cells.width, min(cells.height, rowMarks.count))
    // U=1 shown only by placeholders
    let transmission = pieces(png, keys: "a=T,U=1,i=\(number),f=100,q=2,c=\(cells.width),r=\(cells.height)").map(Tmux.wrapped).joined()
    let rows = (0..<cells.height).map { row in
      // The first character says row and column; those behind it go on by themselves.
      "\u{1B}[38;5;\(number)m\u{10EEEE}" + String(rowMarks[row]) + String(rowMarks[0]) + String(repeating: "\u{10EEEE}", count: cells.width - 1) + "\u{1B}[39m"
    }
    return transmission + rows.joined(separator: "\n")
  }

  private static func pieces(_ png: [UInt8], keys: String) -> [String] {
    let payload = Array(base64(png).utf8)
    return stride(from: 0, to: max(payload.count, 1), by: 4096).map { start in
      let end = min(start + 4096, payload.count)
      // m=1 more follows
      return "\u{1B}_G\(start == 0 ? keys + "," : "")m=\(end < payload.count ? 1 : 0);" + String(decoding: payload[start..<end], as: UTF8.self) + "\u{1B}\\"
    }
  }

  /// What the protocol counts rows and columns by, from 0: the first of its list.
  private static let rowMarks: [Unicode.Scalar] = [
    0x305, 0x30D, 0x30E, 0x310, 0x312, 0x33D, 0x33E, 0x33F, 0x346, 0x34A, 0x34B, 0x34C, 0x350, 0x351, 0x352, 0x357, 0x35B, 0x363, 0x364, 0x365,
    0x366, 0x367, 0x368, 0x369, 0x36A, 0x36B, 0x36C, 0x36D, 0x36E, 0x36F, 0x483, 0x484, 0x485, 0x486, 0x487, 0x592, 0x593, 0x594, 0x595, 0x597,
    0x598, 0x599, 0x59C, 0x59D, 0x59E, 0x59F, 0x5A0, 0x5A1, 0x5A8, 0x5A9, 0x5AB, 0x5AC, 0x5AF, 0x5C4, 0x610, 0x611, 0x612, 0x613, 0x614, 0x615,
    0x616, 0x617,
  ].compactMap { Unicode.Scalar($0 as UInt32) }
}

/// iTerm2's inline images (iterm2.com/documentation-images.html).
enum ITermPicture {
  static func encode(_ png: [UInt8], cells: PixelSize) -> String {
    "\u{1B}]1337;File=inline=1;size=\(png.count);width=\(cells.width);height=\(cells.height);preserveAspectRatio=1:" + base64(png) + "\u{07}"
  }
}

package enum Tmux {
  /// A sequence that tmux hands on to the terminal outside, where its option allow-passthrough is on.
  package static func wrapped(_ sequence: String) -> String {
    "\u{1B}Ptmux;" + sequence.replacing("\u{1B}", with: "\u{1B}\u{1B}") + "\u{1B}\\"
  }
}
