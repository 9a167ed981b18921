// The products of bfloat16 for processors with AVX-512 that multiply bfloat16.
#if defined(__x86_64__)
#include <immintrin.h>

#include "system.h"
#define SEGUE_AVX512
#define SEGUE_BF16
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma,avx512bf16"))), apply_to = function)
#include "../Matrix/multiply_bf16.h"
#include "../Matrix/multiply_transposed_bf16.h"
#include "avx512bf16.h"

void segue_avx512bf16_multiply(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after) {
  multiply_bf16(a, packed, columns, c, accumulate, after);
}
void segue_avx512bf16_multiply_transposed(SegueRows a, SegueGrid b, SegueGrid next, long pixels, long columns, float *c, long c_stride, bool accumulate) {
  multiply_transposed_bf16(a, b, next, pixels, columns, c, c_stride, accumulate);
}
#pragma clang attribute pop
#endif
