// Rows become columns, in registers.
#pragma once
#include "../Lanes/fetch.h"

/// Sixteen rows of sixteen become columns. With rows and columns numbered in four bits each, a round moves the highest bit of the
/// row to the end of the column's and the highest of the column to the end of the row's; after four rounds they have changed places.
INLINE void transpose(Lanes row[lane_count]) {
  UNROLLED for (int round = 0; round < 4; round++) {
    Lanes next[lane_count];
    UNROLLED for (int i = 0; i < lane_count / 2; i++) {
      Lanes a = row[i], b = row[i + lane_count / 2];
      next[2 * i] = __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
      next[2 * i + 1] = __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    UNROLLED for (int i = 0; i < lane_count; i++) row[i] = next[i];
  }
}

/// to[j][i] = from[i][j]
static void transposed(const float *from, long from_stride, long rows, long columns, float *to, long to_stride) {
  for (long i = 0; i < rows; i += lane_count) {
    long height = rows - i < lane_count ? rows - i : lane_count;
    for (long j = 0; j < columns; j += lane_count) {
      long width = columns - j < lane_count ? columns - j : lane_count;
      Lanes block[lane_count];
      for (long at = 0; at < lane_count; at++) {
        const float *row = from + (i + at) * from_stride + j;
        block[at] = at < height ? load_some(row, width) : all(0);
        fetch_early(row + lane_count * from_stride);
      }
      transpose(block);
      for (long at = 0; at < width; at++) store_some(to + (j + at) * to_stride + i, block[at], height);
    }
  }
}
