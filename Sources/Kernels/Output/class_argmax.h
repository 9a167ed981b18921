// The class of each pixel and its probability, from probabilities at full size.
//
// Lanes are sixteen classes of a pixel. Each lane keeps its best class; then the best lane is found, and of equal ones the smallest
// class.
#pragma once
#include "../Neighbours/rows.h"
#include "labels.h"

typedef struct {
  SegueMap probabilities;
  uint8_t *labels;
  float *confidence;
  long task_pixels;
} Argmax;

/// The smallest of the lanes.
INLINE int least_of(IntLanes v) {
  typedef int Eight __attribute__((ext_vector_type(8)));
  typedef int Four __attribute__((ext_vector_type(4)));
  Eight eight = v.lo < v.hi ? v.lo : v.hi;
  Four four = eight.lo < eight.hi ? eight.lo : eight.hi;
  int left = four.x < four.z ? four.x : four.z, right = four.y < four.w ? four.y : four.w;
  return left < right ? left : right;
}

static void argmax_task(void *context, long index) {
  const Argmax *job = context;
  const SegueMap *p = &job->probabilities;
  long end = least((index + 1) * job->task_pixels, p->images * p->height * p->width);
  for (long number = index * job->task_pixels; number < end; number++) {
    const float *from = p->data + number * p->stride;
    Lanes best = all(-INFINITY);
    IntLanes label = 0;
    for (long c = 0; c < p->channels; c += lane_count) {
      long lanes = least(lane_count, p->channels - c);
      Lanes value = lanes == lane_count ? load(from + c) : lane_numbers() < (int)lanes ? load_first(from + c, lanes) : all(-INFINITY);
      label = value > best ? lane_numbers() + (int)c : label;
      best = larger(value, best);
    }
    float largest = largest_of(best);
    job->confidence[number] = largest;
    job->labels[number] = (uint8_t)least_of(best == largest ? label : (IntLanes)(255));
  }
}

static void argmax(SegueMap probabilities, uint8_t *labels, float *confidence) {
  Argmax job = {probabilities, labels, confidence, rows_in_task(probabilities.channels)};
  segue_parallel(ceiling(probabilities.images * probabilities.height * probabilities.width, job.task_pixels), argmax_task, &job);
}
