// Mean and variance of each channel.
//
// A sum of squares loses the variance where the mean is large beside the deviation. So an estimate e of the mean is made first, from
// the first sixteenth of every tile, and then S1 = sum (x - e) and S2 = sum (x - e)^2 give
//   mean = e + S1 / n,   variance = S2 / n - (S1 / n)^2.
// However unlike the sample is to the rest: a sixteenth of the values whose mean is e, at a distance d from the mean of all, add at
// least d^2 / 16 to the variance. So (S1 / n)^2 <= 16 * variance, and the subtraction costs a few bits, never all of them.
#pragma once
#include "block.h"

enum { moments_sample = 16 };

INLINE void value_step(const Block *block, Place place, Lanes *sums) { sums[0] = sums[0] + get(block, 0, place); }
static void value_block(const Block *block) { each_column(block, 1, value_step); }

INLINE void deviation_step(const Block *block, Place place, Lanes *sums) {
  Lanes deviation = get(block, 0, place) - coefficient(block, 0, place);
  sums[0] = sums[0] + deviation;
  sums[1] = sums[1] + deviation * deviation;
}
static void deviation_block(const Block *block) { each_column(block, 2, deviation_step); }

/// How many pixels a sampling sweep looks at.
static long sampled_pixels(Sweep sweep) {
  plan(&sweep);
  long count = 0;
  for (long first = 0; first < sweep.pixels; first += sweep.tile_pixels) {
    long tile = sweep.pixels - first < sweep.tile_pixels ? sweep.pixels - first : sweep.tile_pixels;
    count += (tile + sweep.sample - 1) / sweep.sample;
  }
  return count;
}

static void channel_moments(SegueMap x, float *mean, float *variance) {
  Sweep sample = {.operation = value_block, .map = {x}, .maps = 1, .sums = 1, .sample = moments_sample};
  const double *values = run_sums(sample);
  double sampled = (double)sampled_pixels(sample);
  for (long c = 0; c < x.channels; c++) mean[c] = (float)(values[c] / sampled);

  const double *totals = run_sums((Sweep){.operation = deviation_block, .map = {x}, .maps = 1, .row = {mean}, .rows = 1, .sums = 2});
  double count = (double)(x.images * x.height * x.width);
  for (long c = 0; c < x.channels; c++) {
    double offset = totals[c] / count;
    double square = totals[x.channels + c] / count - offset * offset;
    mean[c] = (float)((double)mean[c] + offset);
    variance[c] = (float)(square > 0 ? square : 0);
  }
}
