public import Language

/// An error of a library below that knows how it is put at the prompt, with a remedy.
public protocol DiagnosedError: Error {
  var diagnostic: Diagnostic { get }
}
