internal import Glibc
internal import Language

/// A thread beside the one that evaluates; signals stay with that.
package final class BackgroundThread: Sendable {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  private let thread: pthread_t

  package init(_ body: @escaping @Sendable () -> Void) throws {
    var all = sigset_t(), before = sigset_t()
    sigfillset(&all)
    pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let code = pthread_create(&thread, nil, { argument in
      guard let argument else { return nil }
      Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
    guard code == 0 else {
      work.release()
      throw Diagnostic("the system grants no thread: \(String(cString: strerror(code)))")
    }
    self.thread = thread
  }

  /// Waits until its work is done.
  package func join() { pthread_join(thread, nil) }
}
