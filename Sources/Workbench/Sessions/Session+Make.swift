import Language
import Storage
#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Session {
  /// A value, the recipe that made it, and whether it was there already.
  struct Made<Result> {
    var value: Result
    var recipe: Recipe
    var isKept: Bool
  }

  /// The value of a bound command: from this session, from the store, or made now.
  func obtain<C: Command>(_ command: C, _ bound: BoundCall, _ scope: Scope, delivers: Bool = true) throws -> Made<C.Result> {
    let context = Context(self, scope)
    // What was learnt of files is kept also where the statement fails or is stopped: the next one need not read them again.
    defer {
      surroundings.hashes.save()
      surroundings.ignoreOurselves()
    }
    let recipe = try recipe(of: command, bound, context)
    context.recipe = recipe
    try agree(on: recipe)
    inUse.insert(recipe.digest)
    var made: Made<C.Result>
    if C.isRemembered, let value = remembered(recipe.digest) as? C.Result {
      made = Made(value: value, recipe: recipe, isKept: true)
    } else if C.isStored {
      made = try obtainStored(command, recipe, context, scope)
    } else {
      try command.checkBeforeWork(context)
      made = Made(value: try command.run(context), recipe: recipe, isKept: false)
    }
    if made.isKept { tally.kept += 1 } else { tally.made += 1 }
    made.value = try command.presented(made.value, context)
    if delivers { try command.deliver(made.value, context) }
    return made
  }

  func recipe<C: Command>(of command: C, _ bound: BoundCall, _ context: Context) throws -> Recipe {
    var parameters = bound.ingredients
    for (name, usual) in try command.usual(context) where parameters[name] == .literal(usual) || parameters[name] == usual.word.map({ .word($0) }) {
      parameters[name] = .absent
    }
    for name in C.additions where parameters[name] == .absent { parameters[name] = nil }
    return Recipe(
      command: C.name, version: C.version, parameters: parameters, ingredients: try command.ingredients(context).merging(C.foundations) { $1 },
      seed: try command.drawsNumbers(context) ? context.seed : nil)
  }

  /// A whole value that this session holds already, also one that was undone.
  private func remembered(_ digest: String) -> (any Value)? {
    let origin = Origin(digest: digest)
    return values.first { timeline[$0.key]?.origin == origin }?.value
  }

  private func obtainStored<C: Command>(_ command: C, _ recipe: Recipe, _ context: Context, _ scope: Scope) throws -> Made<C.Result> {
    // From now on other processes' trimming leaves it.
    surroundings.store.hold([recipe.digest])
    guard let companions = surroundings.companions else { return try makeStored(command, recipe, context, scope) }
    if companions.leads { return try lead(companions) { begins in try makeStored(command, recipe, context, scope, begins) } }
    return try follow(command, recipe, context, companions) { try loaded(command, recipe.digest, context) }
  }

  /// - Parameter begins: is called before a shared command runs.
  private func makeStored<C: Command>(
    _ command: C, _ recipe: Recipe, _ context: Context, _ scope: Scope, _ begins: (Folder) throws -> Void = { _ in }
  ) throws -> Made<C.Result> {
    if let value = try loaded(command, recipe.digest, context) { return Made(value: value, recipe: recipe, isKept: true) }
    if !scope.mayMakeStored, let other = surroundings.foreignInstructions(recipe.digest) {
      throw Diagnostic(
        "the value @\(recipe.digest.prefix(8)) of '\(C.name)' was computed with \(other) instructions, and these are \(surroundings.instructionSet)",
        remedy: "`refresh` recomputes it; SEGUE_CPU=\(other) uses it, where the processor has these")
    }
    guard scope.mayMakeStored else {
      throw Diagnostic("the value @\(recipe.digest.prefix(8)) of '\(C.name)' is no longer in the store", remedy: "`refresh` recomputes it")
    }
    try command.checkBeforeWork(context)
    try command.prepare(context)
    let (workspace, lock) = try ownWorkspace(recipe.digest)
    defer { _ = lock }
    if let value = try loaded(command, recipe.digest, context) { return Made(value: value, recipe: recipe, isKept: true) }
    context.workspace = workspace
    let isResumed = !workspace.names.isEmpty
    if C.isShared { try begins(workspace) }
    let start = ContinuousClock.now
    let value: C.Result
    do {
      value = try command.run(context)
    } catch var interrupted as Interrupted {
      interrupted.goesOn = interrupted.goesOn || !workspace.names.isEmpty
      throw interrupted
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    do {
      if !C.fillsWorkspace { try command.save(value, to: workspace) }
      // A run that went on from where another stopped does not tell how long the whole takes.
      try surroundings.commit(workspace, kind: value.kind, recipe: recipe, seconds: seconds, work: isResumed ? nil : command.work(context))
      try keepToBudget()
    } catch {
      emit(.noted("not stored, and kept for this session only: \(diagnostic(error))"))
    }
    return Made(value: value, recipe: recipe, isKept: false)
  }

  /// What the store has, or nil; a damaged value is taken away, so that it is recomputed. One that is too large for the memory there is
  /// stays where it is, and is refused.
  private func loaded<C: Command>(_ command: C, _ digest: String, _ context: Context) throws -> C.Result? {
    if let other = surroundings.foreignInstructions(digest) {
      if told.insert(digest).inserted {
        emit(.noted("the stored value @\(digest.prefix(8)) was computed with \(other) instructions, and these are \(surroundings.instructionSet): it is not used"))
      }
      return nil
    }
    guard let folder = undamaged(digest, { try surroundings.store.folder(digest) }) ?? nil else { return nil }
    if let need = try? MemoryNeed([("the stored value", command.memoryToRestore(from: folder))], remedy: MemoryNeed.moreMemory),
      let refusal = need.refusal(surroundings.memory()) {
      throw Diagnostic("the stored value @\(digest.prefix(8)) of '\(C.name)' is not read: \(refusal.message)", remedy: refusal.remedy)
    }
    return undamaged(digest) { try command.restore(from: folder, context) }
  }

  /// What reading a stored value gives; nil where that fails, and the value is then taken away.
  private func undamaged<Result>(_ digest: String, _ read: () throws -> Result) -> Result? {
    do {
      return try read()
    } catch {
      emit(.noted("\(diagnostic(error).message); it is recomputed"))
      record { try surroundings.store.discard(digest) }
      return nil
    }
  }

  /// Takes a value away that turned out damaged while it was used, and what holds it in memory: the statement recomputes it.
  func forget(_ damage: Folder.Damage) {
    let digest = lastName(damage.path)
    record { try surroundings.store.discard(digest) }
    values = values.filter { id, _ in !(timeline[id]?.origin.map { timeline.ancestry.holds(digest, below: $0.digest) } ?? false) }
  }

  /// The workspace of a recipe; waits while another process works in it.
  private func ownWorkspace(_ digest: String) throws -> (Folder, FileLock) {
    var hasSaid = false
    while true {
      if let own = try surroundings.store.workspace(digest) { return own }
      if !hasSaid { emit(.noted("another process is computing the same value; waiting for it")) }
      hasSaid = true
      if surroundings.interrupt.isRequested { throw Interrupted() }
      usleep(200_000)
    }
  }

  private func keepToBudget() throws {
    let total = surroundings.store.contents().reduce(0) { $0 + $1.size }
    guard total > surroundings.store.budget else { return }
    let removed = try surroundings.store.trim(to: surroundings.store.budget, keeping: inUse.union(timeline.ancestry.recipes.keys))
    if removed.count > 0 { emit(.noted("the store was over its budget; \(counted(removed.count, "unused value")) (\(megabytes(removed.size))) \(removed.count == 1 ? "was" : "were") removed")) }
  }

  /// The value of a recorded entry, as it was.
  func reproduce(_ entry: Entry, mayMakeStored: Bool = false) throws -> any Value {
    var scope = scope(of: entry)
    scope.mayMakeStored = mayMakeStored
    do {
      return try meaning(of: entry, in: scope) { command, bound, scope in
        Bound(try reproduce(command, bound, scope, entry), Origin(digest: ""))
      }.value
    } catch let diagnostic as Diagnostic {
      throw Diagnostic("'\(entry.name ?? entry.canonical)' is no longer available: \(diagnostic.message)", remedy: diagnostic.remedy)
    }
  }

  /// What a recorded statement comes to where its words mean what `scope` says; `make` evaluates its command.
  func meaning(of entry: Entry, in scope: Scope, make: (any Command, BoundCall, Scope) throws -> Bound) throws -> Bound {
    guard let statement = try Statement.parse(entry.full, vocabulary).checked() else { throw Diagnostic("the session's journal is damaged") }
    switch statement.body {
    case .value(let term):
      if let literal = term.literal { return Bound(literal.value, Origin(digest: Recipe(literal).digest)) }
      guard let reference = term.reference else { throw Diagnostic("'\(entry.full)' is no value") }
      return try scope.lookUp(reference, nil)
    case .command(let call):
      guard let type = catalog[call.command] else { throw Diagnostic("no command is named '\(call.command)'") }
      let bound = try bound(type, call, scope)
      guard let command = bound.command as? any Command else { throw Diagnostic("'\(call.command)' makes no value") }
      return try make(command, bound, scope)
    }
  }

  private func reproduce<C: Command>(_ command: C, _ bound: BoundCall, _ scope: Scope, _ entry: Entry) throws -> any Value {
    if let kept = try kept(command, bound, scope, entry) { return kept }
    let made = try obtain(command, bound, scope, delivers: false)
    if made.recipe.digest != entry.origin?.digest {
      remade[entry.id] = Origin(digest: made.recipe.digest)
      timeline.learn(made.recipe)
      emit(.noted("'\(entry.name ?? entry.canonical)' was recomputed and is not what it was: its files or this version of Segue changed; `refresh` makes the rest follow"))
    }
    return made.value
  }

  /// The stored value of an entry whose statement has another recipe by now, because files changed: work that is not lost. Nil where the
  /// recipe is what it was, and where a value is understood with its operands only, which are others now.
  private func kept<C: Command>(_ command: C, _ bound: BoundCall, _ scope: Scope, _ entry: Entry) throws -> C.Result? {
    guard C.isStored, C.Result.self is any RestorableValue.Type, let origin = entry.origin else { return nil }
    let context = Context(self, scope)
    guard try recipe(of: command, bound, context).digest != origin.digest, let value = try loaded(command, origin.digest, context) else { return nil }
    emit(.noted("'\(entry.name ?? entry.canonical)' is what was computed before its files or this version of Segue changed; `refresh` recomputes it"))
    return (try? command.presented(value, context)) ?? value
  }
}

extension Literal {
  /// Of a choice.
  fileprivate var word: String? { if case .text(let word) = self { word } else { nil } }
}
