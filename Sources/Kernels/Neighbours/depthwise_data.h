// Gradient of a depthwise convolution's input.
#pragma once
#include "depthwise.h"

/// What meets one pixel of x: pixels of y, each with its tap.
typedef struct {
  const float *from, *weight;
} Meeting;

/// A function of its own for each usual count.
INLINE void depthwise_back(const Meeting *meetings, int count, float *to, long channels, bool accumulate) {
  for (long c = 0; c < channels; c += lane_count) {
    long lanes = least(channels - c, lane_count);
    Lanes sum = all(0);
    for (int i = 0; i < count; i++) sum = load_some(meetings[i].from + c, lanes) * load_some(meetings[i].weight + c, lanes) + sum;
    give_floats(to + c, sum, lanes, accumulate);
  }
}

static void depthwise_back_task(void *context, long index) {
  const Depthwise *job = context;
  const SegueMap *dx = &job->large, *dy = &job->small;
  Meeting *meetings = (Meeting *)(void *)segue_slot(slot_task, job->kernel * job->kernel * (long)(sizeof(Meeting) / sizeof(float)));
  long end = least((index + 1) * job->task_rows, dx->images * dx->height);
  for (long row = index * job->task_rows; row < end; row++) {
    long image_row = row / dx->height * dy->height;
    TapsBack ys = taps_back(row % dx->height, job->padding, job->kernel, job->step, dy->height);
    for (long column = 0; column < dx->width; column++) {
      TapsBack xs = taps_back(column, job->padding, job->kernel, job->step, dy->width);
      int count = 0;
      for (long k = 0; k < ys.count; k++) {
        for (long l = 0; l < xs.count; l++) {
          long tap = (ys.first + k * job->step) * job->kernel + xs.first + l * job->step;
          meetings[count++] = (Meeting){pixel(dy, image_row + ys.line - k, xs.line - l), job->weights + tap * dy->channels};
        }
      }
      float *to = pixel(dx, row, column);
      if (count == 1) depthwise_back(meetings, 1, to, dx->channels, job->accumulate);
      else if (count == 2) depthwise_back(meetings, 2, to, dx->channels, job->accumulate);
      else if (count == 4) depthwise_back(meetings, 4, to, dx->channels, job->accumulate);
      else depthwise_back(meetings, count, to, dx->channels, job->accumulate);
    }
  }
}

static void depthwise_backward_data(SegueMap dy, const float *weights, long kernel, long step, long padding, SegueMap dx,
                                    bool accumulate) {
  Depthwise job = {.small = dy, .large = dx, .weights = weights, .kernel = kernel, .step = step, .padding = padding,
                   .accumulate = accumulate, .task_rows = rows_in_task(dx.width * dx.channels)};
  segue_parallel(ceiling(dx.images * dx.height, job.task_rows), depthwise_back_task, &job);
}
