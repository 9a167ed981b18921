/// The longest files that are read, by what they are: far above what is written, and far below the memory of a machine.
public enum FileLimit {
  /// Small ones that hold one thing: a mark, a place, a record.
  public static let note = 1 << 20
  /// Those that grow with the work: journals, sessions, lists of files, locks.
  public static let record = 256 << 20
}
