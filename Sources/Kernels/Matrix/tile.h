// The register tile that all matrix products are made of: some rows by one or two strips of columns, a strip being one register.
//
// Of the processor's registers, two hold a row of the packed matrix, one or two a broadcast number, and all others sums: with 32
// registers 14 x 2 sums, with 16 registers 6 x 2. Every number that is loaded is then used often enough that the multipliers never
// wait for memory.
#pragma once
#include "../Lanes/fetch.h"

#if defined(SEGUE_AVX512)
enum { strip = 16, tile_rows = 14 };
#elif defined(SEGUE_AVX2)
enum { strip = 8, tile_rows = 6 };
#else
enum { strip = 4, tile_rows = 6 };
#endif
enum { tile_width = 2 * strip };

typedef float Strip __attribute__((ext_vector_type(strip)));

INLINE Strip load_strip(const float *from) {
  Strip values;
  memcpy(&values, from, sizeof values);
  return values;
}
INLINE void store_strip(float *to, Strip values) { memcpy(to, &values, sizeof values); }

/// The sums of a tile, in registers: `rows` and `strips` are constants wherever these functions are inlined.
typedef struct {
  Strip sum[tile_rows][2];
} Tile;

INLINE void begin_tile(Tile *tile, int rows, int strips) {
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int s = 0; s < strips; s++) tile->sum[i][s] = (Strip)(0.0f);
  }
}

/// What is there already is added last: a long sum in pieces, each summed for itself, loses less to rounding than one after another.
INLINE void end_tile(const Tile *tile, int rows, int strips, float *c, long stride, bool accumulate, const SegueEpilogue *after) {
  Strip scale[2], shift[2];
  if (after->shift) {
    UNROLLED for (int s = 0; s < strips; s++) {
      scale[s] = after->scale ? load_strip(after->scale + s * strip) : (Strip)(1.0f);
      shift[s] = load_strip(after->shift + s * strip);
    }
  }
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int s = 0; s < strips; s++) {
      float *to = c + i * stride + s * strip;
      Strip value = accumulate ? load_strip(to) + tile->sum[i][s] : tile->sum[i][s];
      if (after->shift) {
        value = value * scale[s] + shift[s];
        value = value > 0.0f ? value : value * after->slope + 0.0f;  // 0 and not -0 where the slope is 0
      }
      store_strip(to, value);
    }
  }
}

/// Asks for the lines that a tile will be written to.
INLINE void fetch_outputs(const float *c, long stride, int rows, int strips) {
  UNROLLED for (int i = 0; i < rows; i++) {
    UNROLLED for (int s = 0; s < strips; s++) fetch_to_write(c + i * stride + s * strip);
  }
}

static const SegueEpilogue no_epilogue = {NULL, NULL, 1};

/// The epilogue of the columns from `column` on.
INLINE SegueEpilogue epilogue_from(SegueEpilogue after, long column) {
  return after.shift ? (SegueEpilogue){after.scale ? after.scale + column : NULL, after.shift + column, after.slope} : after;
}

/// The epilogue for up to sixteen columns from `at` on.
INLINE Lanes finished(Lanes value, const SegueEpilogue *after, long at, long lanes) {
  if (!after->shift) return value;
  value = value * (after->scale ? load_some(after->scale + at, lanes) : all(1)) + load_some(after->shift + at, lanes);
  return value > 0.0f ? value : value * after->slope + 0.0f;
}

/// Adds a column of numbers, `stride` apart, times a row of the packed matrix.
INLINE void add_product(Tile *tile, int rows, int strips, const float *column, long stride, const float *row) {
  Strip right[2];
  UNROLLED for (int s = 0; s < strips; s++) right[s] = load_strip(row + s * strip);
  UNROLLED for (int i = 0; i < rows; i++) {
    Strip left = (Strip)(column[i * stride]);
    UNROLLED for (int s = 0; s < strips; s++) tile->sum[i][s] = tile->sum[i][s] + left * right[s];
  }
}

/// How many strips a tile takes when `columns` are left.
INLINE int next_strips(long columns) { return columns > strip ? 2 : 1; }

/// How many rows the next tile takes when `rows` are left: tiles of about the same height, so that none is too low to keep the
/// multipliers busy.
INLINE long next_rows(long rows) {
  long tiles = (rows + tile_rows - 1) / tile_rows;
  return (rows + tiles - 1) / tiles;
}

/// For columns at the end that do not fill a strip, tiles are made here and what counts of them is copied.
typedef struct {
  float values[tile_rows * tile_width];
} TileCopy;

INLINE void give_tile(const TileCopy *copy, long rows, long columns, float *c, long stride, bool accumulate, const SegueEpilogue *after) {
  for (long i = 0; i < rows; i++) {
    for (long at = 0; at < columns; at += lane_count) {
      long lanes = columns - at < lane_count ? columns - at : lane_count;
      Lanes value = load_some(copy->values + i * tile_width + at, lanes);
      if (accumulate) value = load_some(c + i * stride + at, lanes) + value;
      store_some(c + i * stride + at, finished(value, after, at, lanes), lanes);
    }
  }
}

/// A function for each number of rows and strips, made by `MAKE(rows, strips)` of the including file, and the table of them.
#if defined(SEGUE_AVX512)
#define EACH_TILE(X, strips) \
  X(1, strips) X(2, strips) X(3, strips) X(4, strips) X(5, strips) X(6, strips) X(7, strips) \
  X(8, strips) X(9, strips) X(10, strips) X(11, strips) X(12, strips) X(13, strips) X(14, strips)
#else
#define EACH_TILE(X, strips) X(1, strips) X(2, strips) X(3, strips) X(4, strips) X(5, strips) X(6, strips)
#endif
