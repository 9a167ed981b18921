// Cross-entropy of softmax(upsampled logits), and its gradient, in one pass.
//
// Lanes are sixteen output pixels of a row; classes are a loop. With m the largest logit of a pixel, s = sum exp(z - m) and p the
// softmax, the loss is log s + m - z[label] and its gradient p - [c = label]. The gradient of a block is first added up over the
// rows of an interval, weighted for the low row above and the one below, and only then given to low pixels: the sum over lanes,
// which is the slow step, is taken once for some eight or sixteen rows.
#pragma once
#include "../Lanes/elementary.h"
#include "adjoint.h"
#include "labels.h"

typedef struct {
  Upsampling plan;
  const uint8_t *labels;
  float *shares;   // null if no gradient is wanted
  double *losses;  // one for each task
  double *counts;
} CrossEntropy;

/// What a block of sixteen columns works in; each array has sixteen floats for each class.
typedef struct {
  long classes;
  float *top, *slope, *values, *above, *below;
  Lanes loss;
  IntLanes count;
} LossBlock;

INLINE void loss_of_row(LossBlock *block, float fraction, IntLanes label, bool with_gradient) {
  IntLanes valid = label < (int)block->classes;
  if (!__builtin_reduce_or(valid)) return;
  float *values = block->values;
  Lanes largest = logits_of_row(block->top, block->slope, fraction, block->classes, values);
  Lanes sum = all(0), chosen = all(0);
  for (long c = 0; c < block->classes; c++) {
    Lanes relative = load(values + c * lane_count) - largest;
    chosen = label == (int)c ? relative : chosen;
    Lanes exponential = exp_of_negative(relative);
    store(values + c * lane_count, exponential);
    sum = sum + exponential;
  }
  block->loss = block->loss + (valid ? log_of(sum) - chosen : all(0));
  block->count = block->count - valid;
  if (!with_gradient) return;

  Lanes inverse = valid ? 1.0f / sum : all(0);
  for (long c = 0; c < block->classes; c++) {
    Lanes gradient = load(values + c * lane_count) * inverse - (label == (int)c ? all(1) : all(0));
    float *above = block->above + c * lane_count, *below = block->below + c * lane_count;
    store(above, gradient * (1 - fraction) + load(above));
    store(below, gradient * fraction + load(below));
  }
}

static void cross_entropy_task(void *context, long task) {
  const CrossEntropy *job = context;
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
    interpolate_columns(plan, &interval, columns, block.top, block.slope);
    if (share) zero_floats(block.above, 2 * floats);
    long first = b * lane_count, lanes = least(lane_count, plan->width - first);
    for (long y = interval.first_row; y < interval.end_row; y++) {
      const uint8_t *labels = job->labels + (interval.image * plan->height + y) * plan->width + first;
      float fraction = position_of(y, plan->height, plan->low.height).fraction;
      loss_of_row(&block, fraction, load_labels(labels, lanes, (int)classes), share != NULL);
    }
    loss += (double)sum_of(block.loss);
    count += (double)__builtin_reduce_add(block.count);
    if (!share) continue;
    share_block(block.above, classes, columns, share);
    share_block(block.below, classes, columns, share + plan->low.width * classes);
  }
  job->losses[task] = loss;
  job->counts[task] = count;
}

static double upsample_cross_entropy(SegueMap logits, const uint8_t *labels, long height, long width, float weight,
                                     SegueMap dlogits, bool accumulate, long *counted) {
  CrossEntropy job = {.plan = plan_upsampling(logits, height, width), .labels = labels};
  long tasks = logits.images * job.plan.intervals;
  job.losses = (double *)(void *)segue_slot(slot_totals, 4 * tasks);
  job.counts = job.losses + tasks;
  if (dlogits.data) job.shares = shares_for(&job.plan);
  segue_parallel(tasks, cross_entropy_task, &job);

  double loss = 0, count = 0;
  for (long task = 0; task < tasks; task++) {
    loss += job.losses[task];
    count += job.counts[task];
  }
  *counted = (long)count;
  if (dlogits.data) add_shares(&job.plan, job.shares, count > 0 ? (float)((double)weight / count) : 0, dlogits, accumulate);
  return loss;
}
