// Winograd's minimal filtering: fewer products for a convolution with a small window.
//
// Take m outputs of a filter with r taps, y_i = sum over t of d_(i+t) g_t. They come from n = m + r - 1 inputs, and the n products
//   y = A^T [ (G g) * (B^T d) ],   with * element by element,
// are enough where m r would be used directly. Why: read g and the reversed y as polynomials; d is then their product turned around
// (the transpose of a multiplication), and a product of degree n - 1 is known from its values at n points. G evaluates g at the
// points, A evaluates y, and B^T is the transpose of the interpolation. In two dimensions the same is done along columns and then
// along rows: m x m outputs from n x n products, as matrices Y = A^T [ (G g G^T) * (B^T d B) ] A. Over many channels the products of
// one place (u, v) of the n x n are a matrix product, inputs by outputs; those are the kernels of ../Matrix.
// S. Winograd, 1980; A. Lavin and S. Gray, Fast Algorithms for Convolutional Neural Networks, CVPR 2016.
//
// The points: zero, pairs such as +-a and +-b, and infinity (the highest coefficient). With M(x) the product of (x - p) over the finite
// points, row p of B^T holds the coefficients of M(x) / (x - p), the last row those of M(x); row p of G is (1, p, p^2 ...) / N_p with N_p the
// product of (p - q) over the other points q; A^T holds the powers of the points. The two rows of a pair differ by the sign
// of their odd part only, so each pair is one even and one odd sum.
//
// Lavin and Gray take 0, +-1, +-2. With a = 5/8 and b = 3/2 the largest and the smallest entries lie closer together, and a float32
// result is twice as exact (rms 1.0e-6 of the result against 2.0e-6; scripts/reference-winograd); all constants are exact.
//
// Three pairs of eighths spread rounding least at +-1/2, +-1, +-2 (rms 3.7e-6); most constants are then powers of two, as well.
//
//   F(6x6, 3x3): 0, +-1/2, +-1, +-2, infinity: 64 products where 324 would be used. It is for inference: the
//     gradient of the taps does not know it.
//   F(4x4, 3x3): 0, +-a, +-b, infinity: 36 products for 144.
//   F(2x2, 3x3): 0, +-1, infinity: 16 products for 36.
//   F(4x4, 2x2): +-a, +-b, infinity: 25 products for 64.
//   F(4x4, 4x4): +-1/4, +-7/8, +-7/4, infinity, of all eighths those that spread rounding least: 49 products for 256. It is
//     for the 7x7 window of stride 2 that images are read with.
#pragma once
#include "../Lanes/lanes.h"

enum { most_points = 8, most_places = most_points * most_points, most_outputs = 6, most_filter_taps = 4 };

/// Outputs m, taps r and points n along one axis.
INLINE int outputs_of(SegueFiltering form) { return form == SEGUE_F6X3 ? 6 : form == SEGUE_F2X3 ? 2 : 4; }
INLINE int taps_of(SegueFiltering form) { return form == SEGUE_F4X2 ? 2 : form == SEGUE_F4X4 ? 4 : 3; }
INLINE int points_of(SegueFiltering form) { return outputs_of(form) + taps_of(form) - 1; }
/// Whether a tile at the points is more than registers hold.
INLINE bool is_large(SegueFiltering form) { return points_of(form) >= 7; }

static const float a1 = 0.625f, a2 = 0.390625f, a3 = 0.244140625f;
static const float b1 = 1.5f, b2 = 2.25f, b3 = 3.375f;
static const float ab = 0.87890625f;  // a^2 b^2
static const float s2 = 2.640625f;    // a^2 + b^2

