// Pairs of bfloat16 in the place of one float: products of half the bytes, two to an instruction.
//
// A bfloat16 is a float's upper half: its sign, its 8 bits of exponent and 7 of its 23 bits of fraction. Two of them that are neighbours in
// a sum lie in one word, the former in its lower half. A matrix of such words has half as many numbers to sum over, and all else is as it
// is for floats: tiles, panels, runs, strides are counted in words. Words are kept where floats are, and only ever copied.
//
// Processors with AVX512-BF16 add both products of a word to a float at once. What they do is, in terms of floats,
//
//     sum += a.odd * b.odd;  sum += a.even * b.even;
//
// rounded after each. A product of two numbers of 8 significant bits has 16 and is exact in a float, so that it does not matter whether
// product and sum are fused: every processor has the same bits, but for numbers below the smallest normal float, which that instruction
// takes for 0.
#pragma once
#include "tile.h"

typedef unsigned int WordLanes __attribute__((ext_vector_type(16)));
typedef unsigned int WordStrip __attribute__((ext_vector_type(strip)));

/// Floats rounded to bfloat16, to the nearest and ties to even, in the upper halves of the words; lower halves are what is left.
///
/// Half of the last place that stays is added, less one bit where that place is even, and carries where it must. A NaN would lose
/// itself in that if its bits were all set, so it is made the plain one.
INLINE WordLanes rounded_to_bfloat(Lanes x) {
  WordLanes bits = (WordLanes)x;
  WordLanes result = bits + (0x7FFF + (bits >> 16 & 1));
  return x == x ? result : (WordLanes)(0x7FC00000);
}

/// Words of two numbers each.
INLINE Lanes paired(Lanes even, Lanes odd) {
  return (Lanes)(rounded_to_bfloat(even) >> 16 | (rounded_to_bfloat(odd) & 0xFFFF0000));
}

/// Words of `count` numbers, at most 32, that lie side by side; an even count.
INLINE Lanes paired_neighbours(const float *from, long count) {
  Lanes low = load_some(from, count < lane_count ? count : lane_count);
  Lanes high = count > lane_count ? load_some(from + lane_count, count - lane_count) : all(0);
  return paired(
    __builtin_shufflevector(low, high, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30),
    __builtin_shufflevector(low, high, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31));
}

/// `count` numbers, an even one, to half as many words.
INLINE void pair_neighbours(float *to, const float *from, long count) {
  for (; count >= 2 * lane_count; count -= 2 * lane_count, to += lane_count, from += 2 * lane_count) store(to, paired_neighbours(from, 2 * lane_count));
  if (count > 0) store_first(to, paired_neighbours(from, count), count / 2);
}

/// As add_product, for words.
INLINE void add_pair_product(Tile *tile, int rows, int strips, const float *column, long stride, const float *row) {
#if defined(SEGUE_BF16)
  __m512bh right[2];
  UNROLLED for (int s = 0; s < strips; s++) right[s] = (__m512bh)load_strip(row + s * strip);
  UNROLLED for (int i = 0; i < rows; i++) {
    __m512bh left = (__m512bh)(Strip)(column[i * stride]);
    UNROLLED for (int s = 0; s < strips; s++) tile->sum[i][s] = (Strip)_mm512_dpbf16_ps((__m512)tile->sum[i][s], left, right[s]);
  }
#else
  UNROLLED for (int odd = 1; odd >= 0; odd--) {
    Strip right[2];
    UNROLLED for (int s = 0; s < strips; s++) {
      WordStrip words = (WordStrip)load_strip(row + s * strip);
      right[s] = (Strip)(odd ? words & 0xFFFF0000 : words << 16);
    }
    UNROLLED for (int i = 0; i < rows; i++) {
      WordStrip words = (WordStrip)(Strip)(column[i * stride]);
      Strip left = (Strip)(odd ? words & 0xFFFF0000 : words << 16);
      UNROLLED for (int s = 0; s < strips; s++) tile->sum[i][s] = tile->sum[i][s] + left * right[s];
    }
  }
#endif
}
