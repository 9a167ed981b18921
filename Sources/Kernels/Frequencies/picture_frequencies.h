// The lowest frequencies of a picture, [height][width][channels], first along its columns, then along its rows.
#pragma once
#include "../Matrix/transpose.h"
#include "add_frequencies.h"
#include "low_frequencies.h"

typedef struct {
  const float *from;
  long rows, columns;
  float *to;
} Turn;

enum { turn_side = 4 * lane_count };

static void turn_task(void *context, long task) {
  const Turn *job = context;
  long across = ceiling(job->columns, turn_side), top = task / across * turn_side, left = task % across * turn_side;
  for (long row = top; row < least(top + turn_side, job->rows); row += lane_count) {
    long rows = least(lane_count, job->rows - row);
    for (long column = left; column < least(left + turn_side, job->columns); column += lane_count) {
      long columns = least(lane_count, job->columns - column);
      Lanes block[lane_count];
      UNROLLED for (int i = 0; i < lane_count; i++) {
        block[i] = i < rows ? load_some(job->from + (row + i) * job->columns + column, columns) : all(0);
      }
      transpose(block);
      UNROLLED for (int i = 0; i < lane_count; i++) {
        if (i < columns) store_some(job->to + (column + i) * job->rows + row, block[i], rows);
      }
    }
  }
}

/// [rows][columns] to [columns][rows].
static void turn(const float *from, long rows, long columns, float *to) {
  Turn job = {from, rows, columns, to};
  segue_parallel(ceiling(rows, turn_side) * ceiling(columns, turn_side), turn_task, &job);
}

static void picture_frequencies(const float *values, long height, long width, long channels, const float *vertical, long vertical_count,
                                const float *horizontal, long horizontal_count, float *frequencies) {
  long few = 2 * vertical_count, floats = few * width * channels;
  float *upright = segue_slot(slot_partials, floats), *turned = segue_slot(slot_totals, floats);
  low_frequencies(values, height, width * channels, vertical, vertical_count, upright);
  turn(upright, few, width * channels, turned);
  low_frequencies(turned, width, few * channels, horizontal, horizontal_count, frequencies);
}

static void add_picture_frequencies(const float *values, const float *frequencies, long height, long width, long channels,
                                    const float *vertical, long vertical_count, const float *horizontal, long horizontal_count, float *to) {
  long few = 2 * vertical_count, floats = few * width * channels;
  float *upright = segue_slot(slot_partials, floats), *turned = segue_slot(slot_totals, floats);
  add_frequencies(NULL, frequencies, width, few * channels, horizontal, horizontal_count, turned);
  turn(turned, width * channels, few, upright);
  add_frequencies(values, upright, height, width * channels, vertical, vertical_count, to);
}
