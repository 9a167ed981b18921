// The lowest frequencies of each column of a matrix: a product with few rows of cosines and sines.
#pragma once
#include "waves.h"

/// Sums and differences of up to `wave_rows` pairs from number `first` on, [pair][2][wave_block]; zeros beyond the columns.
static void fold(const Waves *waves, long first, long count, long column, long columns, float *folded) {
  const float *from = waves->from + column;
  for (long pair = first; pair < first + count; pair++, folded += 2 * wave_block) {
    long other = partner(pair, waves->rows);
    const float *above = from + pair * waves->columns, *below = from + other * waves->columns;
    long next = least(pair + wave_rows, pairs_of(waves->rows) - 1);
    expect_row(from + next * waves->columns, columns);
    expect_row(from + partner(next, waves->rows) * waves->columns, columns);
    for (int l = 0; l < wave_block / lane_count; l++) {
      long lanes = lanes_of(columns, l);
      Lanes a = load_some(above + l * lane_count, lanes);
      Lanes b = other == pair ? all(0) : load_some(below + l * lane_count, lanes);
      store(folded + l * lane_count, a + b);
      store(folded + wave_block + l * lane_count, a - b);
    }
  }
}

/// totals += the products of `pairs` folded rows with `group` frequencies, `wave_lanes` vectors wide.
INLINE void correlate(const float *folded, const float *wave, long pairs, long wave_step, float *totals, int group) {
  Lanes sums[wave_group][wave_lanes];
  for (int k = 0; k < group; k++) {
    for (int l = 0; l < wave_lanes; l++) sums[k][l] = all(0);
  }
  for (long pair = 0; pair < pairs; pair++, folded += 2 * wave_block, wave += wave_step) {
    for (int k = 0; k < group; k++) {
      for (int l = 0; l < wave_lanes; l++) sums[k][l] = load(folded + l * lane_count) * all(wave[k]) + sums[k][l];
    }
  }
  for (int k = 0; k < group; k++) {
    for (int l = 0; l < wave_lanes; l++) {
      float *total = totals + k * wave_block + l * lane_count;
      store(total, load(total) + sums[k][l]);
    }
  }
}

static void low_frequencies_task(void *context, long task) {
  const Waves *waves = context;
  long column = task * wave_block, columns = least(wave_block, waves->columns - column), count = waves->count;
  float *folded = segue_slot(slot_task, (2 * wave_rows + 2 * count) * wave_block), *totals = folded + 2 * wave_rows * wave_block;
  zero_floats(totals, 2 * count * wave_block);
  for (long first = 0; first < pairs_of(waves->rows); first += wave_rows) {
    long pairs = least(wave_rows, pairs_of(waves->rows) - first);
    fold(waves, first, pairs, column, columns, folded);
    for (int half = 0; half < 2; half++) {
      for (int l = 0; l < wave_block; l += wave_lanes * lane_count) {
        const float *values = folded + half * wave_block + l, *wave = waves->waves + first * 2 * count + half * count;
        float *total = totals + half * count * wave_block + l;
        for (long k = 0; k < count; k += wave_group, wave += wave_group, total += wave_group * wave_block) {
          switch (least(wave_group, count - k)) {
            case 1: correlate(values, wave, pairs, 2 * count, total, 1); break;
            case 2: correlate(values, wave, pairs, 2 * count, total, 2); break;
            case 3: correlate(values, wave, pairs, 2 * count, total, 3); break;
            case 4: correlate(values, wave, pairs, 2 * count, total, 4); break;
            case 5: correlate(values, wave, pairs, 2 * count, total, 5); break;
            default: correlate(values, wave, pairs, 2 * count, total, wave_group);
          }
        }
      }
    }
  }
  for (long k = 0; k < 2 * count; k++) copy_floats(waves->to + k * waves->columns + column, totals + k * wave_block, columns);
}

static void low_frequencies(const float *values, long rows, long columns, const float *waves, long count, float *sums) {
  Waves job = {.from = values, .rows = rows, .columns = columns, .count = count, .waves = waves, .to = sums};
  segue_parallel(ceiling(columns, wave_block), low_frequencies_task, &job);
}
