// The inputs of tiles, evaluated in the Winograd domain: B^T d B for each channel.
#pragma once
#include "../Neighbours/rows.h"
#include "points.h"
#include "tiles.h"

/// d becomes B^T d B, where that does not fit into registers: columns and rows pass through them one after another.
INLINE void evaluate_large(SegueFiltering form, const float *from, long row_step, long pixel_step, long lanes, float *to, long place_stride, bool streamed) {
  const int points = points_of(form);
  Lanes down[most_places];
  ROLLED for (int v = 0; v < points; v++) {
    Lanes d[most_points];
    UNROLLED for (int u = 0; u < points; u++) {
      const float *at = from + u * row_step + v * pixel_step;
      d[u] = load_some(at, lanes);
      fetch_early(at + outputs_of(form) * pixel_step);
    }
    evaluate_input(form, d, 1);
    UNROLLED for (int u = 0; u < points; u++) down[u * points + v] = d[u];
  }
  ROLLED for (int u = 0; u < points; u++, to += points * place_stride) {
    Lanes d[most_points];
    UNROLLED for (int v = 0; v < points; v++) d[v] = down[u * points + v];
    evaluate_input(form, d, 1);
    give_points(d, points, to, place_stride, lanes, streamed);
  }
}

/// Asks for what the tile to the right adds to the pixels of a row: where they come from memory, reading is up to twice as fast.
INLINE void fetch_next_tile(SegueFiltering form, const float *row, long pixel_step) {
  UNROLLED for (int v = 0; v < outputs_of(form); v++) fetch_early(row + (points_of(form) + v) * pixel_step);
}

/// n x n pixels, `row_step` and `pixel_step` floats apart, of which every channel goes to n x n places, `place_stride` floats apart.
INLINE void evaluate_tile(SegueFiltering form, const float *from, long row_step, long pixel_step, long channels, float *to, long place_stride,
                          bool streamed) {
  const int points = points_of(form);
  const bool is_wide = form == SEGUE_F4X2 || channels >= 2 * lane_count;  // narrow pixels are near each other
  for (long c = 0; c < channels; c += lane_count) {
    long lanes = channels - c < lane_count ? channels - c : lane_count;
    if (is_large(form)) {
      evaluate_large(form, from + c, row_step, pixel_step, lanes, to + c, place_stride, streamed);
      continue;
    }
    Lanes d[most_places];
    UNROLLED for (int u = 0; u < points; u++) {
      UNROLLED for (int v = 0; v < points; v++) d[u * points + v] = load_some(from + u * row_step + v * pixel_step + c, lanes);
      if (is_wide) fetch_next_tile(form, from + u * row_step + c, pixel_step);
    }
    UNROLLED for (int v = 0; v < points; v++) evaluate_input(form, d + v, points);
    UNROLLED for (int u = 0; u < points; u++) evaluate_input(form, d + u * points, 1);
    give_points(d, points * points, to + c, place_stride, lanes, streamed);
  }
}

/// A tile that sticks out of the image, with zeros where it does.
static void copy_tile(const SegueMap *source, long image, long row, long column, long step, long span, long points, float *to) {
  for (long u = 0; u < points; u++) {
    long y = row + u * step;
    for (long v = 0; v < points * span; v++, to += source->channels) {
      long x = column + v / span * step + v % span;
      bool inside = y >= 0 && y < source->height && x >= 0 && x < source->width;
      if (inside) copy_floats(to, pixel(source, image * source->height + y, x), source->channels);
      else zero_floats(to, source->channels);
    }
  }
}

INLINE void evaluate_inputs(SegueFiltering form, SegueTiling tiling, long first, long count, SegueMap source, long step, long span, long top, long left,
                            float *to, long place_stride, long row_stride, bool streamed) {
  const long points = points_of(form), reach = (points - 1) * step, channels = span * source.channels;
  float *copy = segue_slot(slot_task, points * points * channels);
  for (long tile = 0; tile < count; tile++, to += row_stride) {
    TilePlace place = place_of(&tiling, first + tile);
    long row = place.row * step + top, column = place.column * step + left;
    bool inside = row >= 0 && column >= 0 && row + reach < source.height && column + reach + span <= source.width;
    if (inside) {
      const float *from = pixel(&source, place.image * source.height + row, column);
      evaluate_tile(form, from, step * source.width * source.stride, step * source.stride, channels, to, place_stride, streamed);
    } else {
      copy_tile(&source, place.image, row, column, step, span, points, copy);
      evaluate_tile(form, copy, points * channels, channels, channels, to, place_stride, streamed);
    }
  }
}

#define MAKE(form) \
  APART void evaluate_inputs_##form(SegueTiling tiling, long first, long count, SegueMap source, long step, long span, long top, long left, float *to, \
                                     long place_stride, long row_stride, bool streamed) { \
    evaluate_inputs(form, tiling, first, count, source, step, span, top, left, to, place_stride, row_stride, streamed); \
  }
EACH_FORM(MAKE)
#undef MAKE

static void winograd_input(SegueTiling tiling, long first, long count, SegueMap source, long step, long span, long top, long left, float *to,
                           long place_stride, long row_stride, bool streamed) {
  streamed = streamed && are_whole_lines(to, place_stride, row_stride);
#define CALL(known) \
  if (tiling.form == known) { \
    evaluate_inputs_##known(tiling, first, count, source, step, span, top, left, to, place_stride, row_stride, streamed); \
  }
  EACH_FORM(CALL)
#undef CALL
  if (streamed) finish_streams();
}
