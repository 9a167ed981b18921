// Which taps of a window meet which pixels, forwards and backwards.
#pragma once
#include "rows.h"

/// The taps [first, end) that stay inside `size` when the kernel's corner is at `corner`.
typedef struct {
  long first, end;
} TapRange;
INLINE TapRange taps_inside(long corner, long kernel, long size) { return (TapRange){most(0, -corner), least(kernel, size - corner)}; }

// Backwards: pixel (r, s) of x was met by tap (k, l) of y's pixel ((r + padding - k) / step, (s + padding - l) / step), where these are
// whole numbers. So the taps of a pixel lie `step` apart, from the remainder on, while y's pixel goes back by one.

/// The taps that met a row or column of x: tap `first` met line `line` of y, tap first + step line - 1, and so on, `count` of them.
typedef struct {
  long first, line, count;
} TapsBack;

INLINE TapsBack taps_back(long position, long padding, long kernel, long step, long lines) {
  long first = (position + padding) % step, line = (position + padding) / step;
  long past = most(0, line - lines + 1);  // y has no such lines
  first += past * step;
  line -= past;
  return (TapsBack){first, line, most(0, least(line + 1, ceiling(kernel - first, step)))};
}
