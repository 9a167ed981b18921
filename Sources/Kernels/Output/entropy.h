// Entropy of softmax(upsampled logits), and its gradient, in one pass, as cross_entropy.h does it.
//
// With m the largest logit z of a pixel, r = z - m, e = exp r, s = sum of e, and p = e / s, the logarithm of p is r - log s. So with
// a = sum of p r, the entropy -sum of p log p is log s - a, and its gradient by logit k is -p_k (log p_k + log s - a) = p_k (a - r_k).
// Divided by log C it is normalised: E, from 0 to 1.
//
// Robust, a pixel counts (E^2 + d)^2 in place of E, and its gradient 4 E (E^2 + d) times as much: certain pixels count less.
#pragma once
#include "../Lanes/elementary.h"
#include "adjoint.h"

typedef struct {
  Upsampling plan;
  float *shares;  // null if no gradient is wanted
  double *sums;   // one for each task
  float normaliser;
  bool robust;
  float offset;  // d
} Entropy;

/// What a block of sixteen columns works in; each array has sixteen floats for each class.
typedef struct {
  long classes;
  float *top, *slope, *relative, *powers, *above, *below;
  Lanes sum;
} EntropyBlock;

INLINE void entropy_of_row(const Entropy *job, EntropyBlock *block, float fraction, IntLanes valid, bool with_gradient) {
  Lanes largest = logits_of_row(block->top, block->slope, fraction, block->classes, block->relative);
  Lanes sum = all(0), mean = all(0);
  for (long c = 0; c < block->classes; c++) {
    Lanes relative = load(block->relative + c * lane_count) - largest;
    Lanes power = exp_of_negative(relative);
    store(block->relative + c * lane_count, relative);
    store(block->powers + c * lane_count, power);
    sum = sum + power;
    mean = power * relative + mean;
  }
  Lanes inverse = 1.0f / sum;
  mean = mean * inverse;
  Lanes entropy = (log_of(sum) - mean) * job->normaliser, value = entropy, slope = inverse;
  if (job->robust) {
    Lanes base = entropy * entropy + job->offset;
    value = base * base;
    slope = inverse * (base * entropy) * 4.0f;
  }
  block->sum = block->sum + (valid ? value : all(0));
  if (!with_gradient) return;

  slope = valid ? slope : all(0);
  for (long c = 0; c < block->classes; c++) {
    Lanes gradient = load(block->powers + c * lane_count) * (mean - load(block->relative + c * lane_count)) * slope;
    float *above = block->above + c * lane_count, *below = block->below + c * lane_count;
    store(above, gradient * (1 - fraction) + load(above));
    store(below, gradient * fraction + load(below));
  }
}

static void entropy_task(void *context, long task) {
  const Entropy *job = context;
  const Upsampling *plan = &job->plan;
  Interval interval = interval_of(plan, task);
  long classes = plan->low.channels, floats = classes * lane_count;
  float *memory = segue_slot(slot_task, 6 * floats), *share = NULL;
  if (job->shares) {
    share = share_of(plan, job->shares, task);
    zero_floats(share, 2 * plan->low.width * classes);
  }
  double sum = 0;
  for (long b = 0; b < plan->blocks; b++) {
    const Columns *columns = &plan->columns[b];
    EntropyBlock block = {classes, memory, memory + floats, memory + 2 * floats, memory + 3 * floats, memory + 4 * floats, memory + 5 * floats, all(0)};
    interpolate_columns(plan, &interval, columns, block.top, block.slope);
    if (share) zero_floats(block.above, 2 * floats);
    IntLanes valid = lane_numbers() < (int)least(lane_count, plan->width - b * lane_count);
    for (long y = interval.first_row; y < interval.end_row; y++) {
      entropy_of_row(job, &block, position_of(y, plan->height, plan->low.height).fraction, valid, share != NULL);
    }
    sum += (double)sum_of(block.sum);
    if (!share) continue;
    share_block(block.above, classes, columns, share);
    share_block(block.below, classes, columns, share + plan->low.width * classes);
  }
  job->sums[task] = sum;
}

static double upsample_entropy(SegueMap logits, long height, long width, bool robust, float offset, float weight, SegueMap dlogits,
                               bool accumulate) {
  Entropy job = {.plan = plan_upsampling(logits, height, width), .normaliser = (float)(1 / log((double)logits.channels)),
                 .robust = robust, .offset = offset};
  long tasks = logits.images * job.plan.intervals;
  job.sums = (double *)(void *)segue_slot(slot_totals, 2 * tasks);
  if (dlogits.data) job.shares = shares_for(&job.plan);
  segue_parallel(tasks, entropy_task, &job);

  double sum = 0, pixels = (double)(logits.images * height * width);
  for (long task = 0; task < tasks; task++) sum += job.sums[task];
  if (dlogits.data) {
    double factor = (double)weight / (pixels * log((double)logits.channels));
    add_shares(&job.plan, job.shares, (float)factor, dlogits, accumulate);
  }
  return sum / pixels;
}
