/// Reads Python's pickles of every protocol as data: the operations are followed, what they name is written down, and nothing is imported,
/// called or made.
///
/// What it holds grows with the bytes that are read, at most a value for each; both have a limit.
struct PickleMachine {
  /// The longest pickle that is read: room for some ten thousand tensors and for what else lies in a checkpoint.
  static let lengthLimit = 16 << 20
  private static let objectLimit = 1 << 20, valueLimit = 1 << 22

  var cursor: ByteCursor
  private var objects: [PickleObject] = []
  private var stack: [PickleValue] = []
  private var marks: [Int] = []
  private var memo: [Int: PickleValue] = [:]
  private var pushed = 0

  /// Reads one pickle, and moves the cursor behind it.
  static func read(_ cursor: inout ByteCursor) throws -> Pickle {
    var machine = PickleMachine(cursor: cursor)
    let start = cursor.place
    while true {
      guard machine.cursor.place - start <= lengthLimit else { throw ReadingFault.malformed("its pickle has more than \(lengthLimit >> 20) MiB") }
      guard try machine.step() else { break }
    }
    let root = try machine.pop()
    cursor = machine.cursor
    return Pickle(objects: machine.objects, root: root)
  }

  private init(cursor: ByteCursor) { self.cursor = cursor }

  static let damaged = ReadingFault.malformed("its pickle is damaged")

  // MARK: the stack

  mutating func push(_ value: PickleValue) throws {
    pushed += 1
    guard pushed <= PickleMachine.valueLimit else { throw ReadingFault.malformed("its pickle has more than \(PickleMachine.valueLimit) values") }
    stack.append(value)
  }

  mutating func push(_ form: PickleObject.Form, _ elements: [PickleValue] = []) throws {
    guard objects.count < PickleMachine.objectLimit else { throw ReadingFault.malformed("its pickle has more than \(PickleMachine.objectLimit) objects") }
    objects.append(PickleObject(form: form, elements: elements))
    try push(.object(objects.count - 1))
  }

  mutating func pop() throws -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.popLast() else { throw PickleMachine.damaged }
    return value
  }

  func top() throws -> PickleValue {
    guard stack.count > marks.last ?? 0, let value = stack.last else { throw PickleMachine.damaged }
    return value
  }

  mutating func mark() throws {
    marks.append(stack.count)
    pushed += 1
    guard pushed <= PickleMachine.valueLimit else { throw PickleMachine.damaged }
  }

  /// Whether nothing lies above the last mark.
  var isMarkOnTop: Bool { marks.last == stack.count }

  /// Everything above the last mark, which is gone then.
  mutating func popMarked() throws -> [PickleValue] {
    guard let mark = marks.popLast() else { throw PickleMachine.damaged }
    defer { stack.removeSubrange(mark...) }
    return Array(stack[mark...])
  }

  /// The topmost `count` values, as they were pushed.
  mutating func pop(_ count: Int) throws -> [PickleValue] {
    guard stack.count - count >= marks.last ?? 0 else { throw PickleMachine.damaged }
    defer { stack.removeLast(count) }
    return Array(stack.suffix(count))
  }

  // MARK: objects

  /// Adds to the object on top. What an inert object would do with elements is not known, and is left.
  mutating func extend(_ values: [PickleValue], pairs: Bool) throws {
    guard case .object(let number) = try top() else { throw PickleMachine.damaged }
    guard !pairs || values.count.isMultiple(of: 2) else { throw PickleMachine.damaged }
    switch objects[number].form {
    case .dictionary, .call: if pairs { objects[number].elements += values }
    case .list, .set: if !pairs { objects[number].elements += values }
    default: break
    }
  }

  mutating func build() throws {
    let state = try pop()
    if case .object(let number) = try top() { objects[number].state = state }
  }

  /// - Parameter arguments: 2 where keywords follow the arguments; they are left.
  mutating func reduce(_ arguments: Int = 1) throws {
    let values = try pop(1 + arguments)
    try push(.call(values[0], values[1]))
  }

  /// A call with the values above the mark as arguments.
  mutating func instance(of type: PickleValue?) throws {
    var values = try popMarked()
    guard let type = type ?? (values.isEmpty ? nil : values.removeFirst()) else { throw PickleMachine.damaged }
    try push(.tuple, values)
    let arguments = try pop()
    try push(.call(type, arguments))
  }

  // MARK: the memo

  mutating func put(_ place: Int) throws { memo[place] = try top() }

  mutating func memoize() throws { memo[memo.count] = try top() }

  mutating func get(_ place: Int) throws {
    guard let value = memo[place] else { throw PickleMachine.damaged }
    try push(value)
  }
}
