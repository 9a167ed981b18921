// Work shared out by rows of pixels.
#pragma once
#include "../Lanes/lanes.h"

enum { task_floats = 16384 };

/// How many rows of `floats` floats make a task.
INLINE long rows_in_task(long floats) { return floats >= task_floats ? 1 : task_floats / floats; }

INLINE long ceiling(long number, long divisor) { return (number + divisor - 1) / divisor; }
INLINE long least(long a, long b) { return a < b ? a : b; }
INLINE long most(long a, long b) { return a > b ? a : b; }

/// The first float of pixel (row, column), with rows counted through all images.
INLINE float *pixel(const SegueMap *map, long row, long column) { return map->data + (row * map->width + column) * map->stride; }

/// Adds where `accumulate`, replaces where not.
INLINE void give_floats(float *to, Lanes value, long lanes, bool accumulate) {
  if (accumulate) value = load_some(to, lanes) + value;
  store_some(to, value, lanes);
}
