// Packing: the columns of a matrix in panels as wide as a tile, or as the sixteen lanes that they are written by where tiles are narrower. The
// last one takes sixteen columns, if that is enough. Each panel lies row after row, so that a product reads it from front to end: were it wider
// than a tile, the tile's columns would fill every other line of it, and with them every other set of the nearest cache.
#pragma once
#include "tile.h"
#include "bf16.h"
#include "transpose.h"

enum { narrow_panel = lane_count, panel = tile_width > narrow_panel ? tile_width : narrow_panel };

/// How many columns the panel that begins at `column` takes.
INLINE long panel_width(long columns, long column) { return columns - column > narrow_panel ? panel : narrow_panel; }

/// Where columns `column` ..< `column` + 16 of row `row` lie in a packed matrix.
INLINE float *packed_at(float *packed, long inner, long columns, long row, long column) {
  long start = column / panel * panel;
  return packed + start * inner + row * panel_width(columns, start) + (column - start);
}

static long packed_floats(long inner, long columns) { return inner * ((columns + narrow_panel - 1) / narrow_panel * narrow_panel); }

/// A row of `width` floats, of which `valid` are given and the others zeros.
INLINE void pack_row(float *to, const float *from, long valid, long width) {
  copy_floats(to, from, valid);
  zero_floats(to + valid, width - valid);
}

/// Two such rows as one of `width` words (bf16.h); the second may be null for zeros.
INLINE void pair_rows(float *to, const float *even, const float *odd, long valid, long width) {
  for (long at = 0; at < width; at += lane_count) {
    long count = valid - at < lane_count ? valid - at : lane_count;
    Lanes words = count > 0 ? paired(load_some(even + at, count), odd ? load_some(odd + at, count) : all(0)) : all(0);
    store_some(to + at, words, width - at < lane_count ? width - at : lane_count);
  }
}

/// A panel of a matrix that is given column by column, `distance` apart.
INLINE void pack_columns(const float *source, long distance, long rows, long valid, long width, float *to, bool bf16) {
  for (long k = 0; k < rows; k += lane_count) {
    long count = rows - k < lane_count ? rows - k : lane_count;
    for (long column = 0; column < width; column += lane_count) {
      Lanes block[lane_count];
      UNROLLED for (int j = 0; j < lane_count; j++) {
        block[j] = column + j < valid ? load_some(source + (column + j) * distance + k, count) : all(0);
      }
      transpose(block);
      if (bf16) {
        for (long i = 0; i < count; i += 2) store(to + (k + i) / 2 * width + column, paired(block[i], block[i + 1]));
      } else {
        for (long i = 0; i < count; i++) store(to + (k + i) * width + column, block[i]);
      }
    }
  }
}

/// As floats, or as words of two rows each; `inner` and `first` count rows of what is written.
INLINE void pack_panels(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed, bool bf16) {
  for (long column = 0; column < columns; column += panel) {
    long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width;
    const float *from = source + column * column_stride;
    float *to = packed + column * inner + first * width;
    if (column_stride != 1) {
      pack_columns(from, column_stride, rows, valid, width, to, bf16);
    } else if (bf16) {
      for (long k = 0; k < rows; k += 2, to += width, from += 2 * row_stride) pair_rows(to, from, from + row_stride, valid, width);
    } else {
      for (long k = 0; k < rows; k++, to += width, from += row_stride) pack_row(to, from, valid, width);
    }
  }
}

static void pack(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed) {
  pack_panels(source, row_stride, column_stride, rows, columns, inner, first, packed, false);
}

static void pack_bf16(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed) {
  pack_panels(source, row_stride, column_stride, rows, columns, inner, first, packed, true);
}
