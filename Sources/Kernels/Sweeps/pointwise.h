// Operations on each float alone, and the bias.
#pragma once
#include "../Lanes/elementary.h"
#include "moments.h"

INLINE void copy_step(const Block *block, Place place) { give(block, 1, place, get(block, 0, place)); }
static void copy_block(const Block *block) { each_place(block, copy_step); }

static void copy(SegueMap from, SegueMap to, bool accumulate) {
  run((Sweep){.operation = copy_block, .map = {from, to}, .maps = 2, .accumulate = accumulate});
}

INLINE void fill_step(const Block *block, Place place) { put(block, 0, place, all(block->number[0])); }
static void fill_block(const Block *block) { each_place(block, fill_step); }

static void fill(SegueMap to, float value) {
  run((Sweep){.operation = fill_block, .map = {to}, .maps = 1, .number = {value}});
}

INLINE void add_step(const Block *block, Place place) { put(block, 2, place, get(block, 0, place) + get(block, 1, place)); }
static void add_block(const Block *block) { each_place(block, add_step); }

INLINE void add_row_step(const Block *block, Place place) { put(block, 1, place, get(block, 0, place) + coefficient(block, 0, place)); }
static void add_row_block(const Block *block) { each_place(block, add_row_step); }

static void add(SegueMap a, SegueMap b, SegueMap y) {
  if (b.height == a.height && b.width == a.width) {
    run((Sweep){.operation = add_block, .map = {a, b, y}, .maps = 3});
  } else {
    run((Sweep){
      .operation = add_row_block, .map = {a, y}, .maps = 2, .row = {b.data}, .row_step = {b.stride}, .rows = 1, .by_image = true});
  }
}

/// 1 / (1 + exp(-x)) with the exponential of -|x|, which cannot overflow.
INLINE Lanes sigmoid_of(Lanes x) {
  Lanes small = exp_of_negative(-magnitude(x));
  return (x >= 0.0f ? all(1) : small) / (small + 1.0f);
}
INLINE void sigmoid_step(const Block *block, Place place) { put(block, 1, place, sigmoid_of(get(block, 0, place))); }
static void sigmoid_block(const Block *block) { each_place(block, sigmoid_step); }

static void sigmoid(SegueMap x, SegueMap y) { run((Sweep){.operation = sigmoid_block, .map = {x, y}, .maps = 2}); }

INLINE void sigmoid_backward_step(const Block *block, Place place) {
  Lanes y = get(block, 0, place);
  give(block, 2, place, get(block, 1, place) * (y * (1.0f - y)));
}
static void sigmoid_backward_block(const Block *block) { each_place(block, sigmoid_backward_step); }

static void sigmoid_backward(SegueMap y, SegueMap dy, SegueMap dx, bool accumulate) {
  run((Sweep){.operation = sigmoid_backward_block, .map = {y, dy, dx}, .maps = 3, .accumulate = accumulate});
}

INLINE void leaky_relu_step(const Block *block, Place place) {
  Lanes x = get(block, 0, place);
  put(block, 1, place, x > 0.0f ? x : x * block->number[0]);
}
static void leaky_relu_block(const Block *block) { each_place(block, leaky_relu_step); }

static void leaky_relu(SegueMap x, float slope, SegueMap y) {
  run((Sweep){.operation = leaky_relu_block, .map = {x, y}, .maps = 2, .number = {slope}});
}

INLINE void leaky_relu_backward_step(const Block *block, Place place) {
  Lanes dy = get(block, 1, place);
  give(block, 2, place, get(block, 0, place) > 0.0f ? dy : dy * block->number[0]);
}
static void leaky_relu_backward_block(const Block *block) { each_place(block, leaky_relu_backward_step); }

static void leaky_relu_backward(SegueMap y, SegueMap dy, float slope, SegueMap dx, bool accumulate) {
  run((Sweep){
    .operation = leaky_relu_backward_block, .map = {y, dy, dx}, .maps = 3, .number = {slope}, .accumulate = accumulate});
}

static void bias(SegueMap y, const float *bias) {
  run((Sweep){.operation = add_row_block, .map = {y, y}, .maps = 2, .row = {bias}, .rows = 1});
}

static void add_totals(const double *totals, long channels, float *to) {
  for (long c = 0; c < channels; c++) to[c] = (float)((double)to[c] + totals[c]);
}

static void bias_backward(SegueMap dy, float *dbias) {
  add_totals(run_sums((Sweep){.operation = value_block, .map = {dy}, .maps = 1, .sums = 1}), dy.channels, dbias);
}

INLINE void biased_leaky_relu_backward_step(const Block *block, Place place, Lanes *sums) {
  Lanes dy = get(block, 1, place), dx = get(block, 0, place) > 0.0f ? dy : dy * block->number[0];
  put(block, 2, place, dx);
  sums[0] = sums[0] + dx;
}
static void biased_leaky_relu_backward_block(const Block *block) { each_column(block, 1, biased_leaky_relu_backward_step); }

static void biased_leaky_relu_backward(SegueMap y, SegueMap dy, float slope, SegueMap dx, float *dbias) {
  Sweep sweep = {.operation = biased_leaky_relu_backward_block, .map = {y, dy, dx}, .maps = 3, .number = {slope}, .sums = 1};
  add_totals(run_sums(sweep), y.channels, dbias);
}
