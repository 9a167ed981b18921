// What the kernels of the low frequencies share.
//
// Frequency k of n values x is the pair
//   cosine[k] = sum over y of x[y] cos(2 pi k y / n),   sine[k] = sum over y of x[y] sin(2 pi k y / n).
// At n - y the cosine is what it is at y, and the sine the opposite. So values y and n - y, a pair, go together: the cosines see only
// their sum a and the sines only their difference b. Where n is even, n / 2 - y and y go together as well:
//   cos(2 pi k (n / 2 - y) / n) = cos(2 pi k y / n) for even k, the opposite for odd k,
//   sin(2 pi k (n / 2 - y) / n) = sin(2 pi k y / n) for odd k, the opposite for even k,
// so with the sum a' and the difference b' of that other pair the even cosines see a + a', the odd ones a - a', the even sines b - b'
// and the odd ones b + b'. Four values, a quartet, are folded into four sums that each meet half of the cosines or of the sines: a
// quarter of the products, on the way here and on the way back.
#pragma once
#include "../Neighbours/rows.h"

enum {
  wave_block = 8 * lane_count,  // columns of a task
  wave_rows = 8,                // quartets that are summed up before the sum joins the others: short sums keep their last bits
  wave_group = 6,               // waves, or quartets, at once
#if defined(SEGUE_AVX512)
  wave_lanes = 4,               // with `wave_group`: 24 of 32 registers hold sums
#else
  wave_lanes = 1,               // 12 of 16 registers of half the width
#endif
};

/// The four sums of a quartet and the waves that see them, in the order of a table's row.
enum { even_cosines, odd_cosines, even_sines, odd_sines, wave_parts };

/// A matrix and the lowest `count` frequencies of its columns. `waves` holds the `2 * count` waves of each quartet, part by part.
typedef struct {
  const float *from;  // [rows][columns]
  long rows, columns, count;
  const float *waves;
  const float *sums;  // [2 * count][columns]: cosines, then sines
  float *to;
} Waves;

/// Rows that go together; -1 where there is none.
typedef struct { long near, near_twin, far, far_twin; } Quartet;

INLINE long quartets_of(long rows) { return (rows % 2 == 0 ? rows / 4 : rows / 2) + 1; }

INLINE Quartet quartet(long number, long rows) {
  Quartet q = {number, number == 0 ? -1 : rows - number, -1, -1};
  if (rows % 2 == 0 && 4 * number != rows) {
    q.far = rows / 2 - number;
    if (number > 0) q.far_twin = rows / 2 + number;
  }
  return q;
}

/// The number of waves in a part, and the place of its first one in a table's row.
INLINE long part_count(int part, long count) { return part % 2 == 0 ? (count + 1) / 2 : count / 2; }
INLINE long part_start(int part, long count) { return (part >= even_sines ? count : 0) + (part % 2 == 0 ? 0 : (count + 1) / 2); }

/// Where wave number `place` of a table's row belongs among all cosines and then all sines, in rising order.
INLINE long wave_number(long place, long count) {
  long first = place < count ? 0 : count, within = place - first, evens = (count + 1) / 2;
  return first + (within < evens ? 2 * within : 2 * (within - evens) + 1);
}

/// As many at once as keep the groups alike.
INLINE long group_of(long left) { return ceiling(left, ceiling(left, wave_group)); }

/// The lanes of vector `l` of a block that has `columns` of them.
INLINE long lanes_of(long columns, int l) {
  long left = columns - (long)l * lane_count;
  return left < 0 ? 0 : least(left, lane_count);
}

/// A block's parts of rows that are needed soon. They are far apart, which no processor foresees; so they are asked for little by
/// little, between the products, which takes the memory's time out of the way.
typedef struct {
  const float *from;  // the block's part of row 0
  long rows, columns;
  long next, end;  // rows, counted quartet by quartet
  long share;      // of each time
} Foresight;

/// The rows of quartets `first` ..< `end`, in `times` shares.
INLINE Foresight foresee(const float *from, long rows, long columns, long first, long end, long times) {
  return (Foresight){from, rows, columns, first * 4, end * 4, ceiling((end - first) * 4, times)};
}

/// One share, into the second cache: the first one holds what is worked on.
INLINE void ask_for_share(Foresight *ahead, bool writes) {
  for (long end = least(ahead->next + ahead->share, ahead->end); ahead->next < end; ahead->next++) {
    Quartet q = quartet(ahead->next / 4, ahead->rows);
    long which = ahead->next % 4, row = which == 0 ? q.near : which == 1 ? q.near_twin : which == 2 ? q.far : q.far_twin;
    if (row < 0) continue;
    const float *part = ahead->from + row * ahead->columns;
    for (int l = 0; l < wave_block; l += lane_count) {
      if (writes) __builtin_prefetch(part + l, 1, 2);
      else __builtin_prefetch(part + l, 0, 2);
    }
  }
}

/// How often products of groups are started for the parts of one block.
INLINE long times_of_groups(long count) {
  long groups = 2 * ceiling(part_count(even_cosines, count), wave_group) + 2 * ceiling(part_count(odd_cosines, count), wave_group);
  return groups * (wave_block / lane_count / wave_lanes);
}
