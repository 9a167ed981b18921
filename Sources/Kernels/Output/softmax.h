// Probabilities of every pixel of the output, for the discriminator and for ensembles: softmax(upsampled logits), as a map.
#pragma once
#include "../Lanes/elementary.h"
#include "bilinear.h"

typedef struct {
  Upsampling plan;
  SegueMap probabilities;
  float weight;
  bool accumulate;
} Softmax;

/// Sixteen probabilities of each class, and the pixels' places: the lanes of a class go to sixteen pixels.
INLINE void place_pixels(const float *values, long classes, long lanes, float *to, long stride, bool accumulate) {
  for (long lane = 0; lane < lanes; lane++, to += stride) {
    if (accumulate) {
      for (long c = 0; c < classes; c++) to[c] += values[c * lane_count + lane];
    } else {
      for (long c = 0; c < classes; c++) to[c] = values[c * lane_count + lane];
    }
  }
}

static void softmax_task(void *context, long task) {
  const Softmax *job = context;
  const Upsampling *plan = &job->plan;
  Interval interval = interval_of(plan, task);
  long classes = plan->low.channels, floats = classes * lane_count;
  float *top = segue_slot(slot_task, 3 * floats), *slope = top + floats, *values = slope + floats;
  for (long b = 0; b < plan->blocks; b++) {
    interpolate_columns(plan, &interval, &plan->columns[b], top, slope);
    long first = b * lane_count, lanes = least(lane_count, plan->width - first);
    for (long y = interval.first_row; y < interval.end_row; y++) {
      float fraction = position_of(y, plan->height, plan->low.height).fraction;
      Lanes largest = logits_of_row(top, slope, fraction, classes, values), sum = all(0);
      for (long c = 0; c < classes; c++) {
        Lanes exponential = exp_of_negative(load(values + c * lane_count) - largest);
        store(values + c * lane_count, exponential);
        sum = sum + exponential;
      }
      Lanes factor = job->weight / sum;
      for (long c = 0; c < classes; c++) store(values + c * lane_count, load(values + c * lane_count) * factor);
      float *to = pixel(&job->probabilities, interval.image * plan->height + y, first);
      place_pixels(values, classes, lanes, to, job->probabilities.stride, job->accumulate);
    }
  }
}

static void upsample_softmax(SegueMap logits, float weight, SegueMap probabilities, bool accumulate) {
  Softmax job = {plan_upsampling(logits, probabilities.height, probabilities.width), probabilities, weight, accumulate};
  segue_parallel(logits.images * job.plan.intervals, softmax_task, &job);
}
