import Language
import Storage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// How several processes come by one value: the leading one says what it does, and the others follow.
extension Session {
  /// Fails where another process understands a statement otherwise, as it has other files or another version: before any work.
  func agree(on recipe: Recipe) throws {
    guard let companions = surroundings.companions else { return }
    let all = companions.gather(Array("\(recipe.command) \(recipe.digest)".utf8)).map { String(decoding: $0, as: UTF8.self).split(separator: " ") }
    guard let rank = all.firstIndex(where: { $0 != all[0] }) else { return }
    isOutOfStep = true
    let ours = all[0], theirs = all[rank]
    if ours.dropLast() != theirs.dropLast() {
      throw Diagnostic(
        "process \(rank) evaluates '\(theirs.dropLast().joined(separator: " "))' where process 0 evaluates '\(ours.dropLast().joined(separator: " "))'",
        remedy: "all processes need the same script, and the same files")
    }
    throw Diagnostic(
      "'\(recipe.command)' is @\(theirs[theirs.count - 1].prefix(8)) in process \(rank) and @\(ours[ours.count - 1].prefix(8)) in process 0: its files or versions differ",
      remedy: "all processes need the same data, and the same version of Segue")
  }

  /// A stored value as the leading process comes by it, which the others are told.
  ///
  /// - Parameter make: loads or computes it, and calls its argument before it computes.
  func lead<Result>(_ companions: any Companions, _ make: (_ begins: (Folder) throws -> Void) throws -> Made<Result>) throws -> Made<Result> {
    var isTogether = false
    do {
      let made = try make { workspace in
        companions.tell(.together(try workspace.names.map { ($0, try workspace.read($0)) }))
        isTogether = true
      }
      companions.tell(.stored)
      return made
    } catch {
      if isTogether, !(error is Interrupted) {
        // The others may be anywhere by now.
        isOutOfStep = true
      } else {
        let diagnostic = diagnostic(error)
        companions.tell(.failed(message: diagnostic.message, remedy: diagnostic.remedy, isInterrupted: error is Interrupted))
      }
      throw error
    }
  }

  /// The same in another process, which takes part where it is told to and then finds the value in the store.
  func follow<C: Command>(_ command: C, _ recipe: Recipe, _ context: Context, _ companions: any Companions, load: () throws -> C.Result?) throws -> Made<C.Result> {
    var message = companions.hear()
    if case .together(let files) = message {
      context.workspace = Folder("/" + recipe.digest, in: MemoryFileSystem())
      for (name, bytes) in files { try context.workspace.write(name, bytes) }
      do {
        try command.checkBeforeWork(context)
        _ = try command.run(context)
      } catch is Interrupted {
        // The leading process says so too.
      } catch {
        isOutOfStep = true
        throw error
      }
      message = companions.hear()
    }
    switch message {
    case .failed(_, _, isInterrupted: true): throw Interrupted()
    case .failed(let message, let remedy, _): throw Diagnostic(message, remedy: remedy)
    case .stored, .together:
      // What was renamed on another machine may take a moment to be seen on this one.
      for _ in 0..<300 {
        if let value = try load() { return Made(value: value, recipe: recipe, isKept: true) }
        usleep(100_000)
      }
      isOutOfStep = true
      throw Diagnostic(
        "process \(companions.rank) does not find @\(recipe.digest.prefix(8)) in the store, where process 0 has put it", remedy: "all processes need one store: SEGUE_STORE names a folder")
    }
  }
}
