// Slots of thread-local scratch beyond those that callers of the kernels may use.
#pragma once

enum {
  public_slots = 5,     // 0 ... 4: the callers'
  slot_rows = 5,        // coefficient rows and tables, filled by the caller of a kernel, read by its tasks
  slot_partials = 6,    // partial sums, one place for each task
  slot_totals = 7,      // their sums
  slot_task = 8,        // a task's own
  slot_strips = 9,      // a product's copy of its left matrix
  scratch_slots = 10,
};

/// As segue_scratch, for any slot.
float *segue_slot(int slot, long floats);
