// A rectangle of a map as dense rows of pixels, with zeros where it sticks out: in it, the window of every pixel lies in as many
// runs as it has rows, whether at the border of the map or not, and whether or not the map is a slice.
#pragma once
#include "../Matrix/bf16.h"
#include "rows.h"

/// `stride` floats from pixel to pixel; or words of two neighbouring channels (Matrix/bf16.h).
INLINE void copy_rectangle(SegueMap source, long image, long top, long left, long height, long width, float *to, long stride, bool bf16) {
  long channels = source.channels;
  long before = least(most(-left, 0), width), end = most(before, least(source.width - left, width));
  bool is_dense = source.stride == channels && stride == (bf16 ? channels / 2 : channels);
  // Of a dense rectangle, a row at once.
  long pixels = is_dense ? end - before : 1;
  for (long row = top; row < top + height; row++, to += width * stride) {
    if (row < 0 || row >= source.height) {
      zero_floats(to, width * stride);
      continue;
    }
    const float *from = pixel(&source, image * source.height + row, left + before);
    zero_floats(to, before * stride);
    for (long i = before; i < end; i += pixels, from += pixels * source.stride) {
      if (bf16) pair_neighbours(to + i * stride, from, pixels * channels);
      else copy_floats(to + i * stride, from, pixels * channels);
    }
    zero_floats(to + end * stride, (width - end) * stride);
  }
}

static void copy_padded(SegueMap source, long image, long top, long left, long height, long width, float *to) {
  copy_rectangle(source, image, top, left, height, width, to, source.channels, false);
}

static void copy_padded_bf16(SegueMap source, long image, long top, long left, long height, long width, float *to, long stride) {
  copy_rectangle(source, image, top, left, height, width, to, stride, true);
}
