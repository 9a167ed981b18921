// How an operation goes through a block: it is written as a step for up to sixteen floats, and inlined into these loops.
#pragma once
#include "sweep.h"

/// Where a step is: `lanes` floats of row `row` from column `at` on.
typedef struct {
  long row, at, lanes;
} Place;

INLINE Lanes get(const Block *block, int map, Place place) {
  return load_some(block->map[map] + place.row * block->stride[map] + place.at, place.lanes);
}
INLINE void put(const Block *block, int map, Place place, Lanes value) {
  store_some(block->map[map] + place.row * block->stride[map] + place.at, value, place.lanes);
}
/// Adds where the block accumulates, replaces where it does not.
INLINE void give(const Block *block, int map, Place place, Lanes value) {
  if (block->accumulate) value = get(block, map, place) + value;
  put(block, map, place, value);
}
/// 0 past the end of a row, like the floats of a map. (Where pixels share a row, the coefficients of the next pixel lie there.)
INLINE Lanes coefficient(const Block *block, int row, Place place) { return load_some(block->row[row] + place.at, place.lanes); }

typedef void (*Step)(const Block *block, Place place);

/// The step at every place, row by row.
INLINE void each_place(const Block *given, Step step) {
  const Block block = *given;  // a copy whose fields no store through a float pointer can change
  for (long row = 0; row < block.rows; row++) {
    long at = 0;
    for (; at + lane_count <= block.width; at += lane_count) step(&block, (Place){row, at, lane_count});
    if (at < block.width) step(&block, (Place){row, at, block.width - at});
  }
}

/// A step that also adds to sums[0 ..< the sweep's sums]. What it adds in lanes past the end of a row is dropped.
typedef void (*SumStep)(const Block *block, Place place, Lanes *sums);

enum { most_vectors = 8 };

/// `vectors` neighbouring columns of sixteen, down all rows; meanwhile their sums stay in registers.
INLINE void sum_columns(const Block *block, SumStep step, int sums, long at, int vectors, long lanes) {
  Lanes sum[most_vectors][most_sums];
  for (int v = 0; v < vectors; v++) {
    for (int i = 0; i < sums; i++) sum[v][i] = all(0);
  }
  for (long row = 0; row < block->rows; row++) {
    for (int v = 0; v < vectors; v++) step(block, (Place){row, at + v * lane_count, lanes}, sum[v]);
  }
  for (int v = 0; v < vectors; v++) {
    for (int i = 0; i < sums; i++) {
      float *to = block->sum[i] + at + v * lane_count;
      Lanes added = lanes == lane_count ? sum[v][i] : (lane_numbers() < (int)lanes ? sum[v][i] : all(0));
      store(to, load(to) + added);
    }
  }
}

/// One step whose sums lie in memory.
INLINE void sum_place(const Block *block, SumStep step, int sums, Place place) {
  Lanes sum[most_sums];
  for (int i = 0; i < sums; i++) sum[i] = load_some(block->sum[i] + place.at, place.lanes);
  step(block, place, sum);
  for (int i = 0; i < sums; i++) store_some(block->sum[i] + place.at, sum[i], place.lanes);
}

/// The step at every place, for sums down the columns: those of a tile's rows are short enough to be exact to some 1e-7.
///
/// Memory is read in the order in which it lies: to go down some columns of a row and come back for the others takes up to twice as
/// long where a map does not fit a cache. So all columns of a narrow row go down together, their sums in registers; of a wide row the
/// sums are in the first-level cache, and row after row is added to them.
INLINE void each_column(const Block *given, int sums, SumStep step) {
  const Block block = *given;
  long at = 0;
  if (block.width <= most_vectors * lane_count) {
    for (; at + 8 * lane_count <= block.width; at += 8 * lane_count) sum_columns(&block, step, sums, at, 8, lane_count);
    for (; at + 4 * lane_count <= block.width; at += 4 * lane_count) sum_columns(&block, step, sums, at, 4, lane_count);
    for (; at + 2 * lane_count <= block.width; at += 2 * lane_count) sum_columns(&block, step, sums, at, 2, lane_count);
    for (; at + lane_count <= block.width; at += lane_count) sum_columns(&block, step, sums, at, 1, lane_count);
    if (at < block.width) sum_columns(&block, step, sums, at, 1, block.width - at);
    return;
  }
  for (long row = 0; row < block.rows; row++) {
    for (at = 0; at + lane_count <= block.width; at += lane_count) sum_place(&block, step, sums, (Place){row, at, lane_count});
    if (at < block.width) sum_place(&block, step, sums, (Place){row, at, block.width - at});
  }
}