// The pairs of F(4x4, 4x4): the point and its square, sum and product of the squares of the other two, and 1 / N_p.
enum { pairs_of_four = 3 };
typedef struct {
  float point, square, others_sum, others_product, share;
} PointPair;
#define PAIR(p, q, r) {p, p * p, q * q + r * r, q * q * r * r, 1 / (2 * p * (p * p - q * q) * (p * p - r * r))}
static const PointPair of_four[pairs_of_four] = {PAIR(0.25f, 0.875f, 1.75f), PAIR(0.875f, 0.25f, 1.75f), PAIR(1.75f, 0.25f, 0.875f)};
#undef PAIR
// M(x) = (x^2 - 1/16) (x^2 - 49/64) (x^2 - 49/16) = x^6 - m4 x^4 + m2 x^2 - m0.
static const float m4 = 3.890625f, m2 = 2.583984375f, m0 = 0.14654541015625f;

// Each function below treats one line of an array whose elements are `step` apart.

/// d becomes B^T d.
INLINE void evaluate_input(SegueFiltering form, Lanes *d, int step) {
  Lanes d0 = d[0], d1 = d[step], d2 = d[2 * step], d3 = d[3 * step];
  if (form == SEGUE_F2X3) {
    d[0] = d2 - d0;
    d[step] = d2 + d1;
    d[2 * step] = d2 - d1;
    d[3 * step] = d3 - d1;
    return;
  }
  Lanes d4 = d[4 * step];
  if (form == SEGUE_F4X4) {
    Lanes d5 = d[5 * step], d6 = d[6 * step];
    UNROLLED for (int i = 0; i < pairs_of_four; i++) {
      PointPair pair = of_four[i];
      Lanes odd = d5 + (pair.others_product * d1 - pair.others_sum * d3), even = d4 + (pair.others_product * d0 - pair.others_sum * d2);
      d[2 * i * step] = odd + pair.point * even;
      d[(2 * i + 1) * step] = odd - pair.point * even;
    }
    d[6 * step] = (d6 - m0 * d0) + (m2 * d2 - m4 * d4);
    return;
  }
  if (form == SEGUE_F6X3) {
    // M(x) = x (x^2 - 1/4) (x^2 - 1) (x^2 - 4) = x^7 - 21/4 x^5 + 21/4 x^3 - x.
    Lanes d5 = d[5 * step], d6 = d[6 * step], d7 = d[7 * step];
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
    return;
  }
  if (form == SEGUE_F4X3) {
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

/// y = A^T p.
INLINE void interpolate_output(SegueFiltering form, const Lanes *p, int step, Lanes *y, int y_step) {
  if (form == SEGUE_F2X3) {
    y[0] = p[0] + p[step] + p[2 * step];
    y[y_step] = p[step] - p[2 * step] + p[3 * step];
    return;
  }
  if (form == SEGUE_F6X3) {
    Lanes even_half = p[step] + p[2 * step], odd_half = p[step] - p[2 * step], even_one = p[3 * step] + p[4 * step], odd_one = p[3 * step] - p[4 * step];
    Lanes even_two = p[5 * step] + p[6 * step], odd_two = p[5 * step] - p[6 * step];
    y[0] = (p[0] + even_half) + (even_one + even_two);
    y[y_step] = 0.5f * odd_half + (odd_one + 2 * odd_two);
    y[2 * y_step] = 0.25f * even_half + (even_one + 4 * even_two);
    y[3 * y_step] = 0.125f * odd_half + (odd_one + 8 * odd_two);
    y[4 * y_step] = 0.0625f * even_half + (even_one + 16 * even_two);
    y[5 * y_step] = 0.03125f * odd_half + ((odd_one + p[7 * step]) + 32 * odd_two);
    return;
  }
  if (form == SEGUE_F4X4) {
    Lanes even[pairs_of_four], odd[pairs_of_four];
    UNROLLED for (int i = 0; i < pairs_of_four; i++) {
      even[i] = p[2 * i * step] + p[(2 * i + 1) * step];
      odd[i] = of_four[i].point * (p[2 * i * step] - p[(2 * i + 1) * step]);
    }
    y[0] = even[0] + (even[1] + even[2]);
    y[y_step] = odd[0] + (odd[1] + odd[2]);
    y[2 * y_step] = of_four[0].square * even[0] + (of_four[1].square * even[1] + of_four[2].square * even[2]);
    y[3 * y_step] = (of_four[0].square * odd[0] + p[6 * step]) + (of_four[1].square * odd[1] + of_four[2].square * odd[2]);
    return;
  }
  const Lanes *pair = form == SEGUE_F4X3 ? p + step : p;
  Lanes even_a = pair[0] + pair[step], odd_a = pair[0] - pair[step];
  Lanes even_b = pair[2 * step] + pair[3 * step], odd_b = pair[2 * step] - pair[3 * step];
  y[0] = form == SEGUE_F4X3 ? p[0] + (even_a + even_b) : even_a + even_b;
  y[y_step] = a1 * odd_a + b1 * odd_b;
  y[2 * y_step] = a2 * even_a + b2 * even_b;
  y[3 * y_step] = a3 * odd_a + (b3 * odd_b + pair[4 * step]);
}

/// p = A y: the transpose of `interpolate_output`, for the gradient of the taps.
INLINE void evaluate_gradient(SegueFiltering form, const Lanes *y, int y_step, Lanes *p, int step) {
  if (form == SEGUE_F2X3) {
    p[0] = y[0];
    p[step] = y[0] + y[y_step];
    p[2 * step] = y[0] - y[y_step];
    p[3 * step] = y[y_step];
    return;
  }
  if (form == SEGUE_F4X4) {
    UNROLLED for (int i = 0; i < pairs_of_four; i++) {
      Lanes even = y[0] + of_four[i].square * y[2 * y_step], odd = of_four[i].point * (y[y_step] + of_four[i].square * y[3 * y_step]);
      p[2 * i * step] = even + odd;
      p[(2 * i + 1) * step] = even - odd;
    }
    p[6 * step] = y[3 * y_step];
    return;
  }
  Lanes *pair = form == SEGUE_F4X3 ? p + step : p;
  Lanes y0 = y[0], y1 = y[y_step], y2 = y[2 * y_step], y3 = y[3 * y_step];
  Lanes even_a = y0 + a2 * y2, odd_a = a1 * y1 + a3 * y3, even_b = y0 + b2 * y2, odd_b = b1 * y1 + b3 * y3;
  if (form == SEGUE_F4X3) p[0] = y0;
  pair[0] = even_a + odd_a;
  pair[step] = even_a - odd_a;
  pair[2 * step] = even_b + odd_b;
  pair[3 * step] = even_b - odd_b;
  pair[4 * step] = y3;
}

// N_p of the pairs: 2 a^2 (a^2 - b^2) and 2 b^2 (b^2 - a^2) where zero is a point, 2 a (a^2 - b^2) and 2 b (b^2 - a^2) where it is not.
static const float with_zero_a = 1 / (2 * 0.390625f * (0.390625f - 2.25f)), with_zero_b = 1 / (2 * 2.25f * (2.25f - 0.390625f));
static const float without_zero_a = 1 / (2 * 0.625f * (0.390625f - 2.25f)), without_zero_b = 1 / (2 * 1.5f * (2.25f - 0.390625f));

/// u = G g.
INLINE void evaluate_taps(SegueFiltering form, const Lanes *g, int g_step, Lanes *u, int step) {
  Lanes g0 = g[0], g1 = g[g_step];
  if (form == SEGUE_F4X2) {
    u[0] = without_zero_a * (g0 + a1 * g1);
    u[step] = -without_zero_a * (g0 - a1 * g1);
    u[2 * step] = without_zero_b * (g0 + b1 * g1);
    u[3 * step] = -without_zero_b * (g0 - b1 * g1);
    u[4 * step] = g1;
    return;
  }
  Lanes g2 = g[2 * g_step];
  if (form == SEGUE_F4X4) {
    Lanes g3 = g[3 * g_step];
    UNROLLED for (int i = 0; i < pairs_of_four; i++) {
      PointPair pair = of_four[i];
      Lanes even = pair.share * (g0 + pair.square * g2), odd = pair.share * pair.point * (g1 + pair.square * g3);
      u[2 * i * step] = odd + even;
      u[(2 * i + 1) * step] = odd - even;
    }
    u[6 * step] = g3;
    return;
  }
  if (form == SEGUE_F6X3) {
    // N_p of the pairs: 2 p^2 (p^2 - q^2) (p^2 - r^2) with q and r the other two: 45/32, -9/2 and 90; that of zero is -1.
    Lanes even_half = g0 + 0.25f * g2, even_one = g0 + g2, even_two = g0 + 4 * g2;
    u[0] = -g0;
    u[step] = (32 / 45.0f) * (even_half + 0.5f * g1);
    u[2 * step] = (32 / 45.0f) * (even_half - 0.5f * g1);
    u[3 * step] = (-2 / 9.0f) * (even_one + g1);
    u[4 * step] = (-2 / 9.0f) * (even_one - g1);
    u[5 * step] = (1 / 90.0f) * (even_two + 2 * g1);
    u[6 * step] = (1 / 90.0f) * (even_two - 2 * g1);
    u[7 * step] = g2;
  } else if (form == SEGUE_F4X3) {
    Lanes even_a = g0 + a2 * g2, odd_a = a1 * g1, even_b = g0 + b2 * g2, odd_b = b1 * g1;
    u[0] = (1 / ab) * g0;
    u[step] = with_zero_a * (even_a + odd_a);
    u[2 * step] = with_zero_a * (even_a - odd_a);
    u[3 * step] = with_zero_b * (even_b + odd_b);
    u[4 * step] = with_zero_b * (even_b - odd_b);
    u[5 * step] = g2;
  } else {
    Lanes even = 0.5f * (g0 + g2), odd = 0.5f * g1;
    u[0] = -g0;
    u[step] = even + odd;
    u[2 * step] = even - odd;
    u[3 * step] = g2;
  }
}

/// g = G^T u: the transpose of `evaluate_taps`.
INLINE void interpolate_taps(SegueFiltering form, const Lanes *u, int step, Lanes *g, int g_step) {
  if (form == SEGUE_F4X2) {
    Lanes odd_a = without_zero_a * (u[0] - u[step]), even_a = without_zero_a * (u[0] + u[step]);
    Lanes odd_b = without_zero_b * (u[2 * step] - u[3 * step]), even_b = without_zero_b * (u[2 * step] + u[3 * step]);
    g[0] = odd_a + odd_b;
    g[g_step] = a1 * even_a + (b1 * even_b + u[4 * step]);
  } else if (form == SEGUE_F4X4) {
    Lanes sum[pairs_of_four], difference[pairs_of_four];
    UNROLLED for (int i = 0; i < pairs_of_four; i++) {
      sum[i] = of_four[i].share * of_four[i].point * (u[2 * i * step] + u[(2 * i + 1) * step]);
      difference[i] = of_four[i].share * (u[2 * i * step] - u[(2 * i + 1) * step]);
    }
    g[0] = difference[0] + (difference[1] + difference[2]);
    g[g_step] = sum[0] + (sum[1] + sum[2]);
    g[2 * g_step] = of_four[0].square * difference[0] + (of_four[1].square * difference[1] + of_four[2].square * difference[2]);
    g[3 * g_step] = (of_four[0].square * sum[0] + u[6 * step]) + (of_four[1].square * sum[1] + of_four[2].square * sum[2]);
  } else if (form == SEGUE_F4X3) {
    Lanes even_a = with_zero_a * (u[step] + u[2 * step]), odd_a = with_zero_a * (u[step] - u[2 * step]);
    Lanes even_b = with_zero_b * (u[3 * step] + u[4 * step]), odd_b = with_zero_b * (u[3 * step] - u[4 * step]);
    g[0] = (1 / ab) * u[0] + (even_a + even_b);
    g[g_step] = a1 * odd_a + b1 * odd_b;
    g[2 * g_step] = a2 * even_a + (b2 * even_b + u[5 * step]);
  } else {
    Lanes even = 0.5f * (u[step] + u[2 * step]), odd = 0.5f * (u[step] - u[2 * step]);
    g[0] = even - u[0];
    g[g_step] = odd;
    g[2 * g_step] = even + u[3 * step];
  }
}
