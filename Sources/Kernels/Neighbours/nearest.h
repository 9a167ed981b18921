// Upsampling by the nearest neighbour: pixel (i, j) of the large map is pixel (i * h / H, j * w / W), rounded down, of the small one.
#pragma once
#include "rows.h"

typedef struct {
  SegueMap small, large;
  bool accumulate;
  long task_rows;
} Nearest;

static void nearest_task(void *context, long index) {
  const Nearest *job = context;
  const SegueMap *x = &job->small, *y = &job->large;
  long end = least((index + 1) * job->task_rows, y->images * y->height);
  for (long row = index * job->task_rows; row < end; row++) {
    long source = row / y->height * x->height + row % y->height * x->height / y->height;
    for (long j = 0; j < y->width; j++) copy_floats(pixel(y, row, j), pixel(x, source, j * x->width / y->width), x->channels);
  }
}

static void upsample_nearest(SegueMap x, SegueMap y) {
  Nearest job = {x, y, false, rows_in_task(y.width * y.channels)};
  segue_parallel(ceiling(y.images * y.height, job.task_rows), nearest_task, &job);
}

/// The sum of rows [first_row, end_row) and columns [first, end) of dy.
INLINE Lanes nearest_sum(const SegueMap *dy, long first_row, long end_row, long first, long end, long c, long lanes) {
  Lanes sum = all(0);
  for (long row = first_row; row < end_row; row++) {
    for (long column = first; column < end; column++) sum = sum + load_some(pixel(dy, row, column) + c, lanes);
  }
  return sum;
}

/// floor(i * h / H) = r for the i from ceil(r * H / h) to before ceil((r + 1) * H / h).
static void nearest_back_task(void *context, long index) {
  const Nearest *job = context;
  const SegueMap *dx = &job->small, *dy = &job->large;
  long last_row = least((index + 1) * job->task_rows, dx->images * dx->height);
  for (long row = index * job->task_rows; row < last_row; row++) {
    long image = row / dx->height, r = row % dx->height;
    long first_row = image * dy->height + ceiling(r * dy->height, dx->height);
    long end_row = image * dy->height + ceiling((r + 1) * dy->height, dx->height);
    for (long s = 0; s < dx->width; s++) {
      long first = ceiling(s * dy->width, dx->width), end = ceiling((s + 1) * dy->width, dx->width);
      float *to = pixel(dx, row, s);
      for (long c = 0; c < dx->channels; c += lane_count) {
        long lanes = least(lane_count, dx->channels - c);
        give_floats(to + c, nearest_sum(dy, first_row, end_row, first, end, c, lanes), lanes, job->accumulate);
      }
    }
  }
}

static void upsample_nearest_backward(SegueMap dy, SegueMap dx, bool accumulate) {
  Nearest job = {dx, dy, accumulate, rows_in_task(most(dx.width * dx.channels, dy.width * dy.channels * dy.height / dx.height))};
  segue_parallel(ceiling(dx.images * dx.height, job.task_rows), nearest_back_task, &job);
}
