// Winograd's minimal filtering: fewer products for a convolution with a small window.
//
// Take m outputs of a filter with r taps, y_i = sum over t of d_(i+t) g_t. They come from n = m + r - 1 inputs, and the n products
//   y = A^T [ (G g) * (B^T d) ],   with * element by element,
// are enough where m r would be used directly. Why: read g and the reversed y as polynomials; d is then their product transposed
// (as the transpose of a multiplication), and a product of degree n - 1 is known from its values at n points. G evaluates g at the
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
#include "f2x3.h"
#include "f4.h"
#include "f4x4.h"
#include "f6x3.h"

enum { most_points = 8, most_places = most_points * most_points, most_outputs = 6, most_filter_taps = 4 };

/// Outputs m, taps r and points n along one axis.
INLINE int outputs_of(SegueFiltering form) { return form == SEGUE_F6X3 ? 6 : form == SEGUE_F2X3 ? 2 : 4; }
INLINE int taps_of(SegueFiltering form) { return form == SEGUE_F4X2 ? 2 : form == SEGUE_F4X4 ? 4 : 3; }
INLINE int points_of(SegueFiltering form) { return outputs_of(form) + taps_of(form) - 1; }
/// Whether a tile in the Winograd domain is more than registers hold.
INLINE bool is_large(SegueFiltering form) { return points_of(form) >= 7; }

// Each function below treats one line of an array whose elements are `step` apart.

/// d becomes B^T d.
INLINE void evaluate_input(SegueFiltering form, Lanes *d, int step) {
  if (form == SEGUE_F2X3) f2x3_input(d, step);
  else if (form == SEGUE_F6X3) f6x3_input(d, step);
  else if (form == SEGUE_F4X4) f4x4_input(d, step);
  else f4_input(form == SEGUE_F4X3, d, step);
}

/// y = A^T p.
INLINE void interpolate_output(SegueFiltering form, const Lanes *p, int step, Lanes *y, int y_step) {
  if (form == SEGUE_F2X3) f2x3_output(p, step, y, y_step);
  else if (form == SEGUE_F6X3) f6x3_output(p, step, y, y_step);
  else if (form == SEGUE_F4X4) f4x4_output(p, step, y, y_step);
  else f4_output(form == SEGUE_F4X3, p, step, y, y_step);
}

/// p = A y: the transpose of `interpolate_output`, for the gradient of the taps.
INLINE void evaluate_gradient(SegueFiltering form, const Lanes *y, int y_step, Lanes *p, int step) {
  if (form == SEGUE_F2X3) f2x3_gradient(y, y_step, p, step);
  else if (form == SEGUE_F4X4) f4x4_gradient(y, y_step, p, step);
  else f4_gradient(form == SEGUE_F4X3, y, y_step, p, step);
}

/// u = G g.
INLINE void evaluate_taps(SegueFiltering form, const Lanes *g, int g_step, Lanes *u, int step) {
  if (form == SEGUE_F2X3) f2x3_taps(g, g_step, u, step);
  else if (form == SEGUE_F6X3) f6x3_taps(g, g_step, u, step);
  else if (form == SEGUE_F4X4) f4x4_taps(g, g_step, u, step);
  else f4_taps(form == SEGUE_F4X3, g, g_step, u, step);
}

/// g = G^T u: the transpose of `evaluate_taps`.
INLINE void interpolate_taps(SegueFiltering form, const Lanes *u, int step, Lanes *g, int g_step) {
  if (form == SEGUE_F2X3) f2x3_taps_gradient(u, step, g, g_step);
  else if (form == SEGUE_F4X4) f4x4_taps_gradient(u, step, g, g_step);
  else f4_taps_gradient(form == SEGUE_F4X3, u, step, g, g_step);
}
