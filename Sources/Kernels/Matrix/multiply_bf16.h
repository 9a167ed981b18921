// c (+)= a b with both in words of two bfloat16 (bf16.h): the product of convolutions, forward and to the input.
//
// The tile is that of multiply.h. Where the processor multiplies words, a step does twice as many products in the same time.
#pragma once
#include "multiply.h"

#define MAKE(rows, strips) static void multiply_bf16_##rows##_##strips(const TileProduct *job) { multiply_tile(job, rows, strips, true); }
EACH_TILE(MAKE, 1)
EACH_TILE(MAKE, 2)
#undef MAKE

#define NAME(rows, strips) multiply_bf16_##rows##_##strips,
static const TileKernel multiply_bf16_by_rows[2][tile_rows] = {{EACH_TILE(NAME, 1)}, {EACH_TILE(NAME, 2)}};
#undef NAME

static void multiply_bf16(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after) {
  multiply_in_pieces(multiply_bf16_by_rows, a, packed, columns, c, accumulate, after);
}
