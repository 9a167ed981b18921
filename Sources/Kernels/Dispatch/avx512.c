// The kernels for processors with AVX-512.
#if defined(__x86_64__)
#include <immintrin.h>

#include "system.h"
#define SEGUE_AVX512
#define SEGUE_NAME "avx512"
#define SEGUE_TABLE segue_kernels_avx512
#pragma clang attribute push(__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,fma"))), apply_to = function)
#include "every.h"
#include "avx512bf16.h"

// The same but for the products that the processor has an instruction for.
#pragma clang diagnostic ignored "-Winitializer-overrides"
const KernelTable segue_kernels_avx512bf16 = {
  .name = SEGUE_NAME,
  .panel_columns = panel,
#define KERNEL(Result, kernel, ...) .kernel = kernel,
#include "list.h"
  .multiply_bf16 = segue_avx512bf16_multiply,
  .multiply_transposed_bf16 = segue_avx512bf16_multiply_transposed,
};
#pragma clang attribute pop
#endif
