// The kernels of one instruction set.
#pragma once
#include "kernels.h"

typedef struct {
  const char *name;
  long panel_columns;
#define KERNEL(Result, kernel, ...) __typeof__(segue_##kernel) *kernel;
#include "list.h"
} KernelTable;

#if defined(__x86_64__)
extern const KernelTable segue_kernels_avx512bf16, segue_kernels_avx512, segue_kernels_avx2;
#endif
extern const KernelTable segue_kernels_portable;
