// The class of each pixel of the output, from logits that are upsampled on the way.
//
// An upsampled logit lies between the smallest and the largest of the low pixels around it. So a class whose largest low logit in
// the surroundings of a block is below the smallest of another class cannot win there; in most blocks one or two classes are left,
// and where it is one, there is nothing to compute.
#pragma once
#include "bilinear.h"
#include "labels.h"

typedef struct {
  Upsampling plan;
  uint8_t *labels;
} UpsampleArgmax;

/// Writes the classes that can win in the block to `candidates`, in order; returns how many. bounds: two arrays of `room` floats.
static long winners(const Upsampling *plan, const Interval *interval, const Columns *columns, float *lows, long room, int *candidates) {
  long classes = plan->low.channels, stride = plan->low.stride;
  float *highs = lows + room;
  Lanes best = all(-INFINITY), size = all(0);
  for (long c = 0; c < classes; c += lane_count) {
    long lanes = least(lane_count, classes - c);
    Lanes low = all(INFINITY), high = all(-INFINITY);
    for (long i = columns->first; i < columns->first + columns->count; i++) {
      Lanes above = load_some(interval->above + i * stride + c, lanes), below = load_some(interval->below + i * stride + c, lanes);
      low = smaller(low, smaller(above, below));
      high = larger(high, larger(above, below));
    }
    store(lows + c, low);
    store(highs + c, high);
    best = larger(best, lane_numbers() < (int)lanes ? low : all(-INFINITY));
    size = larger(size, larger(magnitude(low), magnitude(high)));
  }
  // Rounding may carry an interpolated value past its bounds by a few units in the last place.
  float least_high = largest_of(best) - 1e-6f * largest_of(size);
  long count = 0;
  for (long c = 0; c < classes; c++) {
    candidates[count] = (int)c;
    count += !(highs[c] < least_high);
  }
  return count;
}

static void upsample_argmax_task(void *context, long task) {
  const UpsampleArgmax *job = context;
  const Upsampling *plan = &job->plan;
  Interval interval = interval_of(plan, task);
  long classes = plan->low.channels, room = ceiling(classes, lane_count) * lane_count;
  float *top = segue_slot(slot_task, classes * 2 * lane_count + 3 * room + 1), *slope = top + classes * lane_count;
  float *bounds = slope + classes * lane_count;
  int *candidates = (int *)(void *)(bounds + 2 * room);
  for (long b = 0; b < plan->blocks; b++) {
    const Columns *columns = &plan->columns[b];
    long count = winners(plan, &interval, columns, bounds, room, candidates);
    for (long i = 0; count > 1 && i < count; i++) {
      Lanes above = along_row(columns, interval.above, plan->low.stride, candidates[i]);
      store(top + i * lane_count, above);
      store(slope + i * lane_count, along_row(columns, interval.below, plan->low.stride, candidates[i]) - above);
    }
    long first = b * lane_count, lanes = least(lane_count, plan->width - first);
    uint8_t *labels = job->labels + (interval.image * plan->height + interval.first_row) * plan->width + first;
    for (long y = interval.first_row; y < interval.end_row; y++, labels += plan->width) {
      IntLanes label = candidates[0];
      if (count > 1) {
        float fraction = position_of(y, plan->height, plan->low.height).fraction;
        Lanes largest = load(slope) * fraction + load(top);
        for (long i = 1; i < count; i++) {
          Lanes logit = load(slope + i * lane_count) * fraction + load(top + i * lane_count);
          label = logit > largest ? (IntLanes)(candidates[i]) : label;
          largest = larger(logit, largest);
        }
      }
      store_labels(labels, label, lanes);
    }
  }
}

static void upsample_argmax(SegueMap logits, long height, long width, uint8_t *labels) {
  UpsampleArgmax job = {plan_upsampling(logits, height, width), labels};
  segue_parallel(logits.images * job.plan.intervals, upsample_argmax_task, &job);
}
