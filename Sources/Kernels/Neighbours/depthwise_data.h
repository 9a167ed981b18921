// Gradient of a depthwise convolution's input.
//
// Pixel (r, s) of x was met by tap (k, l) of y's pixel ((r + padding - k) / step, (s + padding - l) / step), where these are whole
// numbers. So the taps of a pixel lie `step` apart, from the remainder on, while y's pixel goes back by one.
#pragma once
#include "depthwise.h"

/// The taps that met a row or column of x: tap `first` met line `line` of y, tap first + step line - 1, and so on, `count` of them.
typedef struct {
  long first, line, count;
} TapsBack;

INLINE TapsBack taps_back(long position, long padding, long kernel, long step, long lines) {
  long first = (position + padding) % step, line = (position + padding) / step;
  long past = most(0, line - lines + 1);  // y has no such lines
  first += past * step;
  line -= past;
  return (TapsBack){first, line, most(0, least(line + 1, ceiling(kernel - first, step)))};
}

INLINE Lanes depthwise_back(const Depthwise *job, long image_row, TapsBack ys, TapsBack xs, long c, long lanes) {
  const SegueMap *dy = &job->small;
  Lanes sum = all(0);
  for (long k = 0; k < ys.count; k++) {
    for (long l = 0; l < xs.count; l++) {
      const float *weight = job->weights + ((ys.first + k * job->step) * job->kernel + xs.first + l * job->step) * dy->channels;
      sum = load_some(pixel(dy, image_row + ys.line - k, xs.line - l) + c, lanes) * load_some(weight + c, lanes) + sum;
    }
  }
  return sum;
}

static void depthwise_back_task(void *context, long index) {
  const Depthwise *job = context;
  const SegueMap *dx = &job->large, *dy = &job->small;
  long end = least((index + 1) * job->task_rows, dx->images * dx->height);
  for (long row = index * job->task_rows; row < end; row++) {
    long image_row = row / dx->height * dy->height;
    TapsBack ys = taps_back(row % dx->height, job->padding, job->kernel, job->step, dy->height);
    for (long column = 0; column < dx->width; column++) {
      TapsBack xs = taps_back(column, job->padding, job->kernel, job->step, dy->width);
      float *to = pixel(dx, row, column);
      long c = 0;
      for (; c + lane_count <= dx->channels; c += lane_count) {
        give_floats(to + c, depthwise_back(job, image_row, ys, xs, c, lane_count), lane_count, job->accumulate);
      }
      long rest = dx->channels - c;
      if (rest) give_floats(to + c, depthwise_back(job, image_row, ys, xs, c, rest), rest, job->accumulate);
    }
  }
}

static void depthwise_backward_data(SegueMap dy, const float *weights, long kernel, long step, long padding, SegueMap dx,
                                    bool accumulate) {
  Depthwise job = {.small = dy, .large = dx, .weights = weights, .kernel = kernel, .step = step, .padding = padding,
                   .accumulate = accumulate, .task_rows = rows_in_task(dx.width * dx.channels)};
  segue_parallel(ceiling(dx.images * dx.height, job.task_rows), depthwise_back_task, &job);
}
