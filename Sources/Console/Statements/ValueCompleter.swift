internal import Language
import Storage
internal import Workbench

/// What may be given to a parameter.
struct ValueCompleter {
  private let session: Session

  init(_ session: Session) { self.session = session }

  /// - Parameter excluding: values that are given already and need not be given twice.
  func candidates(for parameter: ParameterInfo, typed: String, excluding: [String]) -> [Candidate] {
    switch parameter.role {
    case .operand(let kind), .operands(let kind):
      return references(typed, kind: kind).filter { !excluding.contains($0.text) }
    case .choice(let choices):
      return choices.filter { $0.hasPrefix(typed) }.map { word in
        let help = [parameter.meanings[word], word == parameter.fallback ? "the default" : nil].compactMap(\.self)
        return Candidate(word, help: help.joined(separator: "; "))
      }
    case .setting(let type):
      let literals = type == "yes or no" ? ["yes", "no"] : parameter.fallback.map { [$0] } ?? []
      // `a whole number`, `a size such as 512x256`: what holds a literal of that kind may stand there.
      let words = type.split(separator: " "), kind = [Kind.number, .size, .range, .text].first { words.contains($0.name[...]) }
      let named = kind.map { references(typed, kind: $0) } ?? []
      return literals.filter { $0.hasPrefix(typed) }.map { Candidate($0, help: $0 == parameter.fallback ? "the default" : "") } + named
    case .path: return paths(typed)
    case .words: return words(typed)
    case .comparison: return references(typed, kind: nil)
    }
  }

  /// Names, and after a name the ways into its value: `.field`, `[index]`, `@epoch`.
  func references(_ typed: String, kind: Kind?) -> [Candidate] {
    if let cut = typed.lastIndex(where: { ".[@".contains($0) }), cut > typed.startIndex {
      return parts(of: String(typed[..<cut]), step: typed[cut...])
    }
    return session.names.filter { $0.name.hasPrefix(typed) && (kind == nil || kind == $0.kind) }.reversed().map { named in
      let made = named.statement.split(separator: " = ", maxSplits: 1).last.map(String.init) ?? named.statement
      return Candidate(named.name, help: "\(named.kind)\(named.isStale ? ", stale" : ""): \(made)")
    }
  }

  private func parts(of whole: String, step: Substring) -> [Candidate] {
    guard let reference = Reference(whole), let value = try? session.value(of: reference), let sign = step.first else { return [] }
    let typed = step.dropFirst()
    switch sign {
    case ".":
      return value.fieldNames.filter { $0.hasPrefix(typed) }.map { name in
        Candidate("\(whole).\(name)", help: (try? value.field(name)).map { "\($0.kind): \($0.summary.text)" } ?? "")
      }
    case "@":
      return value.epochs.filter { $0.hasPrefix(typed) }.map { Candidate("\(whole)@\($0)") }
    default:
      guard let count = value.count, count > 0, typed.allSatisfy(\.isNumber) else { return [] }
      return (0..<min(count, 10)).map(String.init).filter { $0.hasPrefix(typed) }.map { Candidate("\(whole)[\($0)]", help: "one of \(count)") }
    }
  }

  /// Commands and names, for those that take words as they stand.
  private func words(_ typed: String) -> [Candidate] {
    session.catalog.commands.filter { $0.name.hasPrefix(typed) }.map { Candidate($0.name, help: $0.summary) } + references(typed, kind: nil)
  }

  /// Texts between quotes. Of names with full stops in them those that go on alike are gathered, as the files of a folder are.
  func texts(_ suggestions: [Suggestion], typed: String) -> [Candidate] {
    let start = typed.hasPrefix("\"") ? String(typed.dropFirst()) : typed
    let fitting = suggestions.filter { $0.text.hasPrefix(start) }
    var groups: [(head: String, members: [Suggestion])] = []
    for suggestion in fitting {
      let rest = suggestion.text.dropFirst(start.count)
      let head = start + (rest.firstIndex(of: ".").map { rest[...$0] } ?? rest)
      if let index = groups.firstIndex(where: { $0.head == head }) { groups[index].members.append(suggestion) } else { groups.append((head, [suggestion])) }
    }
    // A lone group is opened: there is nothing to choose.
    if groups.count == 1, groups[0].members.count > 1 { return texts(fitting, typed: groups[0].head) }
    return groups.map { head, members in
      members.count > 1 ? Candidate("\"" + head, help: "\(members.count) of these", ending: "")
        : Candidate(Literal.quoted(members[0].text), help: members[0].help)
    }
  }

  /// Files and folders, in quotes where their name needs them. Hidden ones only where the name begins with a full stop.
  private func paths(_ typed: String) -> [Candidate] {
    let quoted = typed.hasPrefix("\"")
    let path = quoted ? String(typed.dropFirst()) : typed
    let cut = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, start) = (String(path[..<cut]), path[cut...])
    let files = session.surroundings.fileSystem
    let base = absolute(folder, from: session.surroundings.directory)
    let names = (try? files.names(in: base)) ?? []
    return names.filter { $0.hasPrefix(start) && (start.hasPrefix(".") || !$0.hasPrefix(".")) }.map { name in
      let isFolder = files.info(base + "/" + name)?.isFolder ?? false
      let whole = folder + name + (isFolder ? "/" : "")
      let needsQuotes = quoted || whole.contains { " \"#=".contains($0) }
      let text = needsQuotes ? "\"" + whole.replacing("\"", with: "\\\"") + (isFolder ? "" : "\"") : whole
      return Candidate(text, ending: isFolder ? "" : " ")
    }
  }
}
