// Sixteen floats at a time, whatever the processor's registers are: the compiler splits them where registers are narrower.
//
// The kernels are written once with these. Because a sum over an array always runs in sixteen lanes and the lanes are always added
// in the same order, all instruction sets add in the same order; they differ only where a product and a sum are fused.
#pragma once
#include <math.h>
#include <string.h>

#define INLINE static inline __attribute__((always_inline))
/// A large function of its own. Several of them in one function would share its registers badly, and twice as many values would go through memory.
#define APART static __attribute__((noinline))
/// In front of a loop whose count is a constant where the function is inlined.
#define UNROLLED _Pragma("clang loop unroll(full)")
/// In front of a loop of a constant count, a multiple of four, whose body is short.
#define SOMEWHAT_UNROLLED _Pragma("clang loop unroll_count(4)")
/// In front of a loop of a constant count whose body fills the registers by itself.
#define ROLLED _Pragma("clang loop unroll(disable)")

// Everything here is inlined, so no vector is ever passed between functions, and how that would be done does not matter.
#pragma clang diagnostic ignored "-Wpsabi"

enum { lane_count = 16 };
typedef float Lanes __attribute__((ext_vector_type(16)));
typedef int IntLanes __attribute__((ext_vector_type(16)));  // also a comparison's result: -1 where true, 0 where false

INLINE Lanes all(float value) { return (Lanes)(value); }

INLINE Lanes load(const float *from) {
  Lanes lanes;
  memcpy(&lanes, from, sizeof lanes);
  return lanes;
}

INLINE void store(float *to, Lanes lanes) { memcpy(to, &lanes, sizeof lanes); }

INLINE Lanes larger(Lanes a, Lanes b) { return a > b ? a : b; }
INLINE Lanes smaller(Lanes a, Lanes b) { return a < b ? a : b; }
INLINE Lanes magnitude(Lanes a) { return (Lanes)((IntLanes)a & 0x7FFFFFFF); }

/// 0, 1, 2 ... 15.
INLINE IntLanes lane_numbers(void) { return (IntLanes){0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}; }

/// The sum of the lanes, by halving.
INLINE float sum_of(Lanes v) {
  typedef float Eight __attribute__((ext_vector_type(8)));
  typedef float Four __attribute__((ext_vector_type(4)));
  typedef float Two __attribute__((ext_vector_type(2)));
  Eight eight = v.lo + v.hi;
  Four four = eight.lo + eight.hi;
  Two two = four.lo + four.hi;
  return two.x + two.y;
}

/// The largest of the lanes. (The compiler's own reduction is slower: it has to treat NaN in a way that is not needed here.)
INLINE float largest_of(Lanes v) {
  typedef float Eight __attribute__((ext_vector_type(8)));
  typedef float Four __attribute__((ext_vector_type(4)));
  typedef float Two __attribute__((ext_vector_type(2)));
  Eight eight = v.lo > v.hi ? v.lo : v.hi;
  Four four = eight.lo > eight.hi ? eight.lo : eight.hi;
  Two two = four.lo > four.hi ? four.lo : four.hi;
  return two.x > two.y ? two.x : two.y;
}

// ---- fewer than sixteen: the first `count` lanes; nothing else is read or written, other lanes are 0 --------------------------

#if defined(SEGUE_AVX512)

INLINE __mmask16 first_lanes(long count) { return (__mmask16)((1u << count) - 1); }
INLINE Lanes load_first(const float *from, long count) { return (Lanes)_mm512_maskz_loadu_ps(first_lanes(count), from); }
INLINE void store_first(float *to, Lanes lanes, long count) { _mm512_mask_storeu_ps(to, first_lanes(count), (__m512)lanes); }

#elif defined(SEGUE_AVX2)

typedef float EightLanes __attribute__((ext_vector_type(8)));
typedef int EightInts __attribute__((ext_vector_type(8)));

/// All bits set in the lanes from `skip` on that come before `count`.
INLINE __m256i first_of_eight(long count, int skip) {
  EightInts number = (EightInts){0, 1, 2, 3, 4, 5, 6, 7} + skip;
  return (__m256i)(number < (int)count);
}
INLINE Lanes load_first(const float *from, long count) {
  Lanes lanes;
  lanes.lo = (EightLanes)_mm256_maskload_ps(from, first_of_eight(count, 0));
  lanes.hi = (EightLanes)_mm256_maskload_ps(from + 8, first_of_eight(count, 8));
  return lanes;
}
INLINE void store_first(float *to, Lanes lanes, long count) {
  _mm256_maskstore_ps(to, first_of_eight(count, 0), (__m256)lanes.lo);
  if (count > 8) _mm256_maskstore_ps(to + 8, first_of_eight(count, 8), (__m256)lanes.hi);
}

#else

INLINE Lanes load_first(const float *from, long count) {
  float lanes[lane_count] = {0};
  for (long i = 0; i < count; i++) lanes[i] = from[i];
  return load(lanes);
}
INLINE void store_first(float *to, Lanes lanes, long count) {
  float values[lane_count];
  store(values, lanes);
  for (long i = 0; i < count; i++) to[i] = values[i];
}

#endif

/// As load and store for a count that is 16 or less; where it is the constant 16, only the plain form is left.
INLINE Lanes load_some(const float *from, long count) { return count == lane_count ? load(from) : load_first(from, count); }
INLINE void store_some(float *to, Lanes lanes, long count) {
  if (count == lane_count) store(to, lanes);
  else store_first(to, lanes, count);
}

/// memcpy for short runs of floats, without a call.
INLINE void copy_floats(float *to, const float *from, long count) {
  for (; count >= lane_count; count -= lane_count, to += lane_count, from += lane_count) store(to, load(from));
  if (count > 0) store_first(to, load_first(from, count), count);
}

INLINE void zero_floats(float *to, long count) {
  for (; count >= lane_count; count -= lane_count, to += lane_count) store(to, all(0));
  if (count > 0) store_first(to, all(0), count);
}
