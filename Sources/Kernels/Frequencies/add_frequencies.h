// Waves added to each column of a matrix: the way back from its lowest frequencies.
#pragma once
#include "waves.h"

/// One row of the result: from + even + odd * sign. Without `from`, from zero.
INLINE void give_row(const Waves *waves, long row, long column, long columns, int first, Lanes *even, Lanes *odd, float sign) {
  long place = row * waves->columns + column;
  for (int l = 0; l < wave_lanes; l++) {
    long lanes = lanes_of(columns, first + l), at = place + (first + l) * lane_count;
    Lanes sum = waves->from ? load_some(waves->from + at, lanes) + even[l] : even[l];
    store_some(waves->to + at, odd[l] * all(sign) + sum, lanes);
  }
}

/// `pairs` pairs from number `first` on, in the vectors `l` ... of a block, whose sums lie in `panel`, [2 * count][wave_block].
INLINE void add_waves(const Waves *waves, const float *panel, long first, long column, long columns, int l, int pairs) {
  Lanes even[wave_pairs][wave_lanes], odd[wave_pairs][wave_lanes];
  for (int p = 0; p < pairs; p++) {
    for (int i = 0; i < wave_lanes; i++) even[p][i] = odd[p][i] = all(0);
  }
  const float *wave = waves->waves + first * 2 * waves->count;
  const float *cosines = panel + l * lane_count, *sines = cosines + waves->count * wave_block;
  for (long k = 0; k < waves->count; k++, cosines += wave_block, sines += wave_block) {
    for (int p = 0; p < pairs; p++) {
      const float *at = wave + p * 2 * waves->count + k;
      for (int i = 0; i < wave_lanes; i++) {
        even[p][i] = load(cosines + i * lane_count) * all(at[0]) + even[p][i];
        odd[p][i] = load(sines + i * lane_count) * all(at[waves->count]) + odd[p][i];
      }
    }
  }
  for (int p = 0; p < pairs; p++) {
    long other = partner(first + p, waves->rows);
    give_row(waves, first + p, column, columns, l, even[p], odd[p], 1);
    if (other != first + p) give_row(waves, other, column, columns, l, even[p], odd[p], -1);
  }
}

static void add_frequencies_task(void *context, long task) {
  const Waves *waves = context;
  long column = task * wave_block, columns = least(wave_block, waves->columns - column), count = waves->count;
  float *panel = segue_slot(slot_task, 2 * count * wave_block);
  for (long k = 0; k < 2 * count; k++) {
    copy_floats(panel + k * wave_block, waves->sums + k * waves->columns + column, columns);
    zero_floats(panel + k * wave_block + columns, wave_block - columns);
  }
  long end = pairs_of(waves->rows);
  for (long first = 0; first < end; first += wave_pairs) {
    for (long next = first + wave_rows; waves->from && next < least(first + wave_rows + wave_pairs, end); next++) {
      expect_row(waves->from + next * waves->columns + column, columns);
      expect_row(waves->from + partner(next, waves->rows) * waves->columns + column, columns);
    }
    for (int l = 0; l < wave_block / lane_count; l += wave_lanes) {
      switch (least(wave_pairs, end - first)) {
        case 1: add_waves(waves, panel, first, column, columns, l, 1); break;
        case 2: add_waves(waves, panel, first, column, columns, l, 2); break;
        default: add_waves(waves, panel, first, column, columns, l, wave_pairs);
      }
    }
  }
}

static void add_frequencies(const float *from, const float *sums, long rows, long columns, const float *waves, long count, float *to) {
  Waves job = {.from = from, .rows = rows, .columns = columns, .count = count, .waves = waves, .sums = sums, .to = to};
  segue_parallel(ceiling(columns, wave_block), add_frequencies_task, &job);
}
