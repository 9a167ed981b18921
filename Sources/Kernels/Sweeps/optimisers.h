// Updates of parameters: sweeps over maps of one channel.
#pragma once
#include "block.h"

static SegueMap line(const float *values, long count) { return (SegueMap){(float *)values, 1, 1, count, 1, 1}; }

/// Numbers: rate, momentum, decay.
INLINE void sgd_step(const Block *block, Place place) {
  Lanes weight = get(block, 0, place), gradient = get(block, 2, place) + weight * block->number[2];
  Lanes velocity = get(block, 1, place) * block->number[1] + gradient;
  put(block, 1, place, velocity);
  put(block, 0, place, weight - velocity * block->number[0]);
}
static void sgd_block(const Block *block) { each_place(block, sgd_step); }

static void sgd(float *weights, float *velocity, const float *gradient, long count, float rate, float momentum, float decay) {
  run((Sweep){
    .operation = sgd_block, .map = {line(weights, count), line(velocity, count), line(gradient, count)}, .maps = 3,
    .number = {rate, momentum, decay}});
}

/// Numbers: beta1, 1 - beta1, beta2, 1 - beta2 (each rounded once, from double), rate / (1 - beta1^step), 1 / sqrt(1 - beta2^step), epsilon.
INLINE void adam_step(const Block *block, Place place) {
  Lanes gradient = get(block, 3, place);
  Lanes first = get(block, 1, place) * block->number[0] + gradient * block->number[1];
  Lanes second = get(block, 2, place) * block->number[2] + (gradient * gradient) * block->number[3];
  put(block, 1, place, first);
  put(block, 2, place, second);
  Lanes root = __builtin_elementwise_sqrt(second) * block->number[5] + block->number[6];
  put(block, 0, place, get(block, 0, place) - (first / root) * block->number[4]);
}
static void adam_block(const Block *block) { each_place(block, adam_step); }

static void adam(float *weights, float *first, float *second, const float *gradient, long count, float rate, double beta1,
                 double beta2, float epsilon, long step) {
  double correction1 = 1 - pow(beta1, (double)step), correction2 = 1 - pow(beta2, (double)step);
  run((Sweep){
    .operation = adam_block, .map = {line(weights, count), line(first, count), line(second, count), line(gradient, count)}, .maps = 4,
    .number = {(float)beta1, (float)(1 - beta1), (float)beta2, (float)(1 - beta2), (float)((double)rate / correction1), (float)(1 / sqrt(correction2)), epsilon}});
}

/// 0 for a finite number; infinity * 0 and NaN * 0 are NaN, and a sum never loses a NaN.
INLINE void finite_step(const Block *block, Place place, Lanes *sums) { sums[0] = sums[0] + get(block, 0, place) * 0.0f; }
static void finite_block(const Block *block) { each_column(block, 1, finite_step); }

static bool all_finite(const float *values, long count) {
  return count == 0 || run_sums((Sweep){.operation = finite_block, .map = {line(values, count)}, .maps = 1, .sums = 1})[0] == 0;
}
