// The columns of a picture resampled: a row of the result is a weighed sum of rows.
#pragma once
#include "resample.h"

enum { resample_columns_task_rows = 8, resample_lanes = 4 };

/// `vectors` vectors of a row of the result, the last of `last` bytes.
INLINE void resample_piece(const Resampling *job, long y, long at, int vectors, long last) {
  IntLanes sums[resample_lanes];
  for (int i = 0; i < vectors; i++) sums[i] = resample_half;
  const uint8_t *from = job->from + job->starts[y] * job->row_bytes + at;
  for (long k = 0; k < job->counts[y]; k++, from += job->row_bytes) {
    int weight = job->weights[y * job->stride + k];
    for (int i = 0; i < vectors; i++) {
      sums[i] += load_labels(from + i * lane_count, i + 1 < vectors ? lane_count : last, 0) * (IntLanes)(weight);
    }
  }
  for (int i = 0; i < vectors; i++) {
    IntLanes sum = sums[i] >> resample_bits;
    sum = sum < 0 ? 0 : sum > UINT8_MAX ? UINT8_MAX : sum;
    store_labels(job->to + y * job->row_bytes + at + i * lane_count, sum, i + 1 < vectors ? lane_count : last);
  }
}

static void resample_columns_task(void *context, long task) {
  const Resampling *job = context;
  long first = task * resample_columns_task_rows, wide = resample_lanes * lane_count;
  long end = least(job->results, first + resample_columns_task_rows);
  for (long y = first; y < end; y++) {
    long at = 0;
    for (; at + wide <= job->row_bytes; at += wide) resample_piece(job, y, at, resample_lanes, lane_count);
    for (; at + lane_count <= job->row_bytes; at += lane_count) resample_piece(job, y, at, 1, lane_count);
    if (at < job->row_bytes) resample_piece(job, y, at, 1, job->row_bytes - at);
  }
}

static void resample_columns(const uint8_t *pixels, long height, long row_bytes, const int32_t *starts, const int32_t *counts,
                             const int32_t *weights, long stride, long rows, uint8_t *to) {
  Resampling job = {pixels, height, row_bytes, starts, counts, weights, stride, rows, 0, to};
  segue_parallel(ceiling(rows, resample_columns_task_rows), resample_columns_task, &job);
}
