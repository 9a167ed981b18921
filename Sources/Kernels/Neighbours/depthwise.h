// Convolution of each channel for itself: y[i, j] = sum over taps (k, l) of w[k, l] * x[i * step + k - padding, j * step + l - padding].
#pragma once
#include "reach.h"

typedef struct {
  SegueMap small, large;  // the side with steps and the side without: y and x forward
  const float *weights;
  long kernel, step, padding;
  bool accumulate;
  float *partials;
  long task_rows;
} Depthwise;

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

/// One row of y: `kernel` is a constant where all rows of the window are inside, so that its taps are written out.
INLINE void depthwise_row(const Depthwise *job, long row, long corner, TapRange ys, long kernel) {
  const SegueMap *x = &job->large, *y = &job->small;
  for (long j = 0; j < y->width; j++) {
    long left = j * job->step - job->padding, c = 0;
    TapRange xs = taps_inside(left, job->kernel, x->width);
    float *to = pixel(y, row, j);
    if (kernel > 0 && xs.end - xs.first == kernel) {
      const float *from = pixel(x, corner, left);
      const long row_step = x->width * x->stride;
      for (; c + lane_count <= y->channels; c += lane_count) {
        Lanes sum = all(0);
        UNROLLED for (long k = 0; k < kernel; k++) {
          UNROLLED for (long l = 0; l < kernel; l++) {
            sum = load(from + k * row_step + l * x->stride + c) * load(job->weights + (k * kernel + l) * x->channels + c) + sum;
          }
        }
        store(to + c, sum);
      }
    }
    for (; c + lane_count <= y->channels; c += lane_count) store(to + c, depthwise_sum(job, corner, left, ys, xs, c, lane_count));
    long rest = y->channels - c;
    if (rest) store_first(to + c, depthwise_sum(job, corner, left, ys, xs, c, rest), rest);
  }
}

static void depthwise_task(void *context, long index) {
  const Depthwise *job = context;
  const SegueMap *x = &job->large, *y = &job->small;
  long end = least((index + 1) * job->task_rows, y->images * y->height), touched = 0;
  for (long row = index * job->task_rows; row < end; row++) {
    long top = row % y->height * job->step - job->padding, corner = row / y->height * x->height + top;
    TapRange ys = taps_inside(top, job->kernel, x->height);
    for (long k = most(ys.first, touched - corner); x->channels >= 8 * lane_count && k < ys.end; k++) touch_pixels(x, corner + k, 0, x->width);
    touched = corner + ys.end;
    if (job->kernel == 3 && ys.end - ys.first == 3) depthwise_row(job, row, corner, ys, 3);
    else depthwise_row(job, row, corner, ys, 0);
  }
}

static void depthwise(SegueMap x, const float *weights, long kernel, long step, long padding, SegueMap y) {
  Depthwise job = {.small = y, .large = x, .weights = weights, .kernel = kernel, .step = step, .padding = padding,
                   .task_rows = rows_in_task(y.width * y.channels)};
  segue_parallel(ceiling(y.images * y.height, job.task_rows), depthwise_task, &job);
}
