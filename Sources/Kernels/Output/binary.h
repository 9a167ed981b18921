// Binary cross-entropy of sigmoid(x), for the discriminator. With t the target, the loss of a number is
//   max(x, 0) - x * t + log(1 + exp(-|x|)),
// which neither overflows nor loses small losses, and its gradient sigmoid(x) - t.
#pragma once
#include "../Lanes/elementary.h"
#include "../Sweeps/pointwise.h"

/// Numbers: target, and the factor of the gradient.
INLINE void binary_loss_step(const Block *block, Place place, Lanes *sums) {
  Lanes x = get(block, 0, place);
  Lanes loss = larger(x, all(0)) - x * block->number[0] + log_of_one_plus(exp_of_negative(-magnitude(x)));
  sums[0] = sums[0] + loss;
}
INLINE void binary_gradient_step(const Block *block, Place place) {
  Lanes gradient = sigmoid_of(get(block, 0, place)) - block->number[0];
  put(block, 1, place, gradient * block->number[1]);
}
static void binary_loss_block(const Block *block) { each_column(block, 1, binary_loss_step); }
static void binary_gradient_block(const Block *block) { each_place(block, binary_gradient_step); }

static double binary_cross_entropy(SegueMap x, float target, float weight, SegueMap dx) {
  double count = (double)(x.images * x.height * x.width * x.channels);
  const double *totals = run_sums((Sweep){.operation = binary_loss_block, .map = {x}, .maps = 1, .sums = 1, .number = {target}});
  double loss = 0;
  for (long c = 0; c < x.channels; c++) loss += totals[c];
  if (dx.data) {
    run((Sweep){
      .operation = binary_gradient_block, .map = {x, dx}, .maps = 2, .number = {target, (float)((double)weight / count)}});
  }
  return loss / count;
}
