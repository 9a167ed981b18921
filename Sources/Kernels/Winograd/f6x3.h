// F(6x6, 3x3): the points 0, +-1/2, +-1, +-2 and infinity. forms.h says what the functions compute. Only inference uses it, so there are none for
// gradients.
#pragma once
#include "../Lanes/lanes.h"

// M(x) = x (x^2 - 1/4) (x^2 - 1) (x^2 - 4) = x^7 - 21/4 x^5 + 21/4 x^3 - x.
INLINE void f6x3_input(Lanes *d, int step) {
  Lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step], d5 = d[5 * step], d6 = d[6 * step], d7 = d[7 * step];
  Lanes even_half = d6 + (4 * d2 - 5 * d4), odd_half = d5 + (4 * d1 - 5 * d3);
  Lanes even_one = d6 + (d2 - 4.25f * d4), odd_one = d5 + (d1 - 4.25f * d3);
  Lanes even_two = d6 + (0.25f * d2 - 1.25f * d4), odd_two = d5 + (0.25f * d1 - 1.25f * d3);
  d[0] = (d6 - d0) + 5.25f * (d2 - d4);
  d[step] = even_half + 0.5f * odd_half;
  d[2 * step] = even_half - 0.5f * odd_half;
  d[3 * step] = even_one + odd_one;
  d[4 * step] = even_one - odd_one;
  d[5 * step] = even_two + 2 * odd_two;
  d[6 * step] = even_two - 2 * odd_two;
  d[7 * step] = (d7 - d1) + 5.25f * (d3 - d5);
}

INLINE void f6x3_output(const Lanes *p, int step, Lanes *y, int y_step) {
  Lanes even_half = p[step] + p[2 * step], odd_half = p[step] - p[2 * step], even_one = p[3 * step] + p[4 * step], odd_one = p[3 * step] - p[4 * step];
  Lanes even_two = p[5 * step] + p[6 * step], odd_two = p[5 * step] - p[6 * step];
  y[0] = (p[0] + even_half) + (even_one + even_two);
  y[y_step] = 0.5f * odd_half + (odd_one + 2 * odd_two);
  y[2 * y_step] = 0.25f * even_half + (even_one + 4 * even_two);
  y[3 * y_step] = 0.125f * odd_half + (odd_one + 8 * odd_two);
  y[4 * y_step] = 0.0625f * even_half + (even_one + 16 * even_two);
  y[5 * y_step] = 0.03125f * odd_half + ((odd_one + p[7 * step]) + 32 * odd_two);
}

// N_p of the pairs: 2 p^2 (p^2 - q^2) (p^2 - r^2) with q and r the other two: 45/32, -9/2 and 90; that of zero is -1.
INLINE void f6x3_taps(const Lanes *g, int g_step, Lanes *u, int step) {
  Lanes g0 = g[0], g1 = g[g_step], g2 = g[2 * g_step];
  Lanes even_half = g0 + 0.25f * g2, even_one = g0 + g2, even_two = g0 + 4 * g2;
  u[0] = -g0;
  u[step] = (32 / 45.0f) * (even_half + 0.5f * g1);
  u[2 * step] = (32 / 45.0f) * (even_half - 0.5f * g1);
  u[3 * step] = (-2 / 9.0f) * (even_one + g1);
  u[4 * step] = (-2 / 9.0f) * (even_one - g1);
  u[5 * step] = (1 / 90.0f) * (even_two + 2 * g1);
  u[6 * step] = (1 / 90.0f) * (even_two - 2 * g1);
  u[7 * step] = g2;
}
