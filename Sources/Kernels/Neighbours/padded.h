// A rectangle of a map as dense rows of pixels, with zeros where it sticks out: in it, the window of every pixel lies in as many
// runs as it has rows, whether at the border of the map or not, and whether or not the map is a slice.
#pragma once
#include "rows.h"

static void copy_padded(SegueMap source, long image, long top, long left, long height, long width, float *to) {
  long channels = source.channels;
  long before = least(most(-left, 0), width), end = most(before, least(source.width - left, width));
  for (long row = top; row < top + height; row++, to += width * channels) {
    if (row < 0 || row >= source.height) {
      zero_floats(to, width * channels);
      continue;
    }
    const float *from = pixel(&source, image * source.height + row, left + before);
    float *at = to + before * channels;
    zero_floats(to, before * channels);
    if (source.stride == channels) {
      copy_floats(at, from, (end - before) * channels);
    } else {
      for (long i = before; i < end; i++, at += channels, from += source.stride) copy_floats(at, from, channels);
    }
    zero_floats(to + end * channels, (width - end) * channels);
  }
}
