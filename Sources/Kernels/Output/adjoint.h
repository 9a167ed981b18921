// Backwards through the upsampling: an output row's gradient goes to the two low rows of its interval.
//
// Neighbouring intervals share a low row, so each writes what it has for its two rows to a place of its own, and then every low row
// adds the two it has got, always in the same order.
#pragma once
#include "bilinear.h"

/// Room for the two low rows of each interval of each image: [image][interval][above, below][width][channels].
static float *shares_for(const Upsampling *plan) {
  return segue_slot(slot_partials, plan->low.images * plan->intervals * 2 * plan->low.width * plan->low.channels);
}

/// Where task `task` writes for the row above; the row below follows.
INLINE float *share_of(const Upsampling *plan, float *shares, long task) {
  return shares + task * 2 * plan->low.width * plan->low.channels;
}

/// Adds what the block has for a low row to that row's share.
INLINE void share_block(const float *gradients, long classes, const Columns *columns, float *share) {
  for (long i = 0; i < columns->count; i++) {
    Lanes weights = load(columns->weights + i * lane_count);
    float *to = share + (columns->first + i) * classes;
    for (long c = 0; c < classes; c++) to[c] += sum_of(load(gradients + c * lane_count) * weights);
  }
}

typedef struct {
  const Upsampling *plan;
  const float *shares;
  SegueMap gradient;
  float factor;
  bool accumulate;
} AddShares;

static void add_shares_row(void *context, long row) {
  const AddShares *job = context;
  const Upsampling *plan = job->plan;
  long image = row / plan->low.height, line = row % plan->low.height, channels = plan->low.channels;
  long floats = plan->low.width * channels;
  const float *images_shares = job->shares + image * plan->intervals * 2 * floats;
  const float *from_below = line < plan->intervals ? images_shares + line * 2 * floats : NULL;
  const float *from_above = line > 0 ? images_shares + ((line - 1) * 2 + 1) * floats : NULL;
  for (long x = 0; x < plan->low.width; x++) {
    float *to = pixel(&job->gradient, row, x);
    for (long c = 0; c < channels; c += lane_count) {
      long lanes = least(lane_count, channels - c), at = x * channels + c;
      Lanes sum = all(0);
      if (from_above) sum = load_some(from_above + at, lanes);
      if (from_below) sum = sum + load_some(from_below + at, lanes);
      give_floats(to + c, sum * job->factor, lanes, job->accumulate);
    }
  }
}

/// gradient (+)= factor * the sum of the shares.
static void add_shares(const Upsampling *plan, const float *shares, float factor, SegueMap gradient, bool accumulate) {
  AddShares job = {plan, shares, gradient, factor, accumulate};
  segue_parallel(plan->low.images * plan->low.height, add_shares_row, &job);
}
