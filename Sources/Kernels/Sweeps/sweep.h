// A sweep: one operation over every float of some maps of the same size.
//
// The difficulty is that few maps have a multiple of sixteen channels side by side. A sweep hides it: it cuts the pixels into tiles
// and hands each tile to the operation as blocks of `rows` rows of `width` floats, where
//  - dense maps (stride == channels) whose operation does not distinguish channels are one long row;
//  - dense maps of c channels have rows of 16 / gcd(c, 16) pixels, a multiple of sixteen floats, and the coefficients of the
//    channels are repeated along a row (the pixels left over at the end of a tile are a block of rows of one pixel);
//  - other maps have a pixel a row, and lanes are masked at its end.
#pragma once
#include "../Lanes/lanes.h"

enum { most_maps = 4, most_rows = 6, most_sums = 2, most_numbers = 7 };
enum { tile_floats = 32768, least_tile_pixels = 64 };

typedef struct {
  long rows, width;
  float *map[most_maps];
  long stride[most_maps];
  const float *row[most_rows];
  float *sum[most_sums];
  float number[most_numbers];
  bool accumulate;
} Block;

typedef struct {
  void (*operation)(const Block *block);
  SegueMap map[most_maps];
  int maps;
  /// Coefficients of the channels; group g's are row_step floats after those of group g - 1.
  const float *row[most_rows];
  long row_step[most_rows];
  int rows;
  float number[most_numbers];
  bool accumulate;
  /// The pixels of an image form a group of their own, with its own coefficients and sums; otherwise all pixels are one group.
  bool by_image;
  /// How many sums for each channel the operation makes.
  int sums;
  /// Look at one in so many pixels only (0 is for all).
  long sample;

  // Worked out by `plan`.
  long pixels, channels, groups, tile_pixels, tiles;
  long fold;   // pixels in a row of a block; 0 for all
  long width;  // floats in a row with repeated coefficients, and in one sum, a multiple of 16
  float *coefficients, *partials;
} Sweep;

static bool is_dense(const Sweep *sweep) {
  for (int i = 0; i < sweep->maps; i++) {
    if (sweep->map[i].stride != sweep->map[i].channels) return false;
  }
  return true;
}

static void plan(Sweep *sweep) {
  SegueMap x = sweep->map[0];
  sweep->channels = x.channels;
  sweep->groups = sweep->by_image ? x.images : 1;
  sweep->pixels = x.height * x.width * (sweep->by_image ? 1 : x.images);
  long pixels = tile_floats / x.channels / least_tile_pixels * least_tile_pixels;
  sweep->tile_pixels = pixels > least_tile_pixels ? pixels : least_tile_pixels;
  sweep->tiles = (sweep->pixels + sweep->tile_pixels - 1) / sweep->tile_pixels;
  long odd = x.channels & -x.channels;  // the largest power of two that divides the channels
  sweep->fold = !is_dense(sweep) || odd >= lane_count ? 1 : lane_count / odd;
  sweep->width = (x.channels * sweep->fold + lane_count - 1) / lane_count * lane_count;
  if (sweep->sums == 0 && sweep->rows == 0 && is_dense(sweep)) sweep->fold = 0;
}

/// Writes the coefficients of each group as often as they occur in a row, and zeros up to a multiple of sixteen.
static void repeat_coefficients(Sweep *sweep) {
  if (sweep->rows == 0) return;
  float *to = sweep->coefficients = segue_slot(slot_rows, sweep->groups * sweep->rows * sweep->width);
  for (long group = 0; group < sweep->groups; group++) {
    for (int row = 0; row < sweep->rows; row++, to += sweep->width) {
      const float *from = sweep->row[row] + group * sweep->row_step[row];
      zero_floats(to, sweep->width);
      for (long i = 0; i < sweep->fold; i++) copy_floats(to + i * sweep->channels, from, sweep->channels);
    }
  }
}

static void sweep_tile(void *context, long index) {
  const Sweep *sweep = context;
  long group = index / sweep->tiles, first = index % sweep->tiles * sweep->tile_pixels;
  long count = sweep->pixels - first < sweep->tile_pixels ? sweep->pixels - first : sweep->tile_pixels;
  if (sweep->sample) count = (count + sweep->sample - 1) / sweep->sample;

  Block block = {.accumulate = sweep->accumulate};
  memcpy(block.number, sweep->number, sizeof block.number);
  for (int row = 0; row < sweep->rows; row++) block.row[row] = sweep->coefficients + (group * sweep->rows + row) * sweep->width;
  if (sweep->sums) {
    float *partial = sweep->partials + index * sweep->sums * sweep->width;
    zero_floats(partial, sweep->sums * sweep->width);
    for (int i = 0; i < sweep->sums; i++) block.sum[i] = partial + i * sweep->width;
  }
  // The rows of several pixels, then what is left of the tile, a pixel a row.
  long fold = sweep->fold ? sweep->fold : count;
  for (long done = 0; done < count; fold = 1) {
    block.rows = (count - done) / fold;
    block.width = sweep->channels * fold;
    for (int i = 0; i < sweep->maps; i++) {
      SegueMap map = sweep->map[i];
      block.map[i] = map.data + (group * sweep->pixels + first + done) * map.stride;
      block.stride[i] = map.stride * fold;
    }
    if (block.rows) sweep->operation(&block);
    done += block.rows * fold;
  }
}

/// Runs an operation that makes no sums.
static void run(Sweep sweep) {
  plan(&sweep);
  repeat_coefficients(&sweep);
  segue_parallel(sweep.groups * sweep.tiles, sweep_tile, &sweep);
}

/// Runs an operation that makes sums, and returns them as [group][sum][channel] in slot_totals. Tiles are added in order.
static const double *run_sums(Sweep sweep) {
  plan(&sweep);
  repeat_coefficients(&sweep);
  long tasks = sweep.groups * sweep.tiles, numbers = sweep.sums * sweep.channels;
  sweep.partials = segue_slot(slot_partials, tasks * sweep.sums * sweep.width);
  segue_parallel(tasks, sweep_tile, &sweep);

  double *totals = (double *)(void *)segue_slot(slot_totals, 2 * sweep.groups * numbers);
  for (long i = 0; i < sweep.groups * numbers; i++) totals[i] = 0;
  const float *partial = sweep.partials;
  for (long task = 0; task < tasks; task++) {
    double *total = totals + task / sweep.tiles * numbers;
    for (int i = 0; i < sweep.sums; i++, partial += sweep.width, total += sweep.channels) {
      for (long at = 0; at < sweep.channels * sweep.fold; at += sweep.channels) {
        for (long channel = 0; channel < sweep.channels; channel++) total[channel] += (double)partial[at + channel];
      }
    }
  }
  return totals;
}
