// Asking for memory before its turn, without waiting for it.
//
// The processor reads ahead by itself where lines follow each other. Tiles and windows read a few pixels of each of several rows instead, which it
// does not recognise; so while one of them is computed, what the next one needs is asked for. Nothing else changes: no result, no order.
// An address need not be one that may be read, so nobody has to know where a map ends.
#pragma once
#include "lanes.h"

/// Asks for the cache line that a float lies in.
INLINE void fetch(const float *at) { __builtin_prefetch(at, 0, 3); }

/// As far as the second-level cache, for what is not needed at once: the nearest one is small.
INLINE void fetch_early(const float *at) { __builtin_prefetch(at, 0, 2); }

/// Asks for a line that will be written to: a store to memory that is not in a cache reads it first.
INLINE void fetch_to_write(const float *at) { __builtin_prefetch(at, 1, 3); }
