// The lowest frequencies of each column of a matrix: a product with few rows of cosines and sines.
#pragma once
#include "waves.h"

/// Vector `l` of a row; zeros where there is no such row.
INLINE Lanes row_lanes(const Waves *waves, long row, long column, int l, long lanes) {
  return row < 0 ? all(0) : load_some(waves->from + row * waves->columns + column + l * lane_count, lanes);
}

/// The sums of `count` quartets from number `first` on, [quartet][wave_parts][wave_block]; zeros beyond the columns.
static void fold(const Waves *waves, long first, long count, long column, long columns, float *folded) {
  for (long number = first; number < first + count; number++, folded += wave_parts * wave_block) {
    Quartet q = quartet(number, waves->rows);
    for (int l = 0; l < wave_block / lane_count; l++) {
      long lanes = lanes_of(columns, l);
      float *to = folded + l * lane_count;
      Lanes near = row_lanes(waves, q.near, column, l, lanes), near_twin = row_lanes(waves, q.near_twin, column, l, lanes);
      Lanes far = row_lanes(waves, q.far, column, l, lanes), far_twin = row_lanes(waves, q.far_twin, column, l, lanes);
      Lanes a = near + near_twin, b = near - near_twin, other_a = far + far_twin, other_b = far - far_twin;
      store(to + even_cosines * wave_block, a + other_a);
      store(to + odd_cosines * wave_block, a - other_a);
      store(to + even_sines * wave_block, b - other_b);
      store(to + odd_sines * wave_block, b + other_b);
    }
  }
}

/// totals += the products of `quartets` folded rows with `group` waves, `wave_lanes` vectors wide.
INLINE void correlate(const float *folded, const float *wave, long quartets, long wave_step, float *totals, int group) {
  Lanes sums[wave_group][wave_lanes];
  for (int k = 0; k < group; k++) {
    for (int l = 0; l < wave_lanes; l++) sums[k][l] = all(0);
  }
  for (long i = 0; i < quartets; i++, folded += wave_parts * wave_block, wave += wave_step) {
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

/// The products of a part's sums with all of its waves.
static void correlate_part(const float *folded, const float *wave, long quartets, long wave_step, float *totals, long waves, Foresight *ahead) {
  for (int l = 0; l < wave_block; l += wave_lanes * lane_count) {
    for (long k = 0, group; k < waves; k += group) {
      const float *values = folded + l, *from = wave + k;
      float *to = totals + k * wave_block + l;
      ask_for_share(ahead, false);
      switch (group = group_of(waves - k)) {
        case 1: correlate(values, from, quartets, wave_step, to, 1); break;
        case 2: correlate(values, from, quartets, wave_step, to, 2); break;
        case 3: correlate(values, from, quartets, wave_step, to, 3); break;
        case 4: correlate(values, from, quartets, wave_step, to, 4); break;
        case 5: correlate(values, from, quartets, wave_step, to, 5); break;
        default: correlate(values, from, quartets, wave_step, to, wave_group);
      }
    }
  }
}

static void low_frequencies_task(void *context, long task) {
  const Waves *waves = context;
  long column = task * wave_block, columns = least(wave_block, waves->columns - column), count = waves->count, end = quartets_of(waves->rows);
  float *folded = segue_slot(slot_task, (wave_parts * wave_rows + 2 * count) * wave_block), *totals = folded + wave_parts * wave_rows * wave_block;
  zero_floats(totals, 2 * count * wave_block);
  for (long first = 0; first < end; first += wave_rows) {
    long quartets = least(wave_rows, end - first);
    fold(waves, first, quartets, column, columns, folded);
    long next = first + quartets;
    Foresight ahead = foresee(waves->from + column, waves->rows, waves->columns, next, least(next + wave_rows, end), times_of_groups(count));
    for (int part = 0; part < wave_parts; part++) {
      long start = part_start(part, count);
      correlate_part(folded + part * wave_block, waves->waves + first * 2 * count + start, quartets, 2 * count, totals + start * wave_block, part_count(part, count), &ahead);
    }
  }
  for (long k = 0; k < 2 * count; k++) copy_floats(waves->to + wave_number(k, count) * waves->columns + column, totals + k * wave_block, columns);
}

static void low_frequencies(const float *values, long rows, long columns, const float *waves, long count, float *sums) {
  Waves job = {.from = values, .rows = rows, .columns = columns, .count = count, .waves = waves, .to = sums};
  segue_parallel(ceiling(columns, wave_block), low_frequencies_task, &job);
}
