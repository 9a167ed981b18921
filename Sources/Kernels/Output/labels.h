// Sixteen labels at a time.
#pragma once
#include "../Lanes/lanes.h"

typedef uint8_t LabelBytes __attribute__((ext_vector_type(16)));

/// The first `count` labels; `filler` in the other lanes.
INLINE IntLanes load_labels(const uint8_t *from, long count, int filler) {
  LabelBytes bytes = 0;
  if (count == lane_count) {
    memcpy(&bytes, from, sizeof bytes);
  } else {
    uint8_t some[lane_count] = {0};
    for (long i = 0; i < count; i++) some[i] = from[i];
    memcpy(&bytes, some, sizeof bytes);
  }
  IntLanes labels = __builtin_convertvector(bytes, IntLanes);
  return lane_numbers() < (int)count ? labels : (IntLanes)(filler);
}

INLINE void store_labels(uint8_t *to, IntLanes labels, long count) {
  LabelBytes bytes = __builtin_convertvector(labels, LabelBytes);
  if (count == lane_count) {
    memcpy(to, &bytes, sizeof bytes);
  } else {
    uint8_t some[lane_count];
    memcpy(some, &bytes, sizeof bytes);
    for (long i = 0; i < count; i++) to[i] = some[i];
  }
}
