// F(2x2, 3x3): the points 0, +-1 and infinity. forms.h says what the functions compute.
#pragma once
#include "../Lanes/lanes.h"

INLINE void f2x3_input(Lanes *d, int step) {
  Lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  d[0] = d2 - d0;
  d[step] = d2 + d1;
  d[2 * step] = d2 - d1;
  d[3 * step] = d3 - d1;
}

INLINE void f2x3_output(const Lanes *p, int step, Lanes *y, int y_step) {
  y[0] = p[0] + p[step] + p[2 * step];
  y[y_step] = p[step] - p[2 * step] + p[3 * step];
}

INLINE void f2x3_gradient(const Lanes *y, int y_step, Lanes *p, int step) {
  p[0] = y[0];
  p[step] = y[0] + y[y_step];
  p[2 * step] = y[0] - y[y_step];
  p[3 * step] = y[y_step];
}

INLINE void f2x3_taps(const Lanes *g, int g_step, Lanes *u, int step) {
  Lanes g0 = g[0], g1 = g[g_step], g2 = g[2 * g_step];
  Lanes even = 0.5f * (g0 + g2), odd = 0.5f * g1;
  u[0] = -g0;
  u[step] = even + odd;
  u[2 * step] = even - odd;
  u[3 * step] = g2;
}

INLINE void f2x3_taps_gradient(const Lanes *u, int step, Lanes *g, int g_step) {
  Lanes even = 0.5f * (u[step] + u[2 * step]), odd = 0.5f * (u[step] - u[2 * step]);
  g[0] = even - u[0];
  g[g_step] = odd;
  g[2 * g_step] = even + u[3 * step];
}
