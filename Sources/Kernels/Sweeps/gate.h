// Operations in which an image has one number for each channel: pooling over all pixels, its gradient, and channel attention.
#pragma once
#include "moments.h"

/// Adds or writes totals[image][channel] * factor to a map of 1x1 pixels.
static void give_totals(const double *totals, double factor, SegueMap to, bool accumulate) {
  for (long image = 0; image < to.images; image++) {
    float *row = to.data + image * to.stride;
    for (long c = 0; c < to.channels; c++) {
      double value = factor * totals[image * to.channels + c];
      row[c] = accumulate ? (float)((double)row[c] + value) : (float)value;
    }
  }
}

static void pixel_sums(SegueMap x, float factor, SegueMap sums, bool accumulate) {
  const double *totals = run_sums((Sweep){.operation = value_block, .map = {x}, .maps = 1, .by_image = true, .sums = 1});
  give_totals(totals, (double)factor, sums, accumulate);
}

INLINE void spread_step(const Block *block, Place place) { give(block, 0, place, coefficient(block, 0, place) * block->number[0]); }
static void spread_block(const Block *block) { each_place(block, spread_step); }

static void spread(SegueMap v, float factor, SegueMap y, bool accumulate) {
  run((Sweep){
    .operation = spread_block, .map = {y}, .maps = 1, .row = {v.data}, .row_step = {v.stride}, .rows = 1, .by_image = true,
    .number = {factor}, .accumulate = accumulate});
}

/// x * (gate + residual); number 0 is 1 for a residual, else 0.
INLINE void gate_step(const Block *block, Place place) {
  give(block, 1, place, get(block, 0, place) * (coefficient(block, 0, place) + block->number[0]));
}
static void gate_block(const Block *block) { each_place(block, gate_step); }

static void gate_backward(SegueMap dy, SegueMap gate, bool residual, SegueMap dx, bool accumulate) {
  run((Sweep){
    .operation = gate_block, .map = {dy, dx}, .maps = 2, .row = {gate.data}, .row_step = {gate.stride}, .rows = 1, .by_image = true,
    .number = {residual ? 1.0f : 0.0f}, .accumulate = accumulate});
}

/// Forward and backward are the same product.
static void gate(SegueMap x, SegueMap gate, bool residual, SegueMap y) { gate_backward(x, gate, residual, y, false); }

INLINE void product_step(const Block *block, Place place, Lanes *sums) {
  sums[0] = sums[0] + get(block, 0, place) * get(block, 1, place);
}
static void product_block(const Block *block) { each_column(block, 1, product_step); }

static void gate_sums(SegueMap x, SegueMap dy, SegueMap dgate, bool accumulate) {
  const double *totals = run_sums((Sweep){.operation = product_block, .map = {x, dy}, .maps = 2, .by_image = true, .sums = 1});
  give_totals(totals, 1, dgate, accumulate);
}
