// Packing as in pack.h, in words of two rows each (bf16.h).
#pragma once
#include "pack.h"
#include "bf16.h"

/// A panel of a matrix that is given column by column, `distance` apart.
static void pack_columns_bf16(const float *source, long distance, long rows, long valid, long width, float *to) {
  for (long k = 0; k < rows; k += lane_count) {
    long count = rows - k < lane_count ? rows - k : lane_count;
    for (long column = 0; column < width; column += lane_count) {
      Lanes block[lane_count];
      UNROLLED for (int j = 0; j < lane_count; j++) {
        block[j] = column + j < valid ? load_some(source + (column + j) * distance + k, count) : all(0);
      }
      transpose(block);
      for (long i = 0; i < count; i += 2) store(to + (k + i) / 2 * width + column, paired(block[i], block[i + 1]));
    }
  }
}

/// Two rows of `valid` floats as one of `width` words; the second may be null for zeros.
INLINE void pair_rows(float *to, const float *even, const float *odd, long valid, long width) {
  for (long at = 0; at < width; at += lane_count) {
    long count = valid - at < lane_count ? valid - at : lane_count;
    Lanes words = count > 0 ? paired(load_some(even + at, count), odd ? load_some(odd + at, count) : all(0)) : all(0);
    store_some(to + at, words, width - at < lane_count ? width - at : lane_count);
  }
}

static void pack_bf16(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed) {
  for (long column = 0; column < columns; column += panel) {
    long width = panel_width(columns, column), valid = columns - column < width ? columns - column : width;
    const float *from = source + column * column_stride;
    float *to = packed + column * inner + first * width;
    if (column_stride == 1) {
      for (long k = 0; k < rows; k += 2, to += width, from += 2 * row_stride) pair_rows(to, from, from + row_stride, valid, width);
    } else {
      pack_columns_bf16(from, column_stride, rows, valid, width, to);
    }
  }
}
