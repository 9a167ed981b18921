// c (+)= transpose of a, times b, in words of two bfloat16 (bf16.h): the gradient of a convolution's weights.
//
// The sum runs over pixels, so a word holds the same channel of two pixels side by side. `a` comes in such words; two strips of the columns
// of `b` are put into words here, where they would be copied anyway.
#pragma once
#include "multiply_transposed.h"

#define MAKE(rows, strips) \
  static void multiply_transposed_bf16_##rows##_##strips(const TransposedTileProduct *job) { multiply_transposed_tile(job, rows, strips, true); }
EACH_TILE(MAKE, 1)
EACH_TILE(MAKE, 2)
#undef MAKE

#define NAME(rows, strips) multiply_transposed_bf16_##rows##_##strips,
static const TransposedTileKernel multiply_transposed_bf16_by_rows[2][tile_rows] = {{EACH_TILE(NAME, 1)}, {EACH_TILE(NAME, 2)}};
#undef NAME

/// `lines` lines of `pixels` rows to lines of half as many words, which follow each other; an odd row at the end is paired with zeros.
static void pack_pixels_bf16(const float *from, long line_stride, long row_stride, long lines, long pixels, long valid, long width, float *to) {
  for (long line = 0; line < lines; line++) {
    const float *row = from + line * line_stride;
    for (long i = 0; i < pixels; i += 2, row += 2 * row_stride, to += width) pair_rows(to, row, i + 1 < pixels ? row + row_stride : NULL, valid, width);
  }
}

static const float *paired_panel(Right *right, SegueRows a, long column, long width, Ahead *ahead) {
  float *packed = segue_slot(slot_task, a.lines * a.rows * panel);
  long valid = right->columns - column < width ? right->columns - column : width;
  pack_pixels_bf16(right->b.data + column, right->b.line_stride, right->b.row_stride, a.lines, right->pixels, valid, width, packed);
  *ahead = panel_after(right, column, 1, true);
  return packed;
}

static void multiply_transposed_bf16(SegueRows a, SegueGrid b, SegueGrid next, long pixels, long columns, float *c, long c_stride, bool accumulate) {
  Right right = {.b = b, .next = next, .pixels = pixels, .columns = columns, .panel = paired_panel};
  multiply_transposed_by(multiply_transposed_bf16_by_rows, a, right, c, c_stride, accumulate);
}
