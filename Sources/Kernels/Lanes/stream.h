// Writing past the caches.
//
// A store to a line that is not in the nearest caches reads the line first: from memory, or from the caches of the core that had it last.
// Where processors share a last-level cache that costs little. Where they do not, a line comes from the other's six times later or more, and
// what one thread writes and another reads, again and again in the same place, waits for that with every line. Streaming stores
// write whole lines to memory and ask nobody. Reading them back costs no more than other memory, as products ask for it in time.
#pragma once
#include "lanes.h"

/// Whether lines can be written that begin at `to` and multiples of `stride` and `other_stride` floats from there.
INLINE bool are_whole_lines(const float *to, long stride, long other_stride) {
  return ((unsigned long)to / sizeof(float) | (unsigned long)stride | (unsigned long)other_stride) % lane_count == 0;
}

/// Lanes that fill a line.
INLINE void stream(float *to, Lanes lanes) { __builtin_nontemporal_store(lanes, (Lanes *)to); }

/// Before a thread says that it is done: what was streamed might be seen later than what is stored afterwards.
INLINE void finish_streams(void) {
#if defined(__x86_64__)
  __builtin_ia32_sfence();
#else
  __atomic_thread_fence(__ATOMIC_RELEASE);
#endif
}
