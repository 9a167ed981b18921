package import Rendering

/// How many colours a terminal has, as far as its environment says.
package enum TerminalColours {
  /// The terminal cannot move its cursor, or is not known.
  package static func isDumb(_ environment: [String: String]) -> Bool { ["", "dumb"].contains(environment["TERM"] ?? "") }

  /// `NO_COLOR` (no-color.org) takes them all away.
  package static func depth(_ environment: [String: String]) -> ColourDepth {
    let term = environment["TERM"] ?? ""
    if !(environment["NO_COLOR"] ?? "").isEmpty || isDumb(environment) { return .none }
    if ["truecolor", "24bit"].contains(environment["COLORTERM"] ?? "") { return .full }
    if ["direct", "kitty", "ghostty", "alacritty", "wezterm", "foot"].contains(where: term.contains) { return .full }
    if ["iTerm.app", "WezTerm", "vscode", "ghostty"].contains(environment["TERM_PROGRAM"] ?? "") { return .full }
    return term.contains("256color") || term.hasPrefix("tmux") ? .indexed : .sixteen
  }
}
