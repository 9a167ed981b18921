// The kernels for processors with AVX2 and fused multiply-add.
#if defined(__x86_64__)
#include <immintrin.h>

#include "system.h"
#define SEGUE_AVX2
#define SEGUE_NAME "avx2"
#define SEGUE_TABLE segue_kernels_avx2
#pragma clang attribute push(__attribute__((target("avx2,fma"))), apply_to = function)
#include "every.h"
#pragma clang attribute pop
#endif
