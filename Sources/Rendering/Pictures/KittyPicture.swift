internal import Imaging

/// The kitty graphics protocol (sw.kovidgoyal.net/kitty/graphics-protocol): transmit and display at once, base 64 in pieces of 4096.
enum KittyPicture {
  static func encode(_ png: [UInt8], size: PixelSize, cells: PixelSize, insideTmux: Bool) -> String {
    let payload = Array(base64(png).utf8)
    var out = ""
    var start = 0
    repeat {
      let end = min(start + 4096, payload.count)
      // a=T transmit and show, f=100 PNG, q=2 no replies, c and r the cells it covers, m=1 more follows
      let keys = start == 0 ? "a=T,f=100,q=2,c=\(cells.width),r=\(cells.height)," : ""
      let piece = "\u{1B}_G\(keys)m=\(end < payload.count ? 1 : 0);" + String(decoding: payload[start..<end], as: UTF8.self) + "\u{1B}\\"
      out += insideTmux ? Tmux.wrapped(piece) : piece
      start = end
    } while start < payload.count
    return out
  }
}

/// iTerm2's inline images (iterm2.com/documentation-images.html).
enum ITermPicture {
  static func encode(_ png: [UInt8], cells: PixelSize, insideTmux: Bool) -> String {
    let sequence =
      "\u{1B}]1337;File=inline=1;size=\(png.count);width=\(cells.width);height=\(cells.height);preserveAspectRatio=1:" + base64(png) + "\u{07}"
    return insideTmux ? Tmux.wrapped(sequence) : sequence
  }
}

enum Tmux {
  /// A sequence that tmux hands on to the terminal outside, where its option allow-passthrough is on.
  static func wrapped(_ sequence: String) -> String {
    "\u{1B}Ptmux;" + String(sequence.flatMap { $0 == "\u{1B}" ? "\u{1B}\u{1B}" : String($0) }) + "\u{1B}\\"
  }
}
