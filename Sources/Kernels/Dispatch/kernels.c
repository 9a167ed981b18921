// The public functions: each calls the kernel of the instruction set in use, which is chosen at the first call.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "parameters.h"
#include "table.h"

static const KernelTable *_Atomic table_in_use;
// What this thread has asked for instead; null for most.
static _Thread_local const KernelTable *table_of_thread;

/// The best table that the processor can run, or the best one called `name` if it can run that, or null.
static const KernelTable *runnable(const char *name) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  bool fused = __builtin_cpu_supports("fma");
  bool wide = fused && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
              __builtin_cpu_supports("avx512dq");
  bool middle = fused && __builtin_cpu_supports("avx2");
  bool bf16 = wide && __builtin_cpu_supports("avx512bf16");
  if (wide && name && strcmp(name, "avx512-without-bf16") == 0) return &segue_kernels_avx512;
  if (bf16 && (!name || strcmp(name, segue_kernels_avx512bf16.name) == 0)) return &segue_kernels_avx512bf16;
  if (wide && (!name || strcmp(name, segue_kernels_avx512.name) == 0)) return &segue_kernels_avx512;
  if (middle && (!name || strcmp(name, segue_kernels_avx2.name) == 0)) return &segue_kernels_avx2;
#endif
  if (!name || strcmp(name, segue_kernels_portable.name) == 0) return &segue_kernels_portable;
  return NULL;
}

static const KernelTable *table(void) {
  if (table_of_thread) return table_of_thread;
  const KernelTable *chosen = atomic_load_explicit(&table_in_use, memory_order_acquire);
  if (chosen) return chosen;
  // Two threads may both come here; they find the same.
  chosen = runnable(getenv("SEGUE_CPU"));
  if (!chosen) chosen = runnable(NULL);
  const KernelTable *none = NULL;
  return atomic_compare_exchange_strong(&table_in_use, &none, chosen) ? chosen : none;
}

const char *segue_instruction_set(void) { return table()->name; }

long segue_panel_columns(void) { return table()->panel_columns; }

bool segue_use_instruction_set(const char *name) {
  const KernelTable *wanted = runnable(name);
  if (wanted) table_of_thread = wanted;
  return wanted != NULL;
}

bool segue_multiplies_bf16(void) {
#if defined(__x86_64__)
  return table() == &segue_kernels_avx512bf16;
#else
  return false;
#endif
}

#define KERNEL(Result, kernel, ...) \
  Result segue_##kernel(DECLARATIONS(__VA_ARGS__)) { return table()->kernel(NAMES(__VA_ARGS__)); }
#include "list.h"
