// Waves added to each column of a matrix: the way back from its lowest frequencies.
#pragma once
#include "waves.h"

/// The waves of `group` quartets, each times its number, `wave_lanes` vectors wide: to[quartet * wave_parts][wave_block].
INLINE void superpose(const float *numbers, const float *wave, long waves, long wave_step, float *to, int group) {
  Lanes sums[wave_group][wave_lanes];
  for (int q = 0; q < group; q++) {
    for (int l = 0; l < wave_lanes; l++) sums[q][l] = all(0);
  }
  for (long k = 0; k < waves; k++, numbers += wave_block) {
    for (int q = 0; q < group; q++) {
      for (int l = 0; l < wave_lanes; l++) sums[q][l] = load(numbers + l * lane_count) * all(wave[q * wave_step + k]) + sums[q][l];
    }
  }
  for (int q = 0; q < group; q++) {
    for (int l = 0; l < wave_lanes; l++) store(to + q * wave_parts * wave_block + l * lane_count, sums[q][l]);
  }
}

/// One part's waves of `quartets` quartets, while their rows are on the way.
static void superpose_part(const float *numbers, const float *wave, long waves, long wave_step, float *to, long quartets, Foresight *reads, Foresight *writes) {
  for (int l = 0; l < wave_block; l += wave_lanes * lane_count) {
    for (long q = 0, group; q < quartets; q += group) {
      const float *from = wave + q * wave_step;
      float *at = to + q * wave_parts * wave_block + l;
      ask_for_share(reads, false);
      ask_for_share(writes, true);
      switch (group = group_of(quartets - q)) {
        case 1: superpose(numbers + l, from, waves, wave_step, at, 1); break;
        case 2: superpose(numbers + l, from, waves, wave_step, at, 2); break;
        case 3: superpose(numbers + l, from, waves, wave_step, at, 3); break;
        case 4: superpose(numbers + l, from, waves, wave_step, at, 4); break;
        case 5: superpose(numbers + l, from, waves, wave_step, at, 5); break;
        default: superpose(numbers + l, from, waves, wave_step, at, wave_group);
      }
    }
  }
}

/// One vector of the result: from + change. Without `from`, from zero. Nothing where there is no such row.
INLINE void give_row(const Waves *waves, long row, long at, Lanes change, long lanes) {
  if (row < 0) return;
  long place = row * waves->columns + at;
  store_some(waves->to + place, waves->from ? load_some(waves->from + place, lanes) + change : change, lanes);
}

/// The four sums of `count` quartets from number `first` on go back to their rows.
static void unfold(const Waves *waves, long first, long count, long column, long columns, const float *folded) {
  for (long number = first; number < first + count; number++, folded += wave_parts * wave_block) {
    Quartet q = quartet(number, waves->rows);
    for (int l = 0; l < ceiling(columns, lane_count); l++) {
      const float *sums = folded + l * lane_count;
      long lanes = lanes_of(columns, l), at = column + l * lane_count;
      Lanes even_cosine = load(sums + even_cosines * wave_block), odd_cosine = load(sums + odd_cosines * wave_block);
      Lanes even_sine = load(sums + even_sines * wave_block), odd_sine = load(sums + odd_sines * wave_block);
      Lanes a = even_cosine + odd_cosine, b = odd_sine + even_sine, other_a = even_cosine - odd_cosine, other_b = odd_sine - even_sine;
      give_row(waves, q.near, at, a + b, lanes);
      give_row(waves, q.near_twin, at, a - b, lanes);
      give_row(waves, q.far, at, other_a + other_b, lanes);
      give_row(waves, q.far_twin, at, other_a - other_b, lanes);
    }
  }
}

static void add_frequencies_task(void *context, long task) {
  const Waves *waves = context;
  long column = task * wave_block, columns = least(wave_block, waves->columns - column), count = waves->count, end = quartets_of(waves->rows);
  float *folded = segue_slot(slot_task, (wave_parts * wave_rows + 2 * count) * wave_block), *numbers = folded + wave_parts * wave_rows * wave_block;
  for (long k = 0; k < 2 * count; k++) {
    copy_floats(numbers + k * wave_block, waves->sums + wave_number(k, count) * waves->columns + column, columns);
    zero_floats(numbers + k * wave_block + columns, wave_block - columns);
  }
  for (long first = 0; first < end; first += wave_rows) {
    long quartets = least(wave_rows, end - first);
    long times = wave_parts * (wave_block / lane_count / wave_lanes) * ceiling(quartets, wave_group);
    Foresight reads = foresee(waves->from + column, waves->rows, waves->columns, first, waves->from ? first + quartets : first, times);
    Foresight writes = foresee(waves->to + column, waves->rows, waves->columns, first, first + quartets, times);
    for (int part = 0; part < wave_parts; part++) {
      long start = part_start(part, count);
      superpose_part(numbers + start * wave_block, waves->waves + first * 2 * count + start, part_count(part, count), 2 * count, folded + part * wave_block, quartets, &reads, &writes);
    }
    unfold(waves, first, quartets, column, columns, folded);
  }
}

static void add_frequencies(const float *from, const float *sums, long rows, long columns, const float *waves, long count, float *to) {
  Waves job = {.from = from, .rows = rows, .columns = columns, .count = count, .waves = waves, .sums = sums, .to = to};
  segue_parallel(ceiling(columns, wave_block), add_frequencies_task, &job);
}
