// Every kernel that is compiled once for each instruction set: KERNEL(result, name, parameters), each parameter's type in parentheses before
// its name. Defined as the includer needs it: as a field of the table, as an entry of it, as the public function that calls through it.

KERNEL(void, gather, (SegueMap) source, (long) grid_height, (long) grid_width, (long) step, (const int *) tap_y, (const int *) tap_x, (long) taps,
       (long) first, (long) count, (float *) rows)

KERNEL(void, copy_padded, (SegueMap) source, (long) image, (long) top, (long) left, (long) height, (long) width, (float *) to)

KERNEL(long, packed_floats, (long) inner, (long) columns)
KERNEL(void, pack, (const float *) source, (long) row_stride, (long) column_stride, (long) rows, (long) columns, (long) inner, (long) first,
       (float *) packed)
KERNEL(void, transposed, (const float *) from, (long) from_stride, (long) rows, (long) columns, (float *) to, (long) to_stride)
KERNEL(void, multiply_packed, (SegueRows) a, (const float *) packed, (long) columns, (SegueGrid) c, (bool) accumulate, (SegueEpilogue) after)
KERNEL(void, multiply_transposed, (SegueRows) a, (SegueGrid) b, (SegueGrid) next, (long) columns, (float *) c, (long) c_stride, (bool) accumulate)
KERNEL(void, multiply_transposed_packed, (SegueRows) a, (const float *) packed, (const float *) next, (long) columns, (float *) c, (long) c_stride,
       (bool) accumulate)

KERNEL(void, copy_padded_bf16, (SegueMap) source, (long) image, (long) top, (long) left, (long) height, (long) width, (float *) to, (long) stride)
KERNEL(void, pack_pixels_bf16, (const float *) from, (long) line_stride, (long) row_stride, (long) lines, (long) pixels, (long) valid, (long) width,
       (float *) to)
KERNEL(void, pack_bf16, (const float *) source, (long) row_stride, (long) column_stride, (long) rows, (long) columns, (long) inner, (long) first,
       (float *) packed)
KERNEL(void, multiply_bf16, (SegueRows) a, (const float *) packed, (long) columns, (SegueGrid) c, (bool) accumulate, (SegueEpilogue) after)
KERNEL(void, multiply_transposed_bf16, (SegueRows) a, (SegueGrid) b, (SegueGrid) next, (long) pixels, (long) columns, (float *) c, (long) c_stride,
       (bool) accumulate)

KERNEL(void, winograd_input, (SegueTiling) tiling, (long) first, (long) count, (SegueMap) source, (long) step, (long) span, (long) top, (long) left,
       (float *) to, (long) place_stride, (long) row_stride, (bool) streamed)
KERNEL(void, winograd_output, (SegueTiling) tiling, (long) first, (long) count, (const float *) from, (long) place_stride, (long) row_stride,
       (SegueMap) target, (long) step, (long) top, (long) left, (bool) accumulate, (SegueEpilogue) after)
KERNEL(void, winograd_output_gradient, (SegueTiling) tiling, (long) first, (long) count, (SegueMap) gradient, (float *) packed, (long) place_stride,
       (long) rows, (long) first_row)
KERNEL(void, winograd_pack, (SegueFiltering) form, (int) line, (SegueTaps) taps, (long) first_row, (long) rows, (long) first_column, (long) columns,
       (long) inner, (long) to_row, (float *) packed, (long) place_stride)
KERNEL(void, winograd_taps_gradient, (SegueFiltering) form, (const float *) sums, (long) place_stride, (long) row_stride, (SegueTaps) taps,
       (long) first_row, (long) rows, (long) first_column, (long) columns, (float *) gradient, (bool) accumulate, (bool *) spoiled)

KERNEL(void, channel_moments, (SegueMap) x, (float *) mean, (float *) variance)
KERNEL(void, channel_affine, (SegueMap) x, (const float *) scale, (const float *) shift, (bool) relu, (SegueMap) y)
KERNEL(void, channel_affine_sums, (SegueMap) x, (SegueMap) dy, (const float *) scale, (const float *) shift, (bool) relu, (const float *) mean,
       (float *) sum_g, (float *) sum_gx)
KERNEL(void, channel_affine_backward, (SegueMap) x, (SegueMap) dy, (const float *) scale, (const float *) shift, (bool) relu, (const float *) mean,
       (const float *) a, (const float *) b, (const float *) d, (SegueMap) dx, (bool) accumulate)

