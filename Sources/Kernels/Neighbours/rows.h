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

/// Reads one number of each cache line of pixels `first` ..< `end` of a row, from left to right.
///
/// Windows that move over an image read a few pixels of each of several rows at a time, which the processor does not recognise as
/// reading on. Read in order first, rows that lie in memory arrive up to twice as fast; it pays where a pixel is several lines long.
static void touch_pixels(const SegueMap *map, long row, long first, long end) {
  const float *from = pixel(map, row, first);
  float sum = 0;
  for (long at = 0; at < (end - first - 1) * map->stride + map->channels; at += lane_count) sum += from[at];
  __asm__ volatile("" : : "x"(sum));
}

/// Adds where `accumulate`, replaces where not; gives what is there then.
INLINE Lanes give_floats(float *to, Lanes value, long lanes, bool accumulate) {
  if (accumulate) value = load_some(to, lanes) + value;
  store_some(to, value, lanes);
  return value;
}
