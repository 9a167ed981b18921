// Gradient of the upsampled softmax: with p the probabilities of a pixel and q their gradient, the logits' is p * (q - sum(p * q)).
//
// Maps of probabilities have the classes of a pixel side by side, so lanes are classes here. Along a row, the gradients of the
// pixels between the same two low columns are added up for the left and for the right one before they go to low pixels.
#pragma once
#include "adjoint.h"

typedef struct {
  Upsampling plan;
  SegueMap probabilities, dprobabilities;
  float *shares;
} SoftmaxBackward;

/// left += (1 - fraction) * gradient, right += fraction * gradient, for the gradient of one pixel's logits.
INLINE void add_pixel(const float *p, const float *q, long classes, float fraction, float *left, float *right) {
  Lanes products = all(0);
  for (long c = 0; c < classes; c += lane_count) {
    long lanes = least(lane_count, classes - c);
    products = load_some(p + c, lanes) * load_some(q + c, lanes) + products;
  }
  float inner = sum_of(products);
  for (long c = 0; c < classes; c += lane_count) {
    long lanes = least(lane_count, classes - c);
    Lanes gradient = load_some(p + c, lanes) * (load_some(q + c, lanes) - inner);
    store(left + c, gradient * (1 - fraction) + load(left + c));
    store(right + c, gradient * fraction + load(right + c));
  }
}

/// to += factor * from.
INLINE void add_scaled(float *to, const float *from, float factor, long count) {
  for (long c = 0; c < count; c += lane_count) {
    long lanes = least(lane_count, count - c);
    store_some(to + c, load(from + c) * factor + load_some(to + c, lanes), lanes);
  }
}

/// Gives the sums of the columns between two low pixels to these, in the row above and the one below, and clears the sums.
static void share_columns(const Upsampling *plan, float *share, long index, float fraction, float *left, float *right, long room) {
  long classes = plan->low.channels, row = plan->low.width * classes;
  long next = least(index + 1, plan->low.width - 1);
  add_scaled(share + index * classes, left, 1 - fraction, classes);
  add_scaled(share + row + index * classes, left, fraction, classes);
  add_scaled(share + next * classes, right, 1 - fraction, classes);
  add_scaled(share + row + next * classes, right, fraction, classes);
  zero_floats(left, 2 * room);
}

static void softmax_backward_task(void *context, long task) {
  const SoftmaxBackward *job = context;
  const Upsampling *plan = &job->plan;
  Interval interval = interval_of(plan, task);
  long classes = plan->low.channels, room = ceiling(classes, lane_count) * lane_count;
  float *left = segue_slot(slot_task, 2 * room), *right = left + room;
  float *share = share_of(plan, job->shares, task);
  zero_floats(share, 2 * plan->low.width * classes);
  zero_floats(left, 2 * room);
  for (long y = interval.first_row; y < interval.end_row; y++) {
    long row = interval.image * plan->height + y;
    float down = position_of(y, plan->height, plan->low.height).fraction;
    long index = 0;
    for (long x = 0; x < plan->width; x++) {
      Position at = position_of(x, plan->width, plan->low.width);
      if (at.index != index) share_columns(plan, share, index, down, left, right, room);
      index = at.index;
      add_pixel(pixel(&job->probabilities, row, x), pixel(&job->dprobabilities, row, x), classes, at.fraction, left, right);
    }
    share_columns(plan, share, index, down, left, right, room);
  }
}

static void upsample_softmax_backward(SegueMap probabilities, SegueMap dprobabilities, SegueMap dlogits, bool accumulate) {
  SoftmaxBackward job = {plan_upsampling(dlogits, probabilities.height, probabilities.width), probabilities, dprobabilities, NULL};
  job.shares = shares_for(&job.plan);
  segue_parallel(dlogits.images * job.plan.intervals, softmax_backward_task, &job);
  add_shares(&job.plan, job.shares, 1, dlogits, accumulate);
}
