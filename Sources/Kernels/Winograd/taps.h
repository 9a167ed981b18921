// The taps of a filter evaluated in the Winograd domain, G g G^T, packed for the matrix product of each place; and the gradient of the taps
// from the sums that the products of inputs and output gradients make in the Winograd domain, G^T s G.
#pragma once
#include "../Lanes/fetch.h"
#include "../Lanes/stream.h"
#include "../Matrix/pack.h"
#include "../Neighbours/rows.h"
#include "tiles.h"

/// A row of taps, or of their gradients, is asked for some rows before its turn. The taps of a task come from memory for its first line and
/// from a cache that is not the nearest for the others.
enum { rows_ahead = 2 };

/// In place of a tap that a filter lacks.
static const float no_tap[lane_count];

INLINE bool has_tap(const SegueTaps *taps, long a, long b) { return a < taps->height && b < taps->width; }

/// Where tap (a, b) begins.
INLINE long tap_offset(const SegueTaps *taps, long a, long b) { return (taps->first + a * taps->down + b * taps->across) * taps->channels * taps->columns; }

/// One line of places: point `line` down, all points across. The taps of the other lines need not be known for it.
INLINE void pack_line(SegueFiltering form, int line, SegueTaps taps, long first_row, long rows, long first_column, long columns, long inner, long to_row,
                      float *packed, long place_stride) {
  const int points = points_of(form), width = taps_of(form);
  // Panel by panel, so that each place is written from front to end.
  for (long start = 0; start < columns; start += panel) {
    for (long row = 0; row < rows; row++) {
      for (long column = start; column < columns && column < start + panel; column += lane_count) {
        long lanes = columns - column < lane_count ? columns - column : lane_count;
        const float *from = taps.weights + (first_row + row) * taps.columns + first_column + column;
        Lanes g[most_filter_taps * most_filter_taps], down[most_points * most_filter_taps], u[most_points];
        UNROLLED for (int t = 0; t < width * width; t++) {
          const int a = t / width, b = t % width;
          const float *at = has_tap(&taps, a, b) ? from + tap_offset(&taps, a, b) : no_tap;
          g[t] = load_some(at, lanes);
          fetch_early(at + rows_ahead * taps.columns);
        }
        UNROLLED for (int q = 0; q < width; q++) evaluate_taps(form, g + q, width, down + q, most_filter_taps);
        evaluate_taps(form, down + line * most_filter_taps, 1, u, 1);
        float *to = packed_at(packed, inner, columns, to_row + row, column);
        UNROLLED for (int v = 0; v < points; v++) store(to + v * place_stride, u[v]);
      }
    }
  }
}

/// to (+)= value, of which the next rows lie `stride` floats apart; gives what is there then.
INLINE Lanes give_tap(float *to, Lanes value, long lanes, long stride, bool accumulate, bool streamed) {
  if (!streamed || lanes < lane_count) {
    fetch_to_write(to + rows_ahead * stride);
    return give_floats(to, value, lanes, accumulate);
  }
  if (accumulate) {
    fetch_early(to + rows_ahead * stride);
    value = load(to) + value;
  }
  stream(to, value);
  return value;
}

/// gradient (+)= G^T s G, where the sums of place (u, v) are a matrix of `rows` x `columns`. A gradient is read next by whatever thread comes to it,
/// in the next pass or by the optimiser, so it goes past the caches.
INLINE void interpolate_filters(SegueFiltering form, const float *sums, long place_stride, long row_stride, SegueTaps taps, long first_row, long rows,
                                long first_column, long columns, float *gradient, bool accumulate, bool *spoiled) {
  const int points = points_of(form), width = taps_of(form);
  bool streamed = are_whole_lines(gradient + first_column, taps.columns, 0);
  Lanes zeros = all(0);  // while all numbers are finite: see finite_step
  for (long row = 0; row < rows; row++) {
    for (long column = 0; column < columns; column += lane_count) {
      long lanes = columns - column < lane_count ? columns - column : lane_count;
      float *to = gradient + (first_row + row) * taps.columns + first_column + column;
      Lanes s[most_places], half[most_points * most_filter_taps], g[most_filter_taps * most_filter_taps];
      UNROLLED for (int at = 0; at < points * points; at++) s[at] = load_some(sums + at * place_stride + row * row_stride + column, lanes);
      UNROLLED for (int v = 0; v < points; v++) interpolate_taps(form, s + v, points, half + v, points);
      UNROLLED for (int p = 0; p < width; p++) interpolate_taps(form, half + p * points, 1, g + p * width, 1);
      UNROLLED for (int t = 0; t < width * width; t++) {
        const int a = t / width, b = t % width;
        if (!has_tap(&taps, a, b)) continue;
        zeros += give_tap(to + tap_offset(&taps, a, b), g[t], lanes, taps.columns, accumulate, streamed) * 0.0f;
      }
    }
  }
  if (sum_of(zeros) != 0) __atomic_store_n(spoiled, true, __ATOMIC_RELAXED);
}

