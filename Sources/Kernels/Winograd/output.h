// The outputs of tiles from the products in the Winograd domain: A^T p A; and the other way round, the outputs' gradients in the Winograd domain: A y A^T.
#pragma once
#include "../Matrix/pack.h"
#include "../Neighbours/rows.h"
#include "points.h"
#include "tiles.h"

/// How much of a tile lies in the grid and in the target, and where: rows `row` ..< `row_end` of the tile, columns likewise.
typedef struct {
  long row, row_end, column, column_end;
} TilePart;

INLINE TilePart part_in(const SegueTiling *tiling, TilePlace place, const SegueMap *map, long step, long top, long left) {
  long outputs = outputs_of(tiling->form);
  TilePart part = {0, least(outputs, tiling->height - place.row), 0, least(outputs, tiling->width - place.column)};
  while (part.row < part.row_end && (place.row + part.row) * step + top < 0) part.row++;
  while (part.row_end > part.row && (place.row + part.row_end - 1) * step + top >= map->height) part.row_end--;
  while (part.column < part.column_end && (place.column + part.column) * step + left < 0) part.column++;
  while (part.column_end > part.column && (place.column + part.column_end - 1) * step + left >= map->width) part.column_end--;
  return part;
}

INLINE void interpolate_tile(SegueFiltering form, const float *from, long place_stride, long c, long lanes, Lanes *y) {
  const int points = points_of(form), outputs = outputs_of(form);
  Lanes p[most_places], half[most_places];
  UNROLLED for (int at = 0; at < points * points; at++) p[at] = load_some(from + at * place_stride + c, lanes);
  UNROLLED for (int v = 0; v < points; v++) interpolate_output(form, p + v, points, half + v, points);
  UNROLLED for (int u = 0; u < outputs; u++) interpolate_output(form, half + u * points, 1, y + u * outputs, 1);
}

/// The same where that does not fit into registers: columns and rows pass through them one after another.
INLINE void interpolate_large(SegueFiltering form, const float *from, long place_stride, long c, long lanes, Lanes *y) {
  const int points = points_of(form), outputs = outputs_of(form);
  Lanes down[most_points * most_outputs];
  ROLLED for (int v = 0; v < points; v++) {
    Lanes p[most_points], half[most_outputs];
    UNROLLED for (int u = 0; u < points; u++) p[u] = load_some(from + (u * points + v) * place_stride + c, lanes);
    interpolate_output(form, p, 1, half, 1);
    UNROLLED for (int u = 0; u < outputs; u++) down[u * points + v] = half[u];
  }
  ROLLED for (int u = 0; u < outputs; u++) {
    Lanes p[most_points], line[most_outputs];
    UNROLLED for (int v = 0; v < points; v++) p[v] = down[u * points + v];
    interpolate_output(form, p, 1, line, 1);
    UNROLLED for (int v = 0; v < outputs; v++) y[u * outputs + v] = line[v];
  }
}

/// Asks for the pixels of the tile to the right, `to` being a channel of this one's first pixel.
INLINE void fetch_next_outputs(SegueFiltering form, const float *to, long row_step, long pixel_step, void (*ask)(const float *)) {
  const int outputs = outputs_of(form);
  UNROLLED for (int u = 0; u < outputs; u++) {
    UNROLLED for (int v = 0; v < outputs; v++) ask(to + u * row_step + (outputs + v) * pixel_step);
  }
}

/// Maps of this many floats and more go past the caches: they are read when they have left the second-level one, and a line that is not read
/// before it is written costs half.
enum { large_map = 1 << 20 };

INLINE void interpolate_outputs(SegueFiltering form, SegueTiling tiling, long first, long count, const float *from, long place_stride, long row_stride,
                                SegueMap target, long step, long top, long left, bool accumulate, const SegueEpilogue *after) {
  const int outputs = outputs_of(form);
  const bool is_large_map = target.images * target.height * target.width * target.stride >= large_map;
  const bool streamed = is_large_map && !accumulate && are_whole_lines(target.data, target.stride, 0);
  for (long tile = 0; tile < count; tile++, from += row_stride) {
    TilePlace place = place_of(&tiling, first + tile);
    TilePart part = part_in(&tiling, place, &target, step, top, left);
    bool whole = part.row == 0 && part.row_end == outputs && part.column == 0 && part.column_end == outputs;
    float *to = pixel(&target, place.image * target.height + place.row * step + top, place.column * step + left);
    const long row_step = step * target.width * target.stride, pixel_step = step * target.stride;
    for (long c = 0; c < target.channels; c += lane_count) {
      long lanes = target.channels - c < lane_count ? target.channels - c : lane_count;
      if (!streamed) fetch_next_outputs(form, to + c, row_step, pixel_step, fetch_to_write);
      Lanes y[most_outputs * most_outputs];
      if (is_large(form)) interpolate_large(form, from, place_stride, c, lanes, y);
      else interpolate_tile(form, from, place_stride, c, lanes, y);
      if (after->shift) {
        UNROLLED for (int at = 0; at < outputs * outputs; at++) y[at] = finished(y[at], after, c, lanes);
      }
      if (whole && !accumulate) {
        UNROLLED for (int u = 0; u < outputs; u++) {
          UNROLLED for (int v = 0; v < outputs; v++) {
            float *at = to + u * row_step + v * pixel_step + c;
            if (streamed && lanes == lane_count) stream(at, y[u * outputs + v]);
            else store_some(at, y[u * outputs + v], lanes);
          }
        }
      } else {
        for (long u = part.row; u < part.row_end; u++) {
          for (long v = part.column; v < part.column_end; v++) {
            float *at = to + u * row_step + v * pixel_step + c;
            Lanes value = y[u * outputs + v];
            store_some(at, accumulate ? load_some(at, lanes) + value : value, lanes);
          }
        }
      }
    }
  }
  if (streamed) finish_streams();
}

