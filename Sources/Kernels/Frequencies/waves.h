// What the kernels of the low frequencies share.
//
// Frequency k of n values x is the pair
//   cosine[k] = sum over y of x[y] cos(2 pi k y / n),   sine[k] = sum over y of x[y] sin(2 pi k y / n).
// At n - y the cosine is what it is at y, and the sine the opposite. So values y and n - y, a pair, go together: the cosines see only
// their sum and the sines only their difference, which halves the products, on the way here and on the way back.
#pragma once
#include "../Neighbours/rows.h"

enum {
  wave_block = 4 * lane_count,  // columns of a task
  wave_rows = 16,               // pairs that are summed up before the sum joins the others: short sums keep their last bits
  wave_group = 6,               // frequencies at once
  wave_pairs = 3,               // pairs at once
#if defined(SEGUE_AVX512)
  wave_lanes = 4,               // with `wave_group` and twice `wave_pairs`: 24 of 32 registers hold sums
#else
  wave_lanes = 1,               // 12 of 16 registers of half the width
#endif
};

/// A matrix and the lowest `count` frequencies of its columns. `waves` holds, for each pair, `count` cosines and `count` sines.
typedef struct {
  const float *from;  // [rows][columns]
  long rows, columns, count;
  const float *waves;
  const float *sums;  // [2 * count][columns]: cosines, then sines
  float *to;
} Waves;

INLINE long pairs_of(long rows) { return rows / 2 + 1; }

/// The row that goes with `row`; where that is `row` itself, there is no other.
INLINE long partner(long row, long rows) { return row == 0 ? 0 : rows - row; }

/// The lanes of vector `l` of a block that has `columns` of them.
INLINE long lanes_of(long columns, int l) {
  long left = columns - (long)l * lane_count;
  return left < 0 ? 0 : least(left, lane_count);
}

/// Asks for a block's part of a row that is needed soon: rows are far apart, which no processor foresees.
INLINE void expect_row(const float *row, long columns) {
  for (long i = 0; i < columns; i += lane_count) __builtin_prefetch(row + i);
}
