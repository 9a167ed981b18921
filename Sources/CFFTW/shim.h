#pragma once
// Single-precision FFTW. FFTW_ESTIMATE is a macro with a shift, which Swift does not import.
#include <fftw3.h>
static const unsigned segue_fftw_estimate = FFTW_ESTIMATE;
static const unsigned segue_fftw_unaligned = FFTW_UNALIGNED;