// A function for each line of each form, in which both are constants: what only other lines need is then never computed.
#define MAKE(form, line) \
  APART void pack_line_##form##_##line(SegueTaps taps, long first_row, long rows, long first_column, long columns, long inner, long to_row, \
                                        float *packed, long place_stride) { \
    pack_line(form, line, taps, first_row, rows, first_column, columns, inner, to_row, packed, place_stride); \
  }
#define EACH_LINE(X) \
  X(SEGUE_F6X3, 0) X(SEGUE_F6X3, 1) X(SEGUE_F6X3, 2) X(SEGUE_F6X3, 3) X(SEGUE_F6X3, 4) X(SEGUE_F6X3, 5) X(SEGUE_F6X3, 6) X(SEGUE_F6X3, 7) \
  X(SEGUE_F4X3, 0) X(SEGUE_F4X3, 1) X(SEGUE_F4X3, 2) X(SEGUE_F4X3, 3) X(SEGUE_F4X3, 4) X(SEGUE_F4X3, 5) \
  X(SEGUE_F2X3, 0) X(SEGUE_F2X3, 1) X(SEGUE_F2X3, 2) X(SEGUE_F2X3, 3) \
  X(SEGUE_F4X2, 0) X(SEGUE_F4X2, 1) X(SEGUE_F4X2, 2) X(SEGUE_F4X2, 3) X(SEGUE_F4X2, 4) \
  X(SEGUE_F4X4, 0) X(SEGUE_F4X4, 1) X(SEGUE_F4X4, 2) X(SEGUE_F4X4, 3) X(SEGUE_F4X4, 4) X(SEGUE_F4X4, 5) X(SEGUE_F4X4, 6)
EACH_LINE(MAKE)
#undef MAKE

#define MAKE(form) \
  APART void interpolate_filters_##form(const float *sums, long place_stride, long row_stride, SegueTaps taps, long first_row, long rows, \
                                         long first_column, long columns, float *gradient, bool accumulate, bool *spoiled) { \
    interpolate_filters(form, sums, place_stride, row_stride, taps, first_row, rows, first_column, columns, gradient, accumulate, spoiled); \
  }
EACH_TRAINED_FORM(MAKE)
#undef MAKE

static void winograd_pack(SegueFiltering form, int line, SegueTaps taps, long first_row, long rows, long first_column, long columns, long inner,
                          long to_row, float *packed, long place_stride) {
#define CALL(known, this_line) \
  if (form == known && line == this_line) { \
    pack_line_##known##_##this_line(taps, first_row, rows, first_column, columns, inner, to_row, packed, place_stride); \
  }
  EACH_LINE(CALL)
#undef CALL
}

static void winograd_taps_gradient(SegueFiltering form, const float *sums, long place_stride, long row_stride, SegueTaps taps, long first_row, long rows,
                                   long first_column, long columns, float *gradient, bool accumulate, bool *spoiled) {
#define CALL(known) \
  if (form == known) { \
    interpolate_filters_##known(sums, place_stride, row_stride, taps, first_row, rows, first_column, columns, gradient, accumulate, spoiled); \
  }
  EACH_TRAINED_FORM(CALL)
#undef CALL
  finish_streams();
}
