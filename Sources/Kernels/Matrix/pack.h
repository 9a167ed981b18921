// Packing: the columns of a matrix in panels of two strips (the last of one, if that is enough), each panel row after row, so that
// a product reads it from front to end.
#pragma once
#include "tile.h"

static long packed_floats(long inner, long columns) { return inner * ((columns + strip - 1) / strip * strip); }

/// Element (k, j) of the matrix is source[k * row_stride + j * column_stride].
static void pack(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed) {
  for (long column = 0; column < columns; column += panel) {
    long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width;
    const float *from = source + column * column_stride;
    float *to = packed + column * inner + first * width;
    if (column_stride == 1) {
      for (long k = 0; k < rows; k++, to += width, from += row_stride) {
        copy_floats(to, from, valid);
        for (long j = valid; j < width; j++) to[j] = 0;
      }
      continue;
    }
    // Sixteen rows at a time use up a cache line of a transposed source while it is near.
    for (long k = 0; k < rows; k += 16) {
      long end = rows - k < 16 ? rows : k + 16;
      for (long j = 0; j < width; j++) {
        for (long i = k; i < end; i++) to[i * width + j] = j < valid ? from[i * row_stride + j * column_stride] : 0;
      }
    }
  }
}
