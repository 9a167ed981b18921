import Imaging
import Synchronization

/// Decoded and resized pictures and labels, so that small datasets are decoded once. Bounded in bytes; what was used longest
/// ago goes first. What does not fit may be kept on the disk. A session has one, which its datasets share.
public final class SampleCache: Sendable {
  private struct Key: Hashable {
    let identity: Int
    let index: Int
    let size: PixelSize?
    let filter: ResamplingFilter
    let isLabel: Bool
  }

  private struct Slot {
    let image: Image?
    let label: IndexMap?
    var used: Int

    var bytes: Int { (image?.pixels.count ?? 0) + (label?.values.count ?? 0) }
  }

  private struct State {
    var capacity: Int
    var slots: [Key: Slot] = [:]
    var bytes = 0
    var clock = 0
    var decoded: DecodedPictures?
  }

  /// In bytes, of a cache that nobody asks to be of another size.
  public static let usualCapacity = 256 << 20

  private let state: Mutex<State>
  /// Counts on over all caches, as datasets of several are joined: it decides nothing but that no two readers are taken for one.
  private static let identities = Atomic(0)

  /// A cache of at most `capacity` bytes of pixels.
  public init(capacity: Int = usualCapacity) { state = Mutex(State(capacity: capacity)) }

  static func newIdentity() -> Int { identities.wrappingAdd(1, ordering: .relaxed).newValue }

  /// How many bytes of pixels may be held; less than is held now drops some. 0 holds nothing.
  public var capacity: Int {
    get { state.withLock { $0.capacity } }
    set {
      state.withLock {
        $0.capacity = newValue
        Self.trim(&$0)
      }
    }
  }

  /// Where decoded pictures are kept beyond this process; nil keeps none.
  public var decoded: DecodedPictures? {
    get { state.withLock { $0.decoded } }
    set { state.withLock { $0.decoded = newValue } }
  }

  /// How many bytes of pixels are held.
  public var bytes: Int { state.withLock { $0.bytes } }

  /// The picture at the rule's size.
  func picture(_ rule: Dataset.Rule, _ index: Int) throws -> Image {
    let key = Key(identity: rule.identity, index: index, size: rule.resize, filter: rule.filter, isLabel: false)
    if let image = find(key)?.image { return image }
    guard let decoded, let file = rule.reader.imageFile(at: index)?.state else { return keep(try rule.reader.image(at: index), rule, key) }
    let image = try decoded.picture(file, size: rule.resize, filter: rule.filter) { try rule.resized(rule.reader.image(at: index)) }
    insert(Slot(image: image, label: nil, used: 0), key)
    return image
  }

  /// The picture at the rule's size and its label at `labelSize`, or its own size where that is nil.
  func content(_ rule: Dataset.Rule, _ index: Int, labelSize: PixelSize?) throws -> (Image, IndexMap?) {
    guard rule.reader.hasLabels else { return (try picture(rule, index), nil) }
    let imageKey = Key(identity: rule.identity, index: index, size: rule.resize, filter: rule.filter, isLabel: false)
    let labelKey = Key(identity: rule.identity, index: index, size: labelSize, filter: rule.filter, isLabel: true)
    if let image = find(imageKey)?.image, let label = find(labelKey)?.label { return (image, label) }
    // A file's picture may be had without decoding it; a generator makes both at once.
    let isFile = rule.reader.imageFile(at: index) != nil
    let read = isFile ? nil : try rule.reader.read(at: index)
    let image = try read.map { keep($0.image, rule, imageKey) } ?? picture(rule, index)
    if let label = find(labelKey)?.label { return (image, label) }
    guard var label = try read.map({ $0.label }) ?? rule.reader.label(at: index) else { return (image, nil) }
    if let labelSize { label = label.resized(to: labelSize) }
    insert(Slot(image: nil, label: label, used: 0), labelKey)
    return (image, label)
  }

  /// The label alone at the rule's size; a generator makes its picture as well.
  func label(_ rule: Dataset.Rule, _ index: Int) throws -> IndexMap? {
    guard rule.reader.hasLabels else { return nil }
    let key = Key(identity: rule.identity, index: index, size: rule.resize, filter: rule.filter, isLabel: true)
    if let label = find(key)?.label { return label }
    guard rule.reader.imageFile(at: index) != nil else { return try content(rule, index, labelSize: rule.resize).1 }
    guard var label = try rule.reader.label(at: index) else { return nil }
    if let size = rule.resize { label = label.resized(to: size) }
    insert(Slot(image: nil, label: label, used: 0), key)
    return label
  }

  private func keep(_ image: Image, _ rule: Dataset.Rule, _ key: Key) -> Image {
    let image = rule.resized(image)
    insert(Slot(image: image, label: nil, used: 0), key)
    return image
  }

  private func find(_ key: Key) -> Slot? {
    state.withLock {
      $0.clock += 1
      $0.slots[key]?.used = $0.clock
      return $0.slots[key]
    }
  }

  private func insert(_ slot: Slot, _ key: Key) {
    state.withLock {
      guard slot.bytes <= $0.capacity / 4 else { return }
      $0.clock += 1
      $0.bytes += slot.bytes - ($0.slots[key]?.bytes ?? 0)
      $0.slots[key] = slot
      $0.slots[key]?.used = $0.clock
      Self.trim(&$0)
    }
  }

  /// Drops the least recently used quarter at a time, so that the sort is rare.
  private static func trim(_ state: inout State) {
    guard state.bytes > state.capacity else { return }
    for (key, slot) in state.slots.sorted(by: { $0.value.used < $1.value.used }) {
      if state.bytes <= state.capacity - state.capacity / 4 { break }
      state.slots[key] = nil
      state.bytes -= slot.bytes
    }
  }
}
