// c (+)= transpose of a, times b: the gradient of a convolution's weights.
//
// The sums of a tile run over all rows of `a`, which are pixels. Two strips of the columns of `b` lie side by side, as in a packed
// matrix, or are copied so first; they stay in the nearest cache while the floats of the windows pass.
#pragma once
#include "ahead.h"
#include "pack.h"

/// What one tile needs: from each pixel as many floats as the tile has rows, and the copied columns; and what it asks for.
typedef struct {
  const float *a;
  long lines, rows, line_stride, row_stride;
  const float *b;
  long b_stride;
  Ahead ahead;
  float *c;
  long c_stride;
  bool accumulate;
} TransposedTileProduct;

/// How many pixels before its turn a pixel is asked for.
enum { pixels_ahead = 16 };

/// Pixels are far apart, so each is asked for a while before its turn, and with it what the next tile takes of the same pixel.
INLINE void multiply_transposed_tile(const TransposedTileProduct *given, int rows, int strips, bool bf16) {
  const TransposedTileProduct job = *given;
  Tile tile;
  begin_tile(&tile, rows, strips);
  const float *b = job.b;
  for (long line = 0; line < job.lines; line++) {
    const float *a = job.a + line * job.line_stride, *ahead = job.ahead.data + line * job.ahead.line_stride;
    for (long i = 0; i < job.rows; i++, a += job.row_stride, b += job.b_stride, ahead += job.ahead.row_stride) {
      fetch(a + pixels_ahead * job.row_stride);
      fetch(a + 2 * rows - 1);
      fetch_early(ahead);
      if (bf16) add_pair_product(&tile, rows, strips, a, 1, b);
      else add_product(&tile, rows, strips, a, 1, b);
    }
  }
  end_tile(&tile, rows, strips, job.c, job.c_stride, job.accumulate, &no_epilogue);
}

typedef void (*TransposedTileKernel)(const TransposedTileProduct *job);

#define MAKE(rows, strips) \
  static void multiply_transposed_##rows##_##strips(const TransposedTileProduct *job) { multiply_transposed_tile(job, rows, strips, false); }
EACH_TILE(MAKE, 1)
EACH_TILE(MAKE, 2)
#undef MAKE

#define NAME(rows, strips) multiply_transposed_##rows##_##strips,
static const TransposedTileKernel multiply_transposed_by_rows[2][tile_rows] = {{EACH_TILE(NAME, 1)}, {EACH_TILE(NAME, 2)}};
#undef NAME

/// All floats of the windows times the packed columns.
static void multiply_transposed_strips(
  const TransposedTileKernel kernels[2][tile_rows], SegueRows a, const float *b, long b_stride, Ahead ahead, int strips, long columns, float *c,
  long c_stride, bool accumulate) {
  TileCopy copy;
  bool whole = columns >= strips * strip;
  long tile = 0;
  for (long run = 0; run < a.runs; run++) {
    const float *from = a.data + run * a.run_stride;
    float *to = c + run * a.run * c_stride;
    for (long left = a.run, rows; left > 0; left -= rows, from += rows, to += rows * c_stride) {
      rows = next_rows(left);
      TransposedTileProduct job = {
        .a = from, .lines = a.lines, .rows = a.rows, .line_stride = a.line_stride, .row_stride = a.row_stride, .b = b, .b_stride = b_stride,
        .ahead = asked_by_tile(ahead, tile++), .c = whole ? to : copy.values, .c_stride = whole ? c_stride : tile_width, .accumulate = whole && accumulate};
      kernels[strips - 1][rows - 1](&job);
      if (!whole) give_tile(&copy, rows, columns, to, c_stride, accumulate, &no_epilogue);
    }
  }
}

/// The panel of b that follows columns column ..< column + width: beside it, or the first one of the rows to come.
INLINE Ahead panel_after(SegueGrid b, SegueGrid next, long columns, long column, long width, bool bf16) {
  long left = columns - column - width;
  return left > 0 ? panel_ahead(b.data + column + width, b.line_stride, b.row_stride, left < tile_width ? left : tile_width, bf16)
                  : panel_ahead(next.data, next.line_stride, next.row_stride, columns < tile_width ? columns : tile_width, bf16);
}

static void multiply_transposed(SegueRows a, SegueGrid b, SegueGrid next, long columns, float *c, long c_stride, bool accumulate) {
  float *packed = segue_slot(slot_task, a.lines * a.rows * tile_width);
  int strips;
  for (long column = 0; column < columns; column += strips * strip) {
    strips = next_strips(columns - column);
    long width = strips * strip, valid = columns - column < width ? columns - column : width;
    float *to = packed;
    for (long line = 0; line < a.lines; line++) {
      const float *from = b.data + column + line * b.line_stride;
      for (long i = 0; i < a.rows; i++, from += b.row_stride, to += width) pack_row(to, from, valid, width);
    }
    Ahead ahead = panel_after(b, next, columns, column, width, false);
    multiply_transposed_strips(multiply_transposed_by_rows, a, packed, width, ahead, strips, valid, c + column, c_stride, accumulate);
  }
}

/// With b packed: a.lines * a.rows x columns.
static void multiply_transposed_packed(SegueRows a, const float *packed, const float *next, long columns, float *c, long c_stride, bool accumulate) {
  long inner = a.lines * a.rows;
  for (long column = 0; column < columns; column += panel) {
    long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width, left = columns - column - width;
    const float *b = packed + column * inner;
    long next_width = panel_width(columns, left > 0 ? column + width : 0);
    Ahead ahead = panel_ahead(left > 0 ? b + width * inner : next, a.rows * next_width, next_width, next_width, false);
    int strips;
    for (long at = 0; at < valid; at += strips * strip) {
      strips = next_strips(valid - at);
      multiply_transposed_strips(
        multiply_transposed_by_rows, a, b + at, width, ahead, strips, valid - at, c + column + at, c_stride, accumulate);
    }
  }
}
