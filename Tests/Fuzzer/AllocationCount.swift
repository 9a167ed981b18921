#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

// What the hooks below count. They run within malloc, so they may touch nothing but these.
private nonisolated(unsafe) var live = 0
private nonisolated(unsafe) var peak = 0
private nonisolated(unsafe) var isCounting = false
private nonisolated(unsafe) var sizeOf: (@convention(c) (UnsafeRawPointer?) -> Int)?

/// The most memory that was held at one time while an input was read, as AddressSanitizer counts it.
enum AllocationCount {
  private typealias MallocHook = @convention(c) (UnsafeRawPointer?, Int) -> Void
  private typealias FreeHook = @convention(c) (UnsafeRawPointer?) -> Void
  private typealias Install = @convention(c) (MallocHook?, FreeHook?) -> Int32

  /// Whether the process was built with AddressSanitizer.
  static let isActive: Bool = {
    let program = dlopen(nil, RTLD_NOW)
    guard let install = dlsym(program, "__sanitizer_install_malloc_and_free_hooks"), let size = dlsym(program, "__sanitizer_get_allocated_size") else { return false }
    sizeOf = unsafeBitCast(size, to: (@convention(c) (UnsafeRawPointer?) -> Int).self)
    let malloced: MallocHook = { _, size in
      guard isCounting else { return }
      live += size
      if live > peak { peak = live }
    }
    let freed: FreeHook = { pointer in
      guard isCounting, let pointer, let sizeOf else { return }
      live -= sizeOf(pointer)
    }
    return unsafeBitCast(install, to: Install.self)(malloced, freed) > 0
  }()

  static func begin() {
    _ = isActive
    (live, peak) = (0, 0)
    isCounting = true
  }

  /// Bytes beyond those that were held at the beginning; 0 where nothing is counted.
  static func end() -> Int {
    isCounting = false
    return peak
  }
}
