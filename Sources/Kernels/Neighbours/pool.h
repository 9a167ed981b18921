// Average pooling: a depthwise convolution whose weights are all 1 / kernel^2.
#pragma once
#include "depthwise_data.h"

static const float *equal_weights(long kernel, long channels) {
  long count = kernel * kernel * channels;
  float *weights = segue_slot(slot_rows, count);
  for (long i = 0; i < count; i++) weights[i] = 1.0f / (float)(kernel * kernel);
  return weights;
}

static void average_pool(SegueMap x, long kernel, long step, long padding, SegueMap y) {
  depthwise(x, equal_weights(kernel, x.channels), kernel, step, padding, y);
}

static void average_pool_backward(SegueMap dy, long kernel, long step, long padding, SegueMap dx, bool accumulate) {
  depthwise_backward_data(dy, equal_weights(kernel, dy.channels), kernel, step, padding, dx, accumulate);
}
