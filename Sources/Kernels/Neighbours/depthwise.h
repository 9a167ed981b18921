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

// ---- gradient of x: pixel (r, s) of x was met by tap (k, l) of y's pixel ((r + padding - k) / step, (s + padding - l) / step) -----

INLINE Lanes depthwise_back(const Depthwise *job, long image, long r, long s, long c, long lanes) {
  const SegueMap *dy = &job->small;
  Lanes sum = all(0);
  for (long k = (r + job->padding) % job->step; k < job->kernel && k <= r + job->padding; k += job->step) {
    long i = (r + job->padding - k) / job->step;
    if (i >= dy->height) continue;
    for (long l = (s + job->padding) % job->step; l < job->kernel && l <= s + job->padding; l += job->step) {
      long j = (s + job->padding - l) / job->step;
      if (j >= dy->width) continue;
      const float *weight = job->weights + (k * job->kernel + l) * dy->channels;
      sum = load_some(pixel(dy, image * dy->height + i, j) + c, lanes) * load_some(weight + c, lanes) + sum;
    }
  }
  return sum;
}

static void depthwise_back_task(void *context, long index) {
  const Depthwise *job = context;
  const SegueMap *dx = &job->large;
  long end = least((index + 1) * job->task_rows, dx->images * dx->height);
  for (long row = index * job->task_rows; row < end; row++) {
    long image = row / dx->height, r = row % dx->height;
    for (long s = 0; s < dx->width; s++) {
      float *to = pixel(dx, row, s);
      long c = 0;
      for (; c + lane_count <= dx->channels; c += lane_count) {
        give_floats(to + c, depthwise_back(job, image, r, s, c, lane_count), lane_count, job->accumulate);
      }
      long rest = dx->channels - c;
      if (rest) give_floats(to + c, depthwise_back(job, image, r, s, c, rest), rest, job->accumulate);
    }
  }
}

static void depthwise_backward_data(SegueMap dy, const float *weights, long kernel, long step, long padding, SegueMap dx,
                                    bool accumulate) {
  Depthwise job = {.small = dy, .large = dx, .weights = weights, .kernel = kernel, .step = step, .padding = padding,
                   .accumulate = accumulate, .task_rows = rows_in_task(dx.width * dx.channels)};
  segue_parallel(ceiling(dx.images * dx.height, job.task_rows), depthwise_back_task, &job);
}

// ---- gradient of the weights: a task sums its rows for each tap; tasks are added in order -----------------------------------------

INLINE Lanes depthwise_products(const Depthwise *job, long first_row, long end_row, long k, long l, long c, long lanes) {
  const SegueMap *x = &job->large, *dy = &job->small;
  // Columns j whose source column j * step + l - padding lies inside.
  long first = most(0, ceiling(most(job->padding - l, 0), job->step));
  long last_source = x->width - 1 + job->padding - l;
  long end = last_source < 0 ? 0 : least(dy->width, last_source / job->step + 1);
  Lanes sum = all(0);
  for (long row = first_row; row < end_row; row++) {
    long source = row % dy->height * job->step + k - job->padding;
    if (source < 0 || source >= x->height) continue;
    long source_row = row / dy->height * x->height + source;
    for (long j = first; j < end; j++) {
      Lanes product = load_some(pixel(x, source_row, j * job->step + l - job->padding) + c, lanes);
      sum = product * load_some(pixel(dy, row, j) + c, lanes) + sum;
    }
  }
  return sum;
}

static void depthwise_weights_task(void *context, long index) {
  const Depthwise *job = context;
  long channels = job->small.channels, rows = job->small.images * job->small.height;
  long first = index * job->task_rows, end = least(first + job->task_rows, rows);
  float *to = job->partials + index * job->kernel * job->kernel * channels;
  for (long tap = 0; tap < job->kernel * job->kernel; tap++, to += channels) {
    long k = tap / job->kernel, l = tap % job->kernel, c = 0;
    for (; c + lane_count <= channels; c += lane_count) store(to + c, depthwise_products(job, first, end, k, l, c, lane_count));
    long rest = channels - c;
    if (rest) store_first(to + c, depthwise_products(job, first, end, k, l, c, rest), rest);
  }
}

static void depthwise_backward_weights(SegueMap x, SegueMap dy, long kernel, long step, long padding, float *dweights) {
  Depthwise job = {.small = dy, .large = x, .kernel = kernel, .step = step, .padding = padding,
                   .task_rows = rows_in_task(dy.width * dy.channels)};
  long tasks = ceiling(dy.images * dy.height, job.task_rows), weights = kernel * kernel * dy.channels;
  job.partials = segue_slot(slot_partials, tasks * weights);
  segue_parallel(tasks, depthwise_weights_task, &job);
  for (long i = 0; i < weights; i++) {
    double sum = 0;
    for (long task = 0; task < tasks; task++) sum += (double)job.partials[task * weights + i];
    dweights[i] = (float)((double)dweights[i] + sum);
  }
}
