// Rectangles of maps in words of two bfloat16 (Matrix/bf16.h).
#pragma once
#include "../Matrix/bf16.h"
#include "rows.h"

/// As copy_padded, with neighbouring channels in a word; the words of a pixel begin `stride` after those of the one before.
static void copy_padded_bf16(SegueMap source, long image, long top, long left, long height, long width, float *to, long stride) {
  long channels = source.channels, words = channels / 2;
  long before = least(most(-left, 0), width), end = most(before, least(source.width - left, width));
  for (long row = top; row < top + height; row++, to += width * stride) {
    if (row < 0 || row >= source.height) {
      zero_floats(to, width * stride);
      continue;
    }
    const float *from = pixel(&source, image * source.height + row, left + before);
    float *at = to + before * stride;
    zero_floats(to, before * stride);
    if (source.stride == channels && stride == words) {
      pair_neighbours(at, from, (end - before) * channels);
    } else {
      for (long i = before; i < end; i++, at += stride, from += source.stride) pair_neighbours(at, from, channels);
    }
    zero_floats(to + end * stride, (width - end) * stride);
  }
}
