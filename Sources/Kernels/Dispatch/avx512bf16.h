// As the kernels without `bf16` in their names.
#pragma once
#include "kernels.h"

void segue_avx512bf16_multiply(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after);
void segue_avx512bf16_multiply_transposed(SegueRows a, SegueGrid b, SegueGrid next, long pixels, long columns, float *c, long c_stride, bool accumulate);
