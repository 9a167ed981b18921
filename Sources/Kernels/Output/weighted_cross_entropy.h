// Cross-entropy and reverse cross-entropy of softmax(upsampled logits) with a weight for each class, and their gradient, in one pass, as
// cross_entropy.h does it; or the loss of each pixel for itself.
//
// With p the probability of a pixel's label and w the label's weight, the pixel adds w (a (-log p) + b (1 - p)). Its gradient by logit k is
// w (a + b p) (p_k - [k = label]).
#pragma once
#include "cross_entropy.h"

typedef struct {
  Upsampling plan;
  const uint8_t *labels;
  const float *weights;  // one for each class; null for 1
  float forward, reverse;
  float *each;    // the loss of every pixel, 0 where ignored; may be null
  float *shares;  // null if no gradient is wanted
  double *losses;  // one for each task
  double *counts;
} WeightedCrossEntropy;

/// - Returns: the losses of the pixels, 0 where ignored.
INLINE Lanes weighted_loss_of_row(const WeightedCrossEntropy *job, LossBlock *block, Lanes *count, float fraction, IntLanes label) {
  IntLanes valid = label < (int)block->classes;
  if (!__builtin_reduce_or(valid)) return all(0);
  float *values = block->values;
  Lanes largest = logits_of_row(block->top, block->slope, fraction, block->classes, values);
  Lanes sum = all(0), chosen = all(0), power = all(0), weight = all(1);
  for (long c = 0; c < block->classes; c++) {
    IntLanes is_label = label == (int)c;
    Lanes relative = load(values + c * lane_count) - largest;
    Lanes exponential = exp_of_negative(relative);
    store(values + c * lane_count, exponential);
    chosen = is_label ? relative : chosen;
    power = is_label ? exponential : power;
    if (job->weights) weight = is_label ? all(job->weights[c]) : weight;
    sum = sum + exponential;
  }
  Lanes inverse = 1.0f / sum, probability = power * inverse;
  Lanes loss = (log_of(sum) - chosen) * job->forward + (1.0f - probability) * job->reverse;
  loss = valid ? loss * weight : all(0);
  block->loss = block->loss + loss;
  *count = *count + (valid ? weight : all(0));
  if (!job->shares) return loss;

  Lanes slope = (probability * job->reverse + job->forward) * weight;
  slope = valid ? slope : all(0);
  for (long c = 0; c < block->classes; c++) {
    Lanes gradient = (load(values + c * lane_count) * inverse - (label == (int)c ? all(1) : all(0))) * slope;
    float *above = block->above + c * lane_count, *below = block->below + c * lane_count;
    store(above, gradient * (1 - fraction) + load(above));
    store(below, gradient * fraction + load(below));
  }
  return loss;
}

static void weighted_cross_entropy_task(void *context, long task) {
  const WeightedCrossEntropy *job = context;
  const Upsampling *plan = &job->plan;
  Interval interval = interval_of(plan, task);
  long classes = plan->low.channels, floats = classes * lane_count;
  float *memory = segue_slot(slot_task, 5 * floats), *share = NULL;
  if (job->shares) {
    share = share_of(plan, job->shares, task);
    zero_floats(share, 2 * plan->low.width * classes);
  }
  double loss = 0, count = 0;
  for (long b = 0; b < plan->blocks; b++) {
    const Columns *columns = &plan->columns[b];
    LossBlock block = {classes, memory, memory + floats, memory + 2 * floats, memory + 3 * floats, memory + 4 * floats, all(0), 0};
    Lanes counts = all(0);
    interpolate_columns(plan, &interval, columns, block.top, block.slope);
    if (share) zero_floats(block.above, 2 * floats);
    long first = b * lane_count, lanes = least(lane_count, plan->width - first);
    for (long y = interval.first_row; y < interval.end_row; y++) {
      long place = (interval.image * plan->height + y) * plan->width + first;
      float fraction = position_of(y, plan->height, plan->low.height).fraction;
      Lanes losses = weighted_loss_of_row(job, &block, &counts, fraction, load_labels(job->labels + place, lanes, (int)classes));
      if (job->each) store_some(job->each + place, losses, lanes);
    }
    loss += (double)sum_of(block.loss);
    count += (double)sum_of(counts);
    if (!share) continue;
    share_block(block.above, classes, columns, share);
    share_block(block.below, classes, columns, share + plan->low.width * classes);
  }
  job->losses[task] = loss;
  job->counts[task] = count;
}

static double upsample_weighted_cross_entropy(SegueMap logits, const uint8_t *labels, long height, long width, const float *weights, float forward,
                                              float reverse, float weight, float *each, SegueMap dlogits, bool accumulate, double *counted) {
  WeightedCrossEntropy job = {.plan = plan_upsampling(logits, height, width), .labels = labels, .weights = weights, .forward = forward,
                              .reverse = reverse, .each = each};
  long tasks = logits.images * job.plan.intervals;
  job.losses = (double *)(void *)segue_slot(slot_totals, 4 * tasks);
  job.counts = job.losses + tasks;
  if (dlogits.data) job.shares = shares_for(&job.plan);
  segue_parallel(tasks, weighted_cross_entropy_task, &job);

  double loss = 0, count = 0;
  for (long task = 0; task < tasks; task++) {
    loss += job.losses[task];
    count += job.counts[task];
  }
  *counted = count;
  if (dlogits.data) add_shares(&job.plan, job.shares, count > 0 ? (float)((double)weight / count) : 0, dlogits, accumulate);
  return loss;
}
