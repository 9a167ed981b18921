// c (+)= transpose of a, times b: the gradient of a convolution's weights.
//
// The sums of a tile run over all rows of `a`, which are pixels. Two strips of the columns of `b` lie side by side, as in a packed
// matrix, or are copied so first; they stay in the nearest cache while the floats of the windows pass, which are copied as well where tiles
// are low (strips.h).
#pragma once
#include "ahead.h"
#include "pack.h"
#include "strips.h"

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
      add_to_tile(&tile, rows, strips, bf16, a, 1, b);
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

/// All floats of the windows times a panel's columns; `copied` are the same in strips where they are copied.
static void multiply_transposed_strips(
  const TransposedTileKernel kernels[2][tile_rows], SegueRows a, const float *copied, const float *b, long b_stride, Ahead ahead, int strips, long columns,
  float *c, long c_stride, bool accumulate) {
  TileCopy copy;
  bool whole = columns >= strips * strip;
  long tile = 0, distance = strip_distance(a);
  for (long run = 0; run < a.runs; run++) {
    const float *from = a.data + run * a.run_stride;
    float *to = c + run * a.run * c_stride;
    for (long left = a.run, rows; left > 0; left -= rows, from += rows, to += rows * c_stride) {
      rows = next_rows(left);
      TransposedTileProduct job = {
        .a = copied ? copied : from, .lines = a.lines, .rows = a.rows, .line_stride = copied ? a.rows * rows : a.line_stride,
        .row_stride = copied ? rows : a.row_stride, .b = b, .b_stride = b_stride, .ahead = asked_by_tile(ahead, tile++),
        .c = whole ? to : copy.values, .c_stride = whole ? c_stride : tile_width, .accumulate = whole && accumulate};
      kernels[strips - 1][rows - 1](&job);
      if (copied) copied += distance;
      if (!whole) give_tile(&copy, rows, columns, to, c_stride, accumulate, &no_epilogue);
    }
  }
}

/// What is multiplied from the right, and the same of the product that will follow. `panel` gives the columns from `column` on in a panel of
/// `width`, of as many rows as `a` has pixels, and what is to be asked for meanwhile.
typedef struct Right Right;
struct Right {
  SegueGrid b, next;
  const float *packed, *packed_next;
  long pixels, columns;
  long copied;  // the first of the columns that are copied now; -1 for none
  const float *(*panel)(Right *right, SegueRows a, long column, long width, Ahead *ahead);
};

static void multiply_transposed_by(
  const TransposedTileKernel kernels[2][tile_rows], SegueRows a, Right right, float *c, long c_stride, bool accumulate) {
  long columns = right.columns, parts = 1, runs_at_once = a.runs;
  bool copies = copies_strips && pays_to_copy(a, columns);
  if (copies) parts = parts_of_run(a), runs_at_once = 1;
  for (long run = 0; run < a.runs; run += runs_at_once) {
    for (long part = 0; part < parts; part++) {
      long start = a.run * part / parts, end = a.run * (part + 1) / parts;
      SegueRows piece = a;
      piece.data += run * a.run_stride + start;
      piece.runs = runs_at_once;
      piece.run = end - start;
      const float *copied = copies ? copy_strips(piece) : NULL;
      float *to = c + (run * a.run + start) * c_stride;
      for (long column = 0; column < columns; column += panel) {
        Ahead ahead;
        long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width;
        const float *b = right.panel(&right, a, column, width, &ahead);
        int strips;
        for (long at = 0; at < valid; at += strips * strip) {
          strips = next_strips(valid - at);
          multiply_transposed_strips(kernels, piece, copied, b + at, width, ahead, strips, valid - at, to + column + at, c_stride, accumulate);
        }
      }
    }
  }
}

/// Panels that are copied at once. Where a panel is one line of each pixel, copying several goes through memory from front to end.
enum { panels_at_once = panel == lane_count ? 16 : 1 };

/// What is copied in the place of panel `column` next, where `at_once` panels are: of the same rows, or of those to come.
INLINE Ahead panel_after(const Right *right, long column, long at_once, bool bf16) {
  long later = column + at_once * panel, first = column % (at_once * panel);
  bool is_here = later < right->columns;
  long at = is_here ? later : first, left = right->columns - at;
  SegueGrid b = is_here ? right->b : right->next;
  return panel_ahead(b.data + at, b.line_stride, b.row_stride, left < panel ? left : panel, bf16);
}

/// Copies the panels from `column` on, a little more than their rows apart, as all are written at once.
static void copy_panels(float *to, long distance, const Right *right, SegueRows a, long column) {
  for (long line = 0, pixel = 0; line < a.lines; line++) {
    const float *from = right->b.data + line * right->b.line_stride;
    for (long i = 0; i < a.rows; i++, pixel++, from += right->b.row_stride) {
      for (long p = 0; p < panels_at_once && column + p * panel < right->columns; p++) {
        long first = column + p * panel, width = panel_width(right->columns, first), left = right->columns - first;
        pack_row(to + p * distance + pixel * width, from + first, left < width ? left : width, width);
      }
    }
  }
}

static const float *copied_panel(Right *right, SegueRows a, long column, long width, Ahead *ahead) {
  long distance = a.lines * a.rows * panel + lane_count, place = column / panel % panels_at_once;
  float *copies = segue_slot(slot_task, panels_at_once * distance);
  if (right->copied != column - place * panel) copy_panels(copies, distance, right, a, column), right->copied = column;
  *ahead = panel_after(right, column, panels_at_once, false);
  (void)width;
  return copies + place * distance;
}

static const float *packed_panel(Right *right, SegueRows a, long column, long width, Ahead *ahead) {
  long inner = a.lines * a.rows, left = right->columns - column - width;
  const float *b = right->packed + column * inner;
  long next_width = panel_width(right->columns, left > 0 ? column + width : 0);
  *ahead = panel_ahead(left > 0 ? b + width * inner : right->packed_next, a.rows * next_width, next_width, next_width, false);
  return b;
}

static void multiply_transposed(SegueRows a, SegueGrid b, SegueGrid next, long columns, float *c, long c_stride, bool accumulate) {
  multiply_transposed_by(multiply_transposed_by_rows, a, (Right){.b = b, .next = next, .columns = columns, .copied = -1, .panel = copied_panel}, c, c_stride, accumulate);
}

/// With b packed: a.lines * a.rows x columns.
static void multiply_transposed_packed(SegueRows a, const float *packed, const float *next, long columns, float *c, long c_stride, bool accumulate) {
  Right right = {.packed = packed, .packed_next = next, .columns = columns, .panel = packed_panel};
  multiply_transposed_by(multiply_transposed_by_rows, a, right, c, c_stride, accumulate);
}
