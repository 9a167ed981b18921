// Slots of thread-local scratch beyond those that callers of the kernels may use.
#pragma once

enum {
  public_slots = 4,     // 0 ... 3: the callers'
  slot_rows = 4,        // coefficient rows and tables, filled by the caller of a kernel, read by its tasks
  slot_partials = 5,    // partial sums, one place for each task
  slot_totals = 6,      // their sums
  slot_task = 7,        // a task's own
  scratch_slots = 8,
};

/// As segue_scratch, for any slot.
float *segue_slot(int slot, long floats);
