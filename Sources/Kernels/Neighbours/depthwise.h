// Convolution of each channel for itself: y[i, j] = sum over taps (k, l) of w[k, l] * x[i * step + k - padding, j * step + l - padding].
#pragma once
#include "rows.h"

typedef struct {
  SegueMap small, large;  // the side with steps and the side without: y and x forward
  const float *weights;
  long kernel, step, padding;
  bool accumulate;
  float *partials;
  long task_rows;
} Depthwise;

/// The taps [first, end) that stay inside `size` when the kernel's corner is at `corner`.
typedef struct {
  long first, end;
} TapRange;
INLINE TapRange taps_inside(long corner, long kernel, long size) { return (TapRange){most(0, -corner), least(kernel, size - corner)}; }

INLINE Lanes depthwise_sum(const Depthwise *job, long row, long column, TapRange ys, TapRange xs, long c, long lanes) {
  Lanes sum = all(0);
  for (long k = ys.first; k < ys.end; k++) {
    for (long l = xs.first; l < xs.end; l++) {
      const float *weight = job->weights + (k * job->kernel + l) * job->large.channels;
      sum = load_some(pixel(&job->large, row + k, column + l) + c, lanes) * load_some(weight + c, lanes) + sum;
    }
  }
  return sum;
}

static void depthwise_task(void *context, long index) {
  const Depthwise *job = context;
  const SegueMap *x = &job->large, *y = &job->small;
  long end = least((index + 1) * job->task_rows, y->images * y->height);
  for (long row = index * job->task_rows; row < end; row++) {
    long image = row / y->height, top = row % y->height * job->step - job->padding;
    TapRange ys = taps_inside(top, job->kernel, x->height);
    for (long j = 0; j < y->width; j++) {
      long left = j * job->step - job->padding, c = 0;
      TapRange xs = taps_inside(left, job->kernel, x->width);
      float *to = pixel(y, row, j);
      long corner = image * x->height + top;
      for (; c + lane_count <= y->channels; c += lane_count) store(to + c, depthwise_sum(job, corner, left, ys, xs, c, lane_count));
      long rest = y->channels - c;
      if (rest) store_first(to + c, depthwise_sum(job, corner, left, ys, xs, c, rest), rest);
    }
  }
}

static void depthwise(SegueMap x, const float *weights, long kernel, long step, long padding, SegueMap y) {
  Depthwise job = {.small = y, .large = x, .weights = weights, .kernel = kernel, .step = step, .padding = padding,
                   .task_rows = rows_in_task(y.width * y.channels)};
  segue_parallel(ceiling(y.images * y.height, job.task_rows), depthwise_task, &job);
}
