// Exponential and logarithm in lanes, for losses: relative error below 3e-7, at a few cycles a number.
#pragma once
#include "lanes.h"

/// exp(x) for x <= 0; numbers below -87 are taken for -87, whose exponential 1.6e-38 is next to the smallest normal float.
///
/// With n the integer next to x / ln 2 and r = x - n ln 2, |r| <= ln 2 / 2, exp(x) = 2^n exp(r). Adding 1.5 * 2^23 leaves no bits
/// for a fraction, which rounds. ln 2 is split in two so that n * high is exact. exp(r) = 1 + r + r^2 q(r), with q of degree 3
/// fitted for the least relative error, 1.05e-7.
INLINE Lanes exp_of_negative(Lanes x) {
  const float rounder = 12582912.0f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  x = larger(x, all(-87.0f));
  Lanes n = (x * 1.44269504f + rounder) - rounder;
  Lanes r = x - n * ln2_high;
  r = r - n * ln2_low;
  Lanes q = r * 0.00831252057f + 0.0418901592f;
  q = q * r + 0.166671142f;
  q = q * r + 0.499992311f;
  Lanes whole = (r * r) * q + r;
  whole = whole + 1.0f;
  IntLanes power = (__builtin_convertvector(n, IntLanes) + 127) << 23;
  return whole * (Lanes)power;
}

/// log(x) for normal x > 0.
///
/// x = 2^n m with m between sqrt(1/2) and sqrt(2); log m = 2 artanh(s) with s = (m - 1) / (m + 1), |s| < 0.172, whose series
/// s + s^3/3 + s^5/5 ... is left after s^9/9 with 4e-10 missing.
INLINE Lanes log_of(Lanes x) {
  IntLanes bits = (IntLanes)x;
  // Bits of sqrt(1/2): subtracting them first makes the exponent field change at sqrt(1/2) rather than at 1.
  IntLanes shifted = bits - 0x3F3504F3;
  IntLanes n = shifted >> 23;
  Lanes m = (Lanes)((shifted & 0x007FFFFF) + 0x3F3504F3);
  Lanes s = (m - 1.0f) / (m + 1.0f);
  Lanes square = s * s;
  Lanes series = square * (2.0f / 9) + 2.0f / 7;
  series = series * square + 2.0f / 5;
  series = series * square + 2.0f / 3;
  Lanes log_m = (s * square) * series + s * 2.0f;
  return __builtin_convertvector(n, Lanes) * 0.693147181f + log_m;
}

/// log(1 + u) for 0 <= u <= 1, exact to rounding for small u too: 2 artanh(s) with s = u / (2 + u) <= 1/3, to s^15/15.
INLINE Lanes log_of_one_plus(Lanes u) {
  Lanes s = u / (u + 2.0f);
  Lanes square = s * s;
  Lanes series = square * (2.0f / 15) + 2.0f / 13;
  series = series * square + 2.0f / 11;
  series = series * square + 2.0f / 9;
  series = series * square + 2.0f / 7;
  series = series * square + 2.0f / 5;
  series = series * square + 2.0f / 3;
  return (s * square) * series + s * 2.0f;
}
