// Writing a tile's channels to the places.
#pragma once
#include "../Lanes/stream.h"

/// Writes lanes to `count` places; past the caches where `streamed` and sixteen channels fill the lines.
INLINE void give_points(const Lanes *d, int count, float *to, long place_stride, long lanes, bool streamed) {
  if (streamed && lanes == lane_count) {
    UNROLLED for (int at = 0; at < count; at++) stream(to + at * place_stride, d[at]);
  } else {
    UNROLLED for (int at = 0; at < count; at++) store_some(to + at * place_stride, d[at], lanes);
  }
}
