// The lowest frequencies of a picture, [height][width][channels], first along its columns, then along its rows.
#pragma once
#include "add_frequencies.h"
#include "low_frequencies.h"

typedef struct {
  const float *from;
  long rows, columns, channels;
  float *to;
} Turn;

enum { turn_columns = 64 };

static void turn_task(void *context, long task) {
  const Turn *job = context;
  long first = task * turn_columns, end = least(first + turn_columns, job->columns), channels = job->channels;
  for (long column = first; column < end; column++) {
    const float *from = job->from + column * channels;
    float *to = job->to + column * job->rows * channels;
    for (long row = 0; row < job->rows; row++, from += job->columns * channels) {
      for (long channel = 0; channel < channels; channel++) *to++ = from[channel];
    }
  }
}

/// [rows][columns][channels] to [columns][rows][channels].
static void turn(const float *from, long rows, long columns, long channels, float *to) {
  Turn job = {from, rows, columns, channels, to};
  segue_parallel(ceiling(columns, turn_columns), turn_task, &job);
}

static void picture_frequencies(const float *values, long height, long width, long channels, const float *vertical, long vertical_count,
                                const float *horizontal, long horizontal_count, float *frequencies) {
  long few = 2 * vertical_count, floats = few * width * channels;
  float *upright = segue_slot(slot_partials, floats), *turned = segue_slot(slot_totals, floats);
  low_frequencies(values, height, width * channels, vertical, vertical_count, upright);
  turn(upright, few, width, channels, turned);
  low_frequencies(turned, width, few * channels, horizontal, horizontal_count, frequencies);
}

static void add_picture_frequencies(const float *values, const float *frequencies, long height, long width, long channels,
                                    const float *vertical, long vertical_count, const float *horizontal, long horizontal_count, float *to) {
  long few = 2 * vertical_count, floats = few * width * channels;
  float *upright = segue_slot(slot_partials, floats), *turned = segue_slot(slot_totals, floats);
  add_frequencies(NULL, frequencies, width, few * channels, horizontal, horizontal_count, turned);
  turn(turned, width, few, channels, upright);
  add_frequencies(values, upright, height, width * channels, vertical, vertical_count, to);
}