INLINE void evaluate_gradients(SegueFiltering form, SegueTiling tiling, long first, long count, SegueMap gradient, float *packed, long place_stride,
                               long rows_in_all, long first_row) {
  const int points = points_of(form), outputs = outputs_of(form);
  const bool streamed = are_whole_lines(packed, place_stride, 0);
  for (long tile = 0; tile < count; tile++) {
    TilePlace place = place_of(&tiling, first + tile);
    long rows = least(outputs, tiling.height - place.row), columns = least(outputs, tiling.width - place.column);
    const float *from = pixel(&gradient, place.image * gradient.height + place.row, place.column);
    const long row_step = gradient.width * gradient.stride;
    for (long c = 0; c < gradient.channels; c += lane_count) {
      long lanes = gradient.channels - c < lane_count ? gradient.channels - c : lane_count;
      fetch_next_outputs(form, from + c, row_step, gradient.stride, fetch_early);
      Lanes y[16], half[most_places], p[most_places];
      UNROLLED for (int u = 0; u < outputs; u++) {
        UNROLLED for (int v = 0; v < outputs; v++) {
          y[u * outputs + v] = u < rows && v < columns ? load_some(from + u * row_step + v * gradient.stride + c, lanes) : all(0);
        }
      }
      UNROLLED for (int v = 0; v < outputs; v++) evaluate_gradient(form, y + v, outputs, half + v, outputs);
      float *to = packed_at(packed, rows_in_all, gradient.channels, first_row + tile, c);
      if (is_large(form)) {
        ROLLED for (int u = 0; u < points; u++) {
          evaluate_gradient(form, half + u * outputs, 1, p, 1);
          give_points(p, points, to + u * points * place_stride, place_stride, lane_count, streamed);
        }
      } else {
        UNROLLED for (int u = 0; u < points; u++) evaluate_gradient(form, half + u * outputs, 1, p + u * points, 1);
        give_points(p, points * points, to, place_stride, lane_count, streamed);
      }
    }
  }
  if (streamed) finish_streams();
}

#define MAKE(form) \
  APART void interpolate_outputs_##form(SegueTiling tiling, long first, long count, const float *from, long place_stride, long row_stride, \
                                         SegueMap target, long step, long top, long left, bool accumulate, const SegueEpilogue *after) { \
    interpolate_outputs(form, tiling, first, count, from, place_stride, row_stride, target, step, top, left, accumulate, after); \
  }
EACH_FORM(MAKE)
#undef MAKE

#define MAKE(form) \
  APART void evaluate_gradients_##form(SegueTiling tiling, long first, long count, SegueMap gradient, float *packed, long place_stride, \
                                        long rows, long first_row) { \
    evaluate_gradients(form, tiling, first, count, gradient, packed, place_stride, rows, first_row); \
  }
EACH_TRAINED_FORM(MAKE)
#undef MAKE

static void winograd_output(SegueTiling tiling, long first, long count, const float *from, long place_stride, long row_stride, SegueMap target,
                            long step, long top, long left, bool accumulate, SegueEpilogue after) {
#define CALL(known) \
  if (tiling.form == known) interpolate_outputs_##known(tiling, first, count, from, place_stride, row_stride, target, step, top, left, accumulate, &after);
  EACH_FORM(CALL)
#undef CALL
}

static void winograd_output_gradient(SegueTiling tiling, long first, long count, SegueMap gradient, float *packed, long place_stride, long rows,
                                     long first_row) {
#define CALL(known) \
  if (tiling.form == known) evaluate_gradients_##known(tiling, first, count, gradient, packed, place_stride, rows, first_row);
  EACH_TRAINED_FORM(CALL)
#undef CALL
}
