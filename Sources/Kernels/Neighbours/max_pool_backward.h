// Gradient of max pooling's input: each pixel of x takes the gradients of those windows that it has won.
//
// A task owns some rows of x and writes no others, so nothing is raced for. Going down, it keeps the winners of the rows of y that the
// present row of x can have met - those of two rows, for 3x3 windows of stride 2 - and finds those of each row of y once, but for
// a row whose windows reach into two tasks.
#pragma once
#include "max_pool.h"

/// A pixel of y that met one of x: its gradient, its winners, and the tap that it met it with.
typedef struct {
  const float *gradient;
  const int *winners;
  long tap;
} MaxPoolMeeting;

/// A function of its own for each usual count.
INLINE void max_pool_back(const MaxPoolMeeting *meetings, int count, float *to, long channels, bool accumulate) {
  for (long c = 0; c < channels; c += lane_count) {
    long lanes = least(channels - c, lane_count);
    Lanes sum = all(0);
    for (int i = 0; i < count; i++) {
      IntLanes winners;
      memcpy(&winners, meetings[i].winners + c, sizeof winners);
      Lanes gradient = load_some(meetings[i].gradient + c, lanes);
      sum = sum + (winners == (int)meetings[i].tap ? gradient : all(0));
    }
    give_floats(to + c, sum, lanes, accumulate);
  }
}

APART void find_winners(const MaxPool *job, long row, int *winners) {
  MaxPoolRow at = max_pool_row_of(job, row);
  if (job->kernel == 3 && at.ys.end - at.ys.first == 3) max_pool_row(job, at, winners, 3);
  else max_pool_row(job, at, winners, 0);
}

static void max_pool_back_task(void *context, long index) {
  const MaxPool *job = context;
  const SegueMap *dx = &job->dx, *dy = &job->y;
  // No more than `depth` rows of y, which follow each other, meet a row of x.
  long depth = ceiling(job->kernel, job->step), row_winners = dy->width * whole_lanes(dy->channels), found = 0;
  long meeting_floats = depth * depth * (long)(sizeof(MaxPoolMeeting) / sizeof(float));
  float *memory = segue_slot(slot_task, depth * row_winners + meeting_floats);
  int *winners = (int *)(void *)memory;
  MaxPoolMeeting *meetings = (MaxPoolMeeting *)(void *)(memory + depth * row_winners);
  long end = least((index + 1) * job->task_rows, dx->images * dx->height);
  for (long row = index * job->task_rows; row < end; row++) {
    TapsBack ys = taps_back(row % dx->height, job->padding, job->kernel, job->step, dy->height);
    long last_line = row / dx->height * dy->height + ys.line;
    for (found = most(found, last_line - ys.count + 1); found <= last_line; found++) find_winners(job, found, winners + found % depth * row_winners);
    for (long column = 0; column < dx->width; column++) {
      TapsBack xs = taps_back(column, job->padding, job->kernel, job->step, dy->width);
      int count = 0;
      // In the order of y's pixels, as PyTorch adds them.
      for (long k = ys.count - 1; k >= 0; k--) {
        for (long l = xs.count - 1; l >= 0; l--) {
          long line = last_line - k, place = xs.line - l;
          const int *won = winners + line % depth * row_winners + place * whole_lanes(dy->channels);
          long tap = (ys.first + k * job->step) * job->kernel + xs.first + l * job->step;
          meetings[count++] = (MaxPoolMeeting){pixel(dy, line, place), won, tap};
        }
      }
      float *to = pixel(dx, row, column);
      if (count == 1) max_pool_back(meetings, 1, to, dx->channels, job->accumulate);
      else if (count == 2) max_pool_back(meetings, 2, to, dx->channels, job->accumulate);
      else if (count == 4) max_pool_back(meetings, 4, to, dx->channels, job->accumulate);
      else max_pool_back(meetings, count, to, dx->channels, job->accumulate);
    }
  }
}

static void max_pool_backward(SegueMap x, SegueMap dy, long kernel, long step, long padding, SegueMap dx, bool accumulate) {
  // A task of few rows would find most winners twice.
  long task_rows = most(rows_in_task(dx.width * dx.channels), 8 * step);
  MaxPool job = {.x = x, .y = dy, .dx = dx, .kernel = kernel, .step = step, .padding = padding, .task_rows = task_rows, .accumulate = accumulate};
  segue_parallel(ceiling(dx.images * dx.height, job.task_rows), max_pool_back_task, &job);
}
