internal import Kernels

/// How the process ends where there is no memory for a map, for weights or for what a kernel works with: in words, with exit code 1.
public enum OutOfMemory {
  /// What is said besides, as a line of its own.
  public static func advise(_ words: String?) { segue_advise_on_memory(words.map { $0 + "\n" }) }
}
