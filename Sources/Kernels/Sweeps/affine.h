// y = x * scale + shift for each channel, with or without max(0, .): batch normalisation once the moments are known, and what its
// gradient needs. Backward, x * scale + shift is computed again to see where the maximum was 0: cheaper than to have kept it.
#pragma once
#include "block.h"

/// max(y, floor) is the ReLU where floor is 0 and nothing where it is -infinity; y > floor says where a gradient passes.
static float floor_for(bool relu) { return relu ? 0.0f : -INFINITY; }

INLINE void affine_step(const Block *block, Place place) {
  Lanes y = get(block, 0, place) * coefficient(block, 0, place) + coefficient(block, 1, place);
  put(block, 1, place, larger(y, all(block->number[0])));
}
static void affine_block(const Block *block) { each_place(block, affine_step); }

static void channel_affine(SegueMap x, const float *scale, const float *shift, bool relu, SegueMap y) {
  run((Sweep){.operation = affine_block, .map = {x, y}, .maps = 2, .row = {scale, shift}, .rows = 2, .number = {floor_for(relu)}});
}

/// The gradient that reaches x * scale + shift; x is map 0, dy map 1, scale and shift rows 0 and 1.
INLINE Lanes passed_gradient(const Block *block, Place place, Lanes x) {
  Lanes y = x * coefficient(block, 0, place) + coefficient(block, 1, place);
  return y > block->number[0] ? get(block, 1, place) : all(0);
}

INLINE void affine_sums_step(const Block *block, Place place, Lanes *sums) {
  Lanes x = get(block, 0, place), g = passed_gradient(block, place, x);
  sums[0] = sums[0] + g;
  sums[1] = sums[1] + g * (x - coefficient(block, 2, place));
}
static void affine_sums_block(const Block *block) { each_column(block, 2, affine_sums_step); }

static void channel_affine_sums(SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean,
                                float *sum_g, float *sum_gx) {
  const double *totals = run_sums((Sweep){
    .operation = affine_sums_block, .map = {x, dy}, .maps = 2, .row = {scale, shift, mean}, .rows = 3, .sums = 2,
    .number = {floor_for(relu)}});
  for (long c = 0; c < x.channels; c++) {
    sum_g[c] = (float)totals[c];
    sum_gx[c] = (float)totals[x.channels + c];
  }
}

INLINE void affine_backward_step(const Block *block, Place place) {
  Lanes x = get(block, 0, place), g = passed_gradient(block, place, x);
  Lanes centred = x - coefficient(block, 2, place);
  Lanes rest = coefficient(block, 4, place) * centred + coefficient(block, 5, place);
  give(block, 2, place, coefficient(block, 3, place) * g + rest);
}
static void affine_backward_block(const Block *block) { each_place(block, affine_backward_step); }

static void channel_affine_backward(SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean,
                                    const float *a, const float *b, const float *d, SegueMap dx, bool accumulate) {
  run((Sweep){
    .operation = affine_backward_block, .map = {x, dy, dx}, .maps = 3, .row = {scale, shift, mean, a, b, d}, .rows = 6,
    .number = {floor_for(relu)}, .accumulate = accumulate});
}
