// What both ways of resizing a picture of bytes share.
//
// A byte of the result is a sum of bytes, weighed in fixed point of 22 bits, which fits in 32: Pillow's way, to its rounding.
#pragma once
#include "../Neighbours/rows.h"
#include "../Output/labels.h"

enum { resample_bits = 22, resample_half = 1 << (resample_bits - 1) };

/// Result i is made of counts[i] values from starts[i] on, with the weights[i * stride] ....
typedef struct {
  const uint8_t *from;
  long rows, row_bytes;  // of `from`
  const int32_t *starts, *counts, *weights;
  long stride, results, taps;
  uint8_t *to;
} Resampling;

/// The most values that a result is made of.
static long most_taps(const int32_t *counts, long results) {
  long taps = 0;
  for (long i = 0; i < results; i++) taps = counts[i] > taps ? counts[i] : taps;
  return taps;
}
