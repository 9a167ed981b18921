// F(4x4, 4x4): the points +-1/4, +-7/8, +-7/4 and infinity. forms.h says what the functions compute.
#pragma once
#include "../Lanes/lanes.h"

/// A pair of points: its square, sum and product of the squares of the other two, and 1 / N_p.
typedef struct {
  float point, square, others_sum, others_product, share;
} PointPair;
enum { f4x4_pairs = 3 };
#define PAIR(p, q, r) {p, p * p, q * q + r * r, q * q * r * r, 1 / (2 * p * (p * p - q * q) * (p * p - r * r))}
static const PointPair f4x4_pair[f4x4_pairs] = {PAIR(0.25f, 0.875f, 1.75f), PAIR(0.875f, 0.25f, 1.75f), PAIR(1.75f, 0.25f, 0.875f)};
#undef PAIR
// M(x) = (x^2 - 1/16) (x^2 - 49/64) (x^2 - 49/16) = x^6 - m4 x^4 + m2 x^2 - m0.
static const float m4 = 3.890625f, m2 = 2.583984375f, m0 = 0.14654541015625f;

INLINE void f4x4_input(Lanes *d, int step) {
  Lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step], d6 = d[6 * step];
  UNROLLED for (int i = 0; i < f4x4_pairs; i++) {
    PointPair pair = f4x4_pair[i];
    Lanes odd = d5 + (pair.others_product * d1 - pair.others_sum * d3), even = d4 + (pair.others_product * d0 - pair.others_sum * d2);
    d[2 * i * step] = odd + pair.point * even;
    d[(2 * i + 1) * step] = odd - pair.point * even;
  }
  d[6 * step] = (d6 - m0 * d0) + (m2 * d2 - m4 * d4);
}

INLINE void f4x4_output(const Lanes *p, int step, Lanes *y, int y_step) {
  Lanes even[f4x4_pairs], odd[f4x4_pairs];
  UNROLLED for (int i = 0; i < f4x4_pairs; i++) {
    even[i] = p[2 * i * step] + p[(2 * i + 1) * step];
    odd[i] = f4x4_pair[i].point * (p[2 * i * step] - p[(2 * i + 1) * step]);
  }
  y[0] = even[0] + (even[1] + even[2]);
  y[y_step] = odd[0] + (odd[1] + odd[2]);
  const float first = f4x4_pair[0].square, second = f4x4_pair[1].square, third = f4x4_pair[2].square;
  y[2 * y_step] = first * even[0] + (second * even[1] + third * even[2]);
  y[3 * y_step] = (first * odd[0] + p[6 * step]) + (second * odd[1] + third * odd[2]);
}

INLINE void f4x4_gradient(const Lanes *y, int y_step, Lanes *p, int step) {
  UNROLLED for (int i = 0; i < f4x4_pairs; i++) {
    PointPair pair = f4x4_pair[i];
    Lanes even = y[0] + pair.square * y[2 * y_step], odd = pair.point * (y[y_step] + pair.square * y[3 * y_step]);
    p[2 * i * step] = even + odd;
    p[(2 * i + 1) * step] = even - odd;
  }
  p[6 * step] = y[3 * y_step];
}

INLINE void f4x4_taps(const Lanes *g, int g_step, Lanes *u, int step) {
  Lanes g0 = g[0], g1 = g[g_step], g2 = g[2 * g_step], g3 = g[3 * g_step];
  UNROLLED for (int i = 0; i < f4x4_pairs; i++) {
    PointPair pair = f4x4_pair[i];
    Lanes even = pair.share * (g0 + pair.square * g2), odd = pair.share * pair.point * (g1 + pair.square * g3);
    u[2 * i * step] = odd + even;
    u[(2 * i + 1) * step] = odd - even;
  }
  u[6 * step] = g3;
}

INLINE void f4x4_taps_gradient(const Lanes *u, int step, Lanes *g, int g_step) {
  Lanes odd[f4x4_pairs], even[f4x4_pairs];
  UNROLLED for (int i = 0; i < f4x4_pairs; i++) {
    PointPair pair = f4x4_pair[i];
    odd[i] = pair.share * pair.point * (u[2 * i * step] + u[(2 * i + 1) * step]);
    even[i] = pair.share * (u[2 * i * step] - u[(2 * i + 1) * step]);
  }
  g[0] = even[0] + (even[1] + even[2]);
  g[g_step] = odd[0] + (odd[1] + odd[2]);
  const float first = f4x4_pair[0].square, second = f4x4_pair[1].square, third = f4x4_pair[2].square;
  g[2 * g_step] = first * even[0] + (second * even[1] + third * even[2]);
  g[3 * g_step] = (first * odd[0] + u[6 * step]) + (second * odd[1] + third * odd[2]);
}
