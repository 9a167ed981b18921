// The kernels for processors with AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>

#include "system.h"
#define SEGUE_AVX512
#define SEGUE_NAME "avx512"
#define SEGUE_TABLE segue_kernels_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#include "every.h"
#pragma clang attribute pop
#endif
