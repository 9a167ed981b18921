// Gradient of a depthwise convolution's weights: a task sums its rows for each tap, and tasks are added in order.
#pragma once
#include "depthwise.h"

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