KERNEL(void, copy, (SegueMap) from, (SegueMap) to, (bool) accumulate)
KERNEL(void, fill, (SegueMap) to, (float) value)
KERNEL(void, add, (SegueMap) a, (SegueMap) b, (SegueMap) y)
KERNEL(void, pixel_sums, (SegueMap) x, (float) factor, (SegueMap) sums, (bool) accumulate)
KERNEL(void, spread, (SegueMap) v, (float) factor, (SegueMap) y, (bool) accumulate)
KERNEL(void, gate, (SegueMap) x, (SegueMap) gate, (bool) residual, (SegueMap) y)
KERNEL(void, gate_backward, (SegueMap) dy, (SegueMap) gate, (bool) residual, (SegueMap) dx, (bool) accumulate)
KERNEL(void, gate_sums, (SegueMap) x, (SegueMap) dy, (SegueMap) dgate, (bool) accumulate)
KERNEL(void, sigmoid, (SegueMap) x, (SegueMap) y)
KERNEL(void, sigmoid_backward, (SegueMap) y, (SegueMap) dy, (SegueMap) dx, (bool) accumulate)
KERNEL(void, leaky_relu, (SegueMap) x, (float) slope, (SegueMap) y)
KERNEL(void, leaky_relu_backward, (SegueMap) y, (SegueMap) dy, (float) slope, (SegueMap) dx, (bool) accumulate)
KERNEL(void, bias, (SegueMap) y, (const float *) bias)
KERNEL(void, bias_backward, (SegueMap) dy, (float *) dbias)
KERNEL(void, biased_leaky_relu_backward, (SegueMap) y, (SegueMap) dy, (float) slope, (SegueMap) dx, (float *) dbias)

KERNEL(void, depthwise, (SegueMap) x, (const float *) weights, (long) kernel, (long) step, (long) padding, (SegueMap) y)
KERNEL(void, depthwise_backward_data, (SegueMap) dy, (const float *) weights, (long) kernel, (long) step, (long) padding, (SegueMap) dx,
       (bool) accumulate)
KERNEL(void, depthwise_backward_weights, (SegueMap) x, (SegueMap) dy, (long) kernel, (long) step, (long) padding, (float *) dweights)
KERNEL(void, average_pool, (SegueMap) x, (long) kernel, (long) step, (long) padding, (SegueMap) y)
KERNEL(void, average_pool_backward, (SegueMap) dy, (long) kernel, (long) step, (long) padding, (SegueMap) dx, (bool) accumulate)
KERNEL(void, max_pool, (SegueMap) x, (long) kernel, (long) step, (long) padding, (SegueMap) y)
KERNEL(void, max_pool_backward, (SegueMap) x, (SegueMap) dy, (long) kernel, (long) step, (long) padding, (SegueMap) dx, (bool) accumulate)
KERNEL(void, upsample_nearest, (SegueMap) x, (SegueMap) y)
KERNEL(void, upsample_nearest_backward, (SegueMap) dy, (SegueMap) dx, (bool) accumulate)

KERNEL(double, upsample_cross_entropy, (SegueMap) logits, (const uint8_t *) labels, (long) height, (long) width, (float) weight, (SegueMap) dlogits,
       (bool) accumulate, (long *) counted)
KERNEL(double, upsample_weighted_cross_entropy, (SegueMap) logits, (const uint8_t *) labels, (long) height, (long) width, (const float *) weights,
       (float) forward, (float) reverse, (float) weight, (float *) each, (SegueMap) dlogits, (bool) accumulate, (double *) counted)
KERNEL(double, upsample_entropy, (SegueMap) logits, (long) height, (long) width, (bool) robust, (float) offset, (float) weight, (SegueMap) dlogits,
       (bool) accumulate)
KERNEL(void, upsample_softmax, (SegueMap) logits, (float) weight, (SegueMap) probabilities, (bool) accumulate)
KERNEL(void, upsample_softmax_backward, (SegueMap) probabilities, (SegueMap) dprobabilities, (SegueMap) dlogits, (bool) accumulate)
KERNEL(void, upsample_argmax, (SegueMap) logits, (long) height, (long) width, (uint8_t *) labels)
KERNEL(void, argmax, (SegueMap) probabilities, (uint8_t *) labels, (float *) confidence)
KERNEL(double, binary_cross_entropy, (SegueMap) x, (float) target, (float) weight, (SegueMap) dx)

KERNEL(void, sgd, (float *) weights, (float *) velocity, (const float *) gradient, (long) count, (float) rate, (float) momentum, (float) decay)
KERNEL(void, adam, (float *) weights, (float *) first, (float *) second, (const float *) gradient, (long) count, (float) rate, (double) beta1,
       (double) beta2, (float) epsilon, (long) step)
KERNEL(bool, all_finite, (const float *) values, (long) count)

KERNEL(void, count_pairs, (const uint8_t *) rows, (const uint8_t *) columns, (long) count, (long) classes, (uint64_t *) counts)
KERNEL(void, picture_frequencies, (const float *) values, (long) height, (long) width, (long) channels, (const float *) vertical,
       (long) vertical_count, (const float *) horizontal, (long) horizontal_count, (float *) frequencies)
KERNEL(void, add_picture_frequencies, (const float *) values, (const float *) frequencies, (long) height, (long) width, (long) channels,
       (const float *) vertical, (long) vertical_count, (const float *) horizontal, (long) horizontal_count, (float *) to)
KERNEL(void, resample_rows, (const uint8_t *) pixels, (long) height, (long) width, (const int32_t *) starts, (const int32_t *) counts,
       (const int32_t *) weights, (long) stride, (long) columns, (uint8_t *) to)
KERNEL(void, resample_columns, (const uint8_t *) pixels, (long) height, (long) row_bytes, (const int32_t *) starts, (const int32_t *) counts,
       (const int32_t *) weights, (long) stride, (long) rows, (uint8_t *) to)

KERNEL(double, spin, (long) rounds)

#undef KERNEL
