// A copy of a matrix in strips as narrow as a tile is high: of each strip, row after row.
//
// A product of transposes goes through all rows once for each tile, and a tile of six rows takes six floats of each pixel: three eighths of a line,
// as often as there are panels, and pixels whose floats fill a part of a page compete for the same few lines of the nearest cache. Copied once,
// a strip follows itself in memory, and the processor fetches it by itself. Where tiles are nearly as high as a line is long, it is not worth it.
#pragma once
#include "../Threads/scratch.h"
#include "tile.h"

enum { copies_strips = strip == 8, most_strip_floats = 65536 };

/// Whether so many columns use the copy often enough.
INLINE bool pays_to_copy(SegueRows a, long columns) { return columns >= (a.lines * a.rows > 384 ? 64 : 128); }

/// How far apart strips lie, so that their rows do not compete for the same lines of the cache either.
INLINE long strip_distance(SegueRows a) { return (a.lines * a.rows * tile_rows + lane_count) / lane_count * lane_count; }

/// `count` strips of `rows` floats of one pixel each; `rows` is a constant where this is inlined.
INLINE void copy_pixel(float *to, const float *from, long count, long distance, int rows) {
  for (long i = 0; i < count; i++, to += distance, from += rows) memcpy(to, from, (unsigned long)rows * sizeof *to);
}

/// Into how many parts a run is cut, so that a part's strips stay in the second-level cache.
INLINE long parts_of_run(SegueRows a) {
  long floats = a.lines * a.rows * a.run, parts = (floats + most_strip_floats - 1) / most_strip_floats, tiles = (a.run + tile_rows - 1) / tile_rows;
  return parts < 1 ? 1 : parts < tiles ? parts : tiles;
}

/// A run of each pixel in strips, in scratch. next_rows() makes the first of them one row higher than the others.
static const float *copy_strips(SegueRows a) {
  long strips = (a.run + tile_rows - 1) / tile_rows, rows = a.run > 0 ? next_rows(a.run) : 0, higher = a.run - strips * (rows - 1), distance = strip_distance(a);
  float *copy = segue_slot(slot_strips, strips * distance);
  for (long line = 0, pixel = 0; line < a.lines; line++) {
    const float *from = a.data + line * a.line_stride;
    for (long i = 0; i < a.rows; i++, pixel++, from += a.row_stride) {
#define COPY(count, unused) \
      case count: \
        copy_pixel(copy + pixel * count, from, higher, distance, count); \
        copy_pixel(copy + higher * distance + pixel * (count - 1), from + higher * count, strips - higher, distance, count - 1); \
        break;
      switch (rows) { EACH_TILE(COPY, 1) }
#undef COPY
    }
  }
  return copy;
}
