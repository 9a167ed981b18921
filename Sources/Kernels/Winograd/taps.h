// The taps of a filter evaluated at the points, G g G^T, packed for the matrix product of each place; and the gradient of the taps
// from the sums that the products of inputs and output gradients make at the points, G^T s G.
#pragma once
#include "../Matrix/pack.h"
#include "tiles.h"

INLINE void evaluate_filter(SegueFiltering form, const Lanes *g, Lanes *u) {
  const int points = points_of(form), taps = taps_of(form);
  Lanes half[most_points * 3];
  UNROLLED for (int q = 0; q < taps; q++) evaluate_taps(form, g + q, taps, half + q, taps);
  UNROLLED for (int p = 0; p < points; p++) evaluate_taps(form, half + p * taps, 1, u + p * points, 1);
}

/// Weights as they lie: rows are channels, columns output channels.
INLINE void pack_filters(SegueFiltering form, const float *weights, const int *taps, long channels, long columns, long first_row, long rows,
                         long inner, long row_offset, float *packed, long place_stride) {
  const int points = points_of(form), all_taps = taps_of(form) * taps_of(form);
  // Panel by panel, so that each place is written from front to end.
  for (long start = 0; start < columns; start += panel) {
    for (long row = first_row; row < first_row + rows; row++) {
      for (long column = start; column < columns && column < start + panel; column += lane_count) {
        long lanes = columns - column < lane_count ? columns - column : lane_count;
        Lanes g[9], u[most_places];
        UNROLLED for (int t = 0; t < all_taps; t++) g[t] = load_some(weights + (taps[t] * channels + row) * columns + column, lanes);
        evaluate_filter(form, g, u);
        float *to = packed_at(packed, inner, columns, row_offset + row, column);
        UNROLLED for (int at = 0; at < points * points; at++) store(to + at * place_stride, u[at]);
      }
    }
  }
}

/// Lanes that become columns `column` ... of a packed matrix's row, wherever its panels begin.
INLINE void store_packed(float *packed, long inner, long columns, long row, long column, Lanes values, long lanes) {
  if (column % lane_count == 0) {
    store(packed_at(packed, inner, columns, row, column), values);
  } else {
    for (long i = 0; i < lanes; i++) *packed_at(packed, inner, columns, row, column + i) = values[i];
  }
}

/// Weights turned: rows are output channels, columns channels, as for the gradient of the input.
INLINE void pack_turned_filters(SegueFiltering form, const float *weights, const int *taps, long channels, long columns, long first_row, long rows,
                                long all_columns, long column_offset, float *packed, long place_stride) {
  const int points = points_of(form), all_taps = taps_of(form) * taps_of(form);
  for (long start = 0; start < channels; start += panel) {
    for (long row = first_row; row < first_row + rows; row += lane_count) {
      long count = first_row + rows - row < lane_count ? first_row + rows - row : lane_count;
      for (long channel = start; channel < channels && channel < start + panel; channel += lane_count) {
        long lanes = channels - channel < lane_count ? channels - channel : lane_count;
        Lanes block[9][lane_count];
        for (int t = 0; t < all_taps; t++) {
          for (long i = 0; i < lane_count; i++) {
            block[t][i] = i < lanes ? load_some(weights + (taps[t] * channels + channel + i) * columns + row, count) : all(0);
          }
          transpose(block[t]);
        }
        for (long i = 0; i < count; i++) {
          Lanes g[9], u[most_places];
          UNROLLED for (int t = 0; t < all_taps; t++) g[t] = block[t][i];
          evaluate_filter(form, g, u);
          for (int at = 0; at < points * points; at++) {
            store_packed(packed + at * place_stride, columns, all_columns, row + i, column_offset + channel, u[at], lanes);
          }
        }
      }
    }
  }
}

/// gradient += G^T s G, where the sums of place (u, v) are a matrix of channels x columns.
INLINE void interpolate_filters(SegueFiltering form, const float *sums, long place_stride, const int *taps, long channels, long columns, long first_row, long rows,
                                float *gradient) {
  const int points = points_of(form), width = taps_of(form);
  for (long row = first_row; row < first_row + rows; row++) {
    for (long column = 0; column < columns; column += lane_count) {
      long lanes = columns - column < lane_count ? columns - column : lane_count;
      Lanes s[most_places], half[most_points * 3], g[9];
      UNROLLED for (int at = 0; at < points * points; at++) s[at] = load_some(sums + at * place_stride + row * columns + column, lanes);
      UNROLLED for (int v = 0; v < points; v++) interpolate_taps(form, s + v, points, half + v, points);
      UNROLLED for (int p = 0; p < width; p++) interpolate_taps(form, half + p * points, 1, g + p * width, 1);
      UNROLLED for (int t = 0; t < width * width; t++) {
        float *to = gradient + (taps[t] * channels + row) * columns + column;
        store_some(to, load_some(to, lanes) + g[t], lanes);
      }
    }
  }
}

#define MAKE(form) \
  static void pack_filters_##form(const float *weights, const int *taps, long channels, long columns, long first_row, long rows, long inner, \
                                  long row_offset, float *packed, long place_stride) { \
    pack_filters(form, weights, taps, channels, columns, first_row, rows, inner, row_offset, packed, place_stride); \
  } \
  static void pack_turned_filters_##form(const float *weights, const int *taps, long channels, long columns, long first_row, long rows, \
                                         long all_columns, long column_offset, float *packed, long place_stride) { \
    pack_turned_filters(form, weights, taps, channels, columns, first_row, rows, all_columns, column_offset, packed, place_stride); \
  } \
  static void interpolate_filters_##form(const float *sums, long place_stride, const int *taps, long channels, long columns, long first_row, long rows, \
                                         float *gradient) { \
    interpolate_filters(form, sums, place_stride, taps, channels, columns, first_row, rows, gradient); \
  }
EACH_FORM(MAKE)
#undef MAKE

static void winograd_pack(SegueFiltering form, const float *weights, const int *taps, long channels, long columns, long first_row, long rows, long inner,
                          long row_offset, float *packed, long place_stride) {
#define CALL(known) \
  if (form == known) pack_filters_##known(weights, taps, channels, columns, first_row, rows, inner, row_offset, packed, place_stride);
  EACH_FORM(CALL)
#undef CALL
}

static void winograd_pack_turned(SegueFiltering form, const float *weights, const int *taps, long channels, long columns, long first_row, long rows,
                                 long all_columns, long column_offset, float *packed, long place_stride) {
#define CALL(known) \
  if (form == known) pack_turned_filters_##known(weights, taps, channels, columns, first_row, rows, all_columns, column_offset, packed, place_stride);
  EACH_FORM(CALL)
#undef CALL
}

static void winograd_taps_gradient(SegueFiltering form, const float *sums, long place_stride, const int *taps, long channels, long columns, long first_row,
                                   long rows, float *gradient) {
#define CALL(known) \
  if (form == known) interpolate_filters_##known(sums, place_stride, taps, channels, columns, first_row, rows, gradient);
  EACH_FORM(CALL)
#undef CALL
}
