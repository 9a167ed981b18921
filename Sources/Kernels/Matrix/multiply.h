// c (+)= a b with b packed: the product of convolutions, forward and to the input.
//
// A row of `a` is a window's floats, which lie in a few runs (one for each row of the window), so nothing is gathered.
#pragma once
#include "pack.h"

/// What one tile needs: `runs` runs of `run` floats of each of its rows, and the columns of a panel from there on. The rows `ahead` are the next
/// tile's.
typedef struct {
  const float *a, *ahead;
  long row_stride, runs, run, run_stride;
  const float *b;
  long b_stride;
  float *c;
  long c_stride;
  bool accumulate;
  SegueEpilogue after;
} TileProduct;

/// One step of a tile's sums, of floats or of words.
INLINE void add_to_tile(Tile *tile, int rows, int strips, bool bf16, const float *a, long row_stride, const float *b) {
  if (bf16) add_pair_product(tile, rows, strips, a, row_stride, b);
  else add_product(tile, rows, strips, a, row_stride, b);
}

// While a tile is computed, the next one's rows are fetched, a cache line with every step: sixteen steps use up a line of each row of this
// tile, and fetch one of each of sixteen rows.
INLINE void multiply_tile(const TileProduct *given, int rows, int strips, bool bf16) {
  const TileProduct job = *given;
  Tile tile;
  begin_tile(&tile, rows, strips);
  fetch_outputs(job.c, job.c_stride, rows, strips);
  const float *b = job.b;
  for (long r = 0; r < job.runs; r++) {
    const float *a = job.a + r * job.run_stride, *line = job.ahead + r * job.run_stride, *end = a + job.run;
    for (; end - a >= lane_count; line += lane_count) {
      const float *ahead = line;
      SOMEWHAT_UNROLLED for (int k = 0; k < lane_count; k++, a++, b += job.b_stride, ahead += job.row_stride) {
        fetch(ahead);
        add_to_tile(&tile, rows, strips, bf16, a, job.row_stride, b);
      }
    }
    for (; a < end; a++, b += job.b_stride, line += job.row_stride) {
      fetch(line);
      add_to_tile(&tile, rows, strips, bf16, a, job.row_stride, b);
    }
  }
  end_tile(&tile, rows, strips, job.c, job.c_stride, job.accumulate, &given->after);
}

/// One for each height of a tile, for one strip and for two.
typedef void (*TileKernel)(const TileProduct *job);

#define MAKE(rows, strips) static void multiply_##rows##_##strips(const TileProduct *job) { multiply_tile(job, rows, strips, false); }
EACH_TILE(MAKE, 1)
EACH_TILE(MAKE, 2)
#undef MAKE

#define NAME(rows, strips) multiply_##rows##_##strips,
static const TileKernel multiply_by_rows[2][tile_rows] = {{EACH_TILE(NAME, 1)}, {EACH_TILE(NAME, 2)}};
#undef NAME

/// All rows times as many columns of a panel as a tile has strips.
static void multiply_strips(const TileKernel kernels[2][tile_rows], SegueRows a, TileProduct job, int strips, long columns, SegueGrid c, SegueEpilogue after) {
  TileCopy copy;
  bool whole = columns >= strips * strip, accumulate = job.accumulate;
  for (long line = 0; line < a.lines; line++) {
    const float *from = a.data + line * a.line_stride;
    float *to = c.data + line * c.line_stride;
    for (long left = a.rows, rows; left > 0; left -= rows, from += rows * a.row_stride, to += rows * c.row_stride) {
      rows = next_rows(left);
      job.a = from;
      job.ahead = left > rows ? from + rows * a.row_stride : line + 1 < a.lines ? a.data + (line + 1) * a.line_stride : from;
      job.c = whole ? to : copy.values;
      job.c_stride = whole ? c.row_stride : tile_width;
      job.accumulate = whole && accumulate;
      job.after = whole ? after : no_epilogue;
      kernels[strips - 1][rows - 1](&job);
      if (!whole) give_tile(&copy, rows, columns, to, c.row_stride, accumulate, &after);
    }
  }
}

/// The rows of the packed matrix are used in pieces of about this many at most, so that a panel's piece stays in the cache while
/// all rows of `a` pass: as many runs as that allows, or a part of one.
enum { most_piece = 384 };

static void multiply_piece(
  const TileKernel kernels[2][tile_rows], SegueRows a, const float *packed, long inner, long first, long columns, SegueGrid c, bool accumulate,
  SegueEpilogue after) {
  for (long column = 0; column < columns; column += panel) {
    long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width;
    TileProduct job = {
      .row_stride = a.row_stride, .runs = a.runs, .run = a.run, .run_stride = a.run_stride, .b = packed + column * inner + first * width,
      .b_stride = width, .accumulate = accumulate};
    int strips;
    for (long at = 0; at < valid; at += strips * strip, job.b += strips * strip) {
      strips = next_strips(valid - at);
      multiply_strips(kernels, a, job, strips, valid - at, (SegueGrid){c.data + column + at, c.line_stride, c.row_stride}, epilogue_from(after, column + at));
    }
  }
}

static void multiply_in_pieces(
  const TileKernel kernels[2][tile_rows], SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after) {
  long inner = a.runs * a.run, parts = (a.run + most_piece - 1) / most_piece;
  long runs_at_once = parts == 1 ? most_piece / a.run : 1;
  if (inner == 0) multiply_piece(kernels, a, packed, 0, 0, columns, c, accumulate, after);
  for (long run = 0; run < a.runs; run += runs_at_once) {
    for (long part = 0; part < parts; part++) {
      long start = a.run * part / parts, end = a.run * (part + 1) / parts;
      SegueRows piece = a;
      piece.data = a.data + run * a.run_stride + start;
      piece.runs = a.runs - run < runs_at_once ? a.runs - run : runs_at_once;
      piece.run = end - start;
      bool first = run == 0 && part == 0, last = run + runs_at_once >= a.runs && part + 1 == parts;
      multiply_piece(kernels, piece, packed, inner, run * a.run + start, columns, c, accumulate || !first, last ? after : no_epilogue);
    }
  }
}

static void multiply_packed(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after) {
  multiply_in_pieces(multiply_by_rows, a, packed, columns, c, accumulate, after);
}
