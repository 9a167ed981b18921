// Max pooling. Padding never wins. Where several numbers of a window are equally large, the first one wins, row by row from the top left;
// where some are not numbers, the last of those does. That is PyTorch's rule, and it decides where a gradient goes.
#pragma once
#include "reach.h"

typedef struct {
  SegueMap x, y;  // y is its gradient where winners are looked for
  SegueMap dx;
  long kernel, step, padding, task_rows;
  bool accumulate;
} MaxPool;

/// The best so far of each lane, and the tap that it lies under: tap k * kernel + l is row k and column l of the window.
typedef struct {
  Lanes value;
  IntLanes tap;
} Winner;

INLINE void compete(Winner *winner, Lanes value, long tap) {
  IntLanes wins = (value > winner->value) | (value != value);
  winner->value = wins ? value : winner->value;
  winner->tap = wins ? (IntLanes)((int)tap) : winner->tap;
}

/// A row of y: its windows begin at row `corner` of x, and rows `ys` of them lie inside.
typedef struct {
  long row, corner;
  TapRange ys;
} MaxPoolRow;

INLINE MaxPoolRow max_pool_row_of(const MaxPool *job, long row) {
  long top = row % job->y.height * job->step - job->padding;
  return (MaxPoolRow){row, row / job->y.height * job->x.height + top, taps_inside(top, job->kernel, job->x.height)};
}

/// Sixteen channels, or `lanes` of them, of a window of which rows `ys` and columns `xs` lie inside.
INLINE Winner winner_of_window(const MaxPool *job, long corner, long left, TapRange ys, TapRange xs, long c, long lanes) {
  Winner winner = {all(-INFINITY), (IntLanes)((int)(ys.first * job->kernel + xs.first))};
  for (long k = ys.first; k < ys.end; k++) {
    for (long l = xs.first; l < xs.end; l++) {
      compete(&winner, load_some(pixel(&job->x, corner + k, left + l) + c, lanes), k * job->kernel + l);
    }
  }
  return winner;
}

/// The channels of a window that lies inside, of a constant size.
INLINE Winner winner_inside(const float *from, long row_step, long stride, long kernel) {
  Winner winner = {all(-INFINITY), 0};
  UNROLLED for (long k = 0; k < kernel; k++) {
    UNROLLED for (long l = 0; l < kernel; l++) compete(&winner, load(from + k * row_step + l * stride), k * kernel + l);
  }
  return winner;
}

INLINE long whole_lanes(long channels) { return ceiling(channels, lane_count) * lane_count; }

/// One row of y or, if `winners` is not null, of the winning taps, sixteen numbers for each begun sixteen channels of a pixel. `kernel` is a
/// constant where all rows of the windows are inside, else 0.
INLINE void max_pool_row(const MaxPool *job, MaxPoolRow at, int *winners, long kernel) {
  const SegueMap *x = &job->x, *y = &job->y;
  for (long j = 0; j < y->width; j++) {
    long left = j * job->step - job->padding;
    TapRange xs = taps_inside(left, job->kernel, x->width);
    float *to = winners ? NULL : pixel(y, at.row, j);
    int *taps = winners ? winners + j * whole_lanes(y->channels) : NULL;
    bool inside = kernel > 0 && xs.end - xs.first == kernel;
    for (long c = 0; c < y->channels; c += lane_count) {
      long lanes = least(y->channels - c, lane_count);
      Winner winner = inside && lanes == lane_count
                          ? winner_inside(pixel(x, at.corner, left) + c, x->width * x->stride, x->stride, kernel)
                          : winner_of_window(job, at.corner, left, at.ys, xs, c, lanes);
      if (winners) memcpy(taps + c, &winner.tap, sizeof winner.tap);
      else store_some(to + c, winner.value, lanes);
    }
  }
}

static void max_pool_task(void *context, long index) {
  const MaxPool *job = context;
  long end = least((index + 1) * job->task_rows, job->y.images * job->y.height);
  for (long row = index * job->task_rows; row < end; row++) {
    MaxPoolRow at = max_pool_row_of(job, row);
    if (job->kernel == 3 && at.ys.end - at.ys.first == 3) max_pool_row(job, at, NULL, 3);
    else max_pool_row(job, at, NULL, 0);
  }
}

static void max_pool(SegueMap x, long kernel, long step, long padding, SegueMap y) {
  MaxPool job = {.x = x, .y = y, .kernel = kernel, .step = step, .padding = padding, .task_rows = rows_in_task(y.width * y.channels)};
  segue_parallel(ceiling(y.images * y.height, job.task_rows), max_pool_task, &job);
}
