// Bilinear upsampling with aligned corners, as a plan that the output kernels share.
//
// Pixel y of H lies at y * (h - 1) / (H - 1) between rows of a low-resolution map of h rows. All rows of the output between the same
// two low rows - an interval - use those two only, so an interval is a task, and within it the work goes from the left to the right
// in blocks of sixteen columns: what the two low rows give at these columns is worked out once (`top`, and `slope` towards the
// row below), and each output row of the block is top + fraction * slope. Nothing of the output's size is ever stored.
//
// Along a row, output pixel x takes 1 - f of one low pixel and f of the next. For a block this is turned round: each low pixel that
// the block touches has sixteen weights, mostly zeros. Sums over low pixels of weights * value need no gathering of lanes, and
// backwards the same weights give each low pixel its share.
#pragma once
#include "../Neighbours/rows.h"

/// Between low-resolution pixels `index` and `index` + 1, so far.
typedef struct {
  long index;
  float fraction;
} Position;

/// Low-resolution pixels first ..< first + count make a block of sixteen outputs, each with sixteen weights.
typedef struct {
  long first, count;
  const float *weights;
} Columns;

typedef struct {
  SegueMap low;
  long height, width;      // of the output
  long intervals;          // between low rows, in an image
  const long *first_row;   // the first output row of each interval, and the output's height
  const Columns *columns;  // of each block
  long blocks;
} Upsampling;

/// In float32 as PyTorch has it: the scale rounded first, then the product.
INLINE Position position_of(long output, long outputs, long lows) {
  float scale = outputs > 1 ? (float)(lows - 1) / (float)(outputs - 1) : 0.0f;
  float source = scale * (float)output;
  long index = most(0, least((long)source, lows - 2));
  float fraction = source - (float)index;
  return (Position){index, fraction > 1 ? 1 : fraction};
}

static Upsampling plan_upsampling(SegueMap low, long height, long width) {
  Upsampling plan = {.low = low, .height = height, .width = width, .intervals = most(low.height - 1, 1), .blocks = ceiling(width, lane_count)};
  long weight_floats = (low.width + 2 * plan.blocks) * lane_count;
  long word = sizeof(long) / sizeof(float), entry = sizeof(Columns) / sizeof(float);
  float *memory = segue_slot(slot_rows, weight_floats + plan.blocks * entry + (plan.intervals + 1) * word);
  float *weights = memory;
  Columns *columns = (Columns *)(void *)(memory + weight_floats);
  long *first_row = (long *)(void *)(memory + weight_floats + plan.blocks * entry);

  for (long block = 0; block < plan.blocks; block++) {
    long begin = block * lane_count, end = least(begin + lane_count, width);
    long first = position_of(begin, width, low.width).index;
    long last = least(position_of(end - 1, width, low.width).index + 1, low.width - 1);
    columns[block] = (Columns){first, last - first + 1, weights};
    zero_floats(weights, (last - first + 1) * lane_count);
    for (long x = begin; x < end; x++) {
      Position at = position_of(x, width, low.width);
      long next = least(at.index + 1, low.width - 1);
      weights[(at.index - first) * lane_count + x - begin] += 1 - at.fraction;
      weights[(next - first) * lane_count + x - begin] += at.fraction;
    }
    weights += (last - first + 1) * lane_count;
  }

  long row = 0;
  for (long interval = 0; interval < plan.intervals; interval++) {
    while (row < height && position_of(row, height, low.height).index < interval) row++;
    first_row[interval] = row;
  }
  first_row[plan.intervals] = height;
  plan.columns = columns;
  plan.first_row = first_row;
  return plan;
}

/// An interval of an image, with the two low rows it lies between.
typedef struct {
  long image, first_row, end_row;
  const float *above, *below;
} Interval;

INLINE Interval interval_of(const Upsampling *plan, long task) {
  long image = task / plan->intervals, index = task % plan->intervals;
  long row = image * plan->low.height + index, next = index + 1 < plan->low.height ? row + 1 : row;
  return (Interval){image, plan->first_row[index], plan->first_row[index + 1], pixel(&plan->low, row, 0), pixel(&plan->low, next, 0)};
}

/// The values of class c of a low row at the sixteen columns of a block.
INLINE Lanes along_row(const Columns *columns, const float *row, long stride, long c) {
  const float *low = row + columns->first * stride + c;
  Lanes sum = all(*low) * load(columns->weights);
  for (long i = 1; i < columns->count; i++) sum = all(low[i * stride]) * load(columns->weights + i * lane_count) + sum;
  return sum;
}

/// For each class, `top` and `slope` at the columns of a block, sixteen floats each.
INLINE void interpolate_columns(const Upsampling *plan, const Interval *interval, const Columns *columns, float *top, float *slope) {
  for (long c = 0; c < plan->low.channels; c++) {
    Lanes above = along_row(columns, interval->above, plan->low.stride, c);
    Lanes below = along_row(columns, interval->below, plan->low.stride, c);
    store(top + c * lane_count, above);
    store(slope + c * lane_count, below - above);
  }
}

/// The logits of a row of the block, and the largest of each pixel.
INLINE Lanes logits_of_row(const float *top, const float *slope, float fraction, long classes, float *logits) {
  Lanes largest = all(-INFINITY);
  for (long c = 0; c < classes; c++) {
    Lanes logit = load(slope + c * lane_count) * fraction + load(top + c * lane_count);
    store(logits + c * lane_count, logit);
    largest = larger(logit, largest);
  }
  return largest;
}
