// F(4x4, 3x3) and F(4x4, 2x2): the points +-a, +-b and infinity, and 0 for three taps. forms.h says what the functions compute.
#pragma once
#include "../Lanes/lanes.h"

static const float a1 = 0.625f, a2 = 0.390625f, a3 = 0.244140625f;
static const float b1 = 1.5f, b2 = 2.25f, b3 = 3.375f;
static const float ab = 0.87890625f;  // a^2 b^2
static const float s2 = 2.640625f;    // a^2 + b^2

INLINE void f4_input(bool has_zero, Lanes *d, int step) {
  Lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step], d4 = d[4 * step];
  if (has_zero) {
    Lanes d5 = d[5 * step];
    Lanes even_a = d4 - b2 * d2, odd_a = a1 * (d3 - b2 * d1), even_b = d4 - a2 * d2, odd_b = b1 * (d3 - a2 * d1);
    d[0] = ab * d0 + (d4 - s2 * d2);
    d[step] = even_a + odd_a;
    d[2 * step] = even_a - odd_a;
    d[3 * step] = even_b + odd_b;
    d[4 * step] = even_b - odd_b;
    d[5 * step] = ab * d1 + (d5 - s2 * d3);
  } else {
    Lanes odd_a = d3 - b2 * d1, even_a = a1 * (d2 - b2 * d0), odd_b = d3 - a2 * d1, even_b = b1 * (d2 - a2 * d0);
    d[0] = odd_a + even_a;
    d[step] = odd_a - even_a;
    d[2 * step] = odd_b + even_b;
    d[3 * step] = odd_b - even_b;
    d[4 * step] = ab * d0 + (d4 - s2 * d2);
  }
}

INLINE void f4_output(bool has_zero, const Lanes *p, int step, Lanes *y, int y_step) {
  const Lanes *pair = has_zero ? p + step : p;
  Lanes even_a = pair[0] + pair[step], odd_a = pair[0] - pair[step];
  Lanes even_b = pair[2 * step] + pair[3 * step], odd_b = pair[2 * step] - pair[3 * step];
  y[0] = has_zero ? p[0] + (even_a + even_b) : even_a + even_b;
  y[y_step] = a1 * odd_a + b1 * odd_b;
  y[2 * y_step] = a2 * even_a + b2 * even_b;
  y[3 * y_step] = a3 * odd_a + (b3 * odd_b + pair[4 * step]);
}

INLINE void f4_gradient(bool has_zero, const Lanes *y, int y_step, Lanes *p, int step) {
  Lanes *pair = has_zero ? p + step : p;
  Lanes y0 = y[0], y1 = y[y_step], y2 = y[2 * y_step], y3 = y[3 * y_step];
  Lanes even_a = y0 + a2 * y2, odd_a = a1 * y1 + a3 * y3, even_b = y0 + b2 * y2, odd_b = b1 * y1 + b3 * y3;
  if (has_zero) p[0] = y0;
  pair[0] = even_a + odd_a;
  pair[step] = even_a - odd_a;
  pair[2 * step] = even_b + odd_b;
  pair[3 * step] = even_b - odd_b;
  pair[4 * step] = y3;
}

// N_p of the pairs: 2 a^2 (a^2 - b^2) and 2 b^2 (b^2 - a^2) where zero is a point, 2 a (a^2 - b^2) and 2 b (b^2 - a^2) where it is not.
static const float with_zero_a = 1 / (2 * 0.390625f * (0.390625f - 2.25f)), with_zero_b = 1 / (2 * 2.25f * (2.25f - 0.390625f));
static const float without_zero_a = 1 / (2 * 0.625f * (0.390625f - 2.25f)), without_zero_b = 1 / (2 * 1.5f * (2.25f - 0.390625f));

INLINE void f4_taps(bool has_zero, const Lanes *g, int g_step, Lanes *u, int step) {
  Lanes g0 = g[0], g1 = g[g_step];
  if (has_zero) {
    Lanes g2 = g[2 * g_step];
    Lanes even_a = g0 + a2 * g2, odd_a = a1 * g1, even_b = g0 + b2 * g2, odd_b = b1 * g1;
    u[0] = (1 / ab) * g0;
    u[step] = with_zero_a * (even_a + odd_a);
    u[2 * step] = with_zero_a * (even_a - odd_a);
    u[3 * step] = with_zero_b * (even_b + odd_b);
    u[4 * step] = with_zero_b * (even_b - odd_b);
    u[5 * step] = g2;
  } else {
    u[0] = without_zero_a * (g0 + a1 * g1);
    u[step] = -without_zero_a * (g0 - a1 * g1);
    u[2 * step] = without_zero_b * (g0 + b1 * g1);
    u[3 * step] = -without_zero_b * (g0 - b1 * g1);
    u[4 * step] = g1;
  }
}

INLINE void f4_taps_gradient(bool has_zero, const Lanes *u, int step, Lanes *g, int g_step) {
  if (has_zero) {
    Lanes even_a = with_zero_a * (u[step] + u[2 * step]), odd_a = with_zero_a * (u[step] - u[2 * step]);
    Lanes even_b = with_zero_b * (u[3 * step] + u[4 * step]), odd_b = with_zero_b * (u[3 * step] - u[4 * step]);
    g[0] = (1 / ab) * u[0] + (even_a + even_b);
    g[g_step] = a1 * odd_a + b1 * odd_b;
    g[2 * g_step] = a2 * even_a + (b2 * even_b + u[5 * step]);
  } else {
    Lanes odd_a = without_zero_a * (u[0] - u[step]), even_a = without_zero_a * (u[0] + u[step]);
    Lanes odd_b = without_zero_b * (u[2 * step] - u[3 * step]), even_b = without_zero_b * (u[2 * step] + u[3 * step]);
    g[0] = odd_a + odd_b;
    g[g_step] = a1 * even_a + (b1 * even_b + u[4 * step]);
  }
}
