internal import Glibc

/// A thread that does one piece of work and ends by itself.
package enum DetachedThread {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts it; false where the system grants no thread, as under a limit. Signals stay with the threads of the program.
  package static func start(_ body: @escaping () -> Void) -> Bool {
    var thread = pthread_t()
    let masks = UnsafeMutablePointer<sigset_t>.allocate(capacity: 2)
    defer { masks.deallocate() }
    sigfillset(masks)
    pthread_sigmask(SIG_SETMASK, masks, masks + 1)
    defer { pthread_sigmask(SIG_SETMASK, masks + 1, nil) }
    let work = Unmanaged.passRetained(Work(body))
    let result = pthread_create(&thread, nil, { argument in
      Unmanaged<Work>.fromOpaque(argument!).takeRetainedValue().body()
      return nil
    }, work.toOpaque())
    if result == 0 { pthread_detach(thread) } else { work.release() }
    return result == 0
  }
}
