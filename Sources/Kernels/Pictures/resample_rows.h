// The rows of an RGB picture resampled, a pixel at a time: its three colours are summed in one vector of four.
#pragma once
#include "resample.h"

enum { resample_rows_task_rows = 16, pixel_bytes = 3 };

typedef int32_t Colour __attribute__((ext_vector_type(4)));
typedef uint8_t ColourBytes __attribute__((ext_vector_type(4)));

/// `row` may be read for as many pixels beyond its end as there are taps, and `to` may be written for a byte more than it has.
INLINE void resample_row(const Resampling *job, const uint8_t *row, uint8_t *to, long taps) {
  for (long x = 0; x < job->results; x++, to += pixel_bytes) {
    const uint8_t *from = row + pixel_bytes * job->starts[x];
    const int32_t *weight = job->weights + x * job->stride;
    Colour sum = resample_half;
    for (long k = 0; k < taps; k++, from += pixel_bytes) {
      ColourBytes bytes;
      memcpy(&bytes, from, sizeof bytes);
      sum += __builtin_convertvector(bytes, Colour) * (Colour)(weight[k]);
    }
    sum >>= resample_bits;
    sum = sum < 0 ? 0 : sum > UINT8_MAX ? UINT8_MAX : sum;
    ColourBytes bytes = __builtin_convertvector(sum, ColourBytes);
    memcpy(to, &bytes, sizeof bytes);
  }
}

static void resample_rows_task(void *context, long task) {
  const Resampling *job = context;
  long first = task * resample_rows_task_rows, bytes = pixel_bytes * job->results;
  long end = least(job->rows, first + resample_rows_task_rows);
  // A row in and a row out, with room to read and write beyond them. Weights that are not used are 0.
  long room = job->row_bytes + pixel_bytes * job->taps + 4;
  uint8_t *row = (uint8_t *)(void *)segue_slot(slot_task, (room + bytes + 8) / 4 + 1), *made = row + room;
  memset(row + job->row_bytes, 0, (size_t)(room - job->row_bytes));
  for (long y = first; y < end; y++) {
    memcpy(row, job->from + y * job->row_bytes, (size_t)job->row_bytes);
    switch (job->taps) {
      case 2: resample_row(job, row, made, 2); break;
      case 4: resample_row(job, row, made, 4); break;
      default: resample_row(job, row, made, job->taps);
    }
    memcpy(job->to + y * bytes, made, (size_t)bytes);
  }
}

static void resample_rows(const uint8_t *pixels, long height, long width, const int32_t *starts, const int32_t *counts, const int32_t *weights,
                          long stride, long columns, uint8_t *to) {
  Resampling job = {pixels, height, pixel_bytes * width, starts, counts, weights, stride, columns, most_taps(counts, columns), to};
  segue_parallel(ceiling(height, resample_rows_task_rows), resample_rows_task, &job);
}
