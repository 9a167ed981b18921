// Neighbourhoods of pixels as rows of a matrix, for convolution by a matrix product.
//
// Taps that lie side by side in a dense map are one run of memory; a 7x7 kernel on 3 channels is seven copies of 21 floats. A run
// that sticks out of its row is copied in part and the rest is zeros.
#pragma once
#include "rows.h"

typedef struct {
  long y, x;    // source pixel relative to grid pixel * step
  long pixels;  // side by side
  long offset;  // within a row of the result, in floats
} TapRun;

typedef struct {
  SegueMap source;
  long grid_height, grid_width, step, first, count, row_floats;
  const TapRun *runs;
  long run_count;
  float *rows;
  long task_pixels;
} Gather;

static void gather_pixel(const Gather *job, long image, long top, long left, float *row) {
  const SegueMap *source = &job->source;
  long channels = source->channels;
  for (const TapRun *run = job->runs; run < job->runs + job->run_count; run++) {
    long y = top + run->y, x = left + run->x;
    float *to = row + run->offset;
    if (y < 0 || y >= source->height) {
      zero_floats(to, run->pixels * channels);
      continue;
    }
    const float *from = pixel(source, image * source->height + y, 0);
    if (x >= 0 && x + run->pixels <= source->width) {
      copy_floats(to, from + x * source->stride, run->pixels * channels);
      continue;
    }
    long before = least(most(-x, 0), run->pixels), end = most(before, least(source->width - x, run->pixels));
    zero_floats(to, before * channels);
    if (before < end) copy_floats(to + before * channels, from + (x + before) * source->stride, (end - before) * channels);
    zero_floats(to + end * channels, (run->pixels - end) * channels);
  }
}

static void gather_task(void *context, long index) {
  const Gather *job = context;
  long begin = index * job->task_pixels, end = least(begin + job->task_pixels, job->count);
  long number = job->first + begin;
  long column = number % job->grid_width, line = number / job->grid_width;
  long image = line / job->grid_height, row = line % job->grid_height;
  for (long i = begin; i < end; i++) {
    gather_pixel(job, image, row * job->step, column * job->step, job->rows + i * job->row_floats);
    if (++column < job->grid_width) continue;
    column = 0;
    if (++row < job->grid_height) continue;
    row = 0;
    image++;
  }
}

static void gather(SegueMap source, long grid_height, long grid_width, long step, const int *tap_y, const int *tap_x, long taps,
                   long first, long count, float *rows) {
  TapRun *runs = (TapRun *)(void *)segue_slot(slot_rows, taps * (long)(sizeof(TapRun) / sizeof(float)));
  long run_count = 0;
  for (long tap = 0; tap < taps; tap++) {
    TapRun *last = tap > 0 ? &runs[run_count - 1] : NULL;
    bool beside = last && source.stride == source.channels && tap_y[tap] == last->y && tap_x[tap] == last->x + last->pixels;
    if (beside) last->pixels++;
    else runs[run_count++] = (TapRun){tap_y[tap], tap_x[tap], 1, tap * source.channels};
  }
  long row_floats = taps * source.channels;
  Gather job = {source, grid_height, grid_width, step, first, count, row_floats, runs, run_count, rows, rows_in_task(row_floats)};
  segue_parallel(ceiling(count, job.task_pixels), gather_task, &job);
}
