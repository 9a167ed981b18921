// Products and sums in registers, to learn how many a processor can do.
#pragma once
#include "../Lanes/lanes.h"

// So many that none waits for the one before, and no more than there are registers.
#if defined(SEGUE_AVX512)
enum { spin_sums = 12 };
#else
enum { spin_sums = 6 };
#endif

static void spin_task(void *context, long task) {
  long rounds = *(const long *)context;
  Lanes sum[spin_sums], factor = all(0.999f), rest = all((float)task);
  for (int i = 0; i < spin_sums; i++) sum[i] = all((float)i);
  for (long round = 0; round < rounds; round++) {
    for (int i = 0; i < spin_sums; i++) sum[i] = sum[i] * factor + rest;
  }
  Lanes total = all(0);
  for (int i = 0; i < spin_sums; i++) total = total + sum[i];
  // Something must depend on them.
  store(segue_slot(slot_task, lane_count), total);
}

static double spin(long rounds) {
  long threads = segue_thread_count();
  segue_parallel(threads, spin_task, &rounds);
  return 2.0 * spin_sums * lane_count * (double)rounds * (double)threads;
}
