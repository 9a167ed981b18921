// Every kernel that is compiled once for each instruction set: result, name, parameters, arguments. Defined as the includer needs
// it: as a field of the table, as an entry of it, as the public function that calls through it.

KERNEL(void, gather, (SegueMap source, long grid_height, long grid_width, long step, const int *tap_y, const int *tap_x, long taps, long first, long count, float *rows),
       (source, grid_height, grid_width, step, tap_y, tap_x, taps, first, count, rows))

KERNEL(void, copy_padded, (SegueMap source, long image, long top, long left, long height, long width, float *to), (source, image, top, left, height, width, to))

KERNEL(long, packed_floats, (long inner, long columns), (inner, columns))
KERNEL(void, pack, (const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed),
       (source, row_stride, column_stride, rows, columns, inner, first, packed))
KERNEL(void, transposed, (const float *from, long from_stride, long rows, long columns, float *to, long to_stride), (from, from_stride, rows, columns, to, to_stride))
KERNEL(void, multiply_packed, (SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after),
       (a, packed, columns, c, accumulate, after))
KERNEL(void, multiply_transposed, (SegueRows a, SegueGrid b, SegueGrid next, long columns, float *c, long c_stride, bool accumulate),
       (a, b, next, columns, c, c_stride, accumulate))
KERNEL(void, multiply_transposed_packed, (SegueRows a, const float *packed, const float *next, long columns, float *c, long c_stride, bool accumulate),
       (a, packed, next, columns, c, c_stride, accumulate))

KERNEL(void, copy_padded_bf16, (SegueMap source, long image, long top, long left, long height, long width, float *to, long stride),
       (source, image, top, left, height, width, to, stride))
KERNEL(void, pack_pixels_bf16, (const float *from, long line_stride, long row_stride, long lines, long pixels, long valid, long width, float *to),
       (from, line_stride, row_stride, lines, pixels, valid, width, to))
KERNEL(void, pack_bf16, (const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed),
       (source, row_stride, column_stride, rows, columns, inner, first, packed))
KERNEL(void, multiply_bf16, (SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after),
       (a, packed, columns, c, accumulate, after))
KERNEL(void, multiply_transposed_bf16, (SegueRows a, SegueGrid b, SegueGrid next, long pixels, long columns, float *c, long c_stride, bool accumulate),
       (a, b, next, pixels, columns, c, c_stride, accumulate))

KERNEL(void, winograd_input, (SegueTiling tiling, long first, long count, SegueMap source, long step, long span, long top, long left, float *to, long place_stride, long row_stride, bool streamed),
       (tiling, first, count, source, step, span, top, left, to, place_stride, row_stride, streamed))
KERNEL(void, winograd_output, (SegueTiling tiling, long first, long count, const float *from, long place_stride, long row_stride, SegueMap target, long step, long top, long left, bool accumulate, SegueEpilogue after),
       (tiling, first, count, from, place_stride, row_stride, target, step, top, left, accumulate, after))
KERNEL(void, winograd_output_gradient, (SegueTiling tiling, long first, long count, SegueMap gradient, float *packed, long place_stride, long rows, long first_row),
       (tiling, first, count, gradient, packed, place_stride, rows, first_row))
KERNEL(void, winograd_pack, (SegueFiltering form, int line, SegueTaps taps, long first_row, long rows, long first_column, long columns, long inner, long to_row, float *packed, long place_stride),
       (form, line, taps, first_row, rows, first_column, columns, inner, to_row, packed, place_stride))
KERNEL(void, winograd_taps_gradient, (SegueFiltering form, const float *sums, long place_stride, long row_stride, SegueTaps taps, long first_row, long rows, long first_column, long columns, float *gradient, bool accumulate, bool *spoiled),
       (form, sums, place_stride, row_stride, taps, first_row, rows, first_column, columns, gradient, accumulate, spoiled))

KERNEL(void, channel_moments, (SegueMap x, float *mean, float *variance), (x, mean, variance))
KERNEL(void, channel_affine, (SegueMap x, const float *scale, const float *shift, bool relu, SegueMap y), (x, scale, shift, relu, y))
KERNEL(void, channel_affine_sums, (SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean, float *sum_g, float *sum_gx),
       (x, dy, scale, shift, relu, mean, sum_g, sum_gx))
KERNEL(void, channel_affine_backward, (SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean, const float *a, const float *b, const float *d, SegueMap dx, bool accumulate),
       (x, dy, scale, shift, relu, mean, a, b, d, dx, accumulate))

KERNEL(void, copy, (SegueMap from, SegueMap to, bool accumulate), (from, to, accumulate))
KERNEL(void, fill, (SegueMap to, float value), (to, value))
KERNEL(void, add, (SegueMap a, SegueMap b, SegueMap y), (a, b, y))
KERNEL(void, pixel_sums, (SegueMap x, float factor, SegueMap sums, bool accumulate), (x, factor, sums, accumulate))
KERNEL(void, spread, (SegueMap v, float factor, SegueMap y, bool accumulate), (v, factor, y, accumulate))
KERNEL(void, gate, (SegueMap x, SegueMap gate, bool residual, SegueMap y), (x, gate, residual, y))
KERNEL(void, gate_backward, (SegueMap dy, SegueMap gate, bool residual, SegueMap dx, bool accumulate), (dy, gate, residual, dx, accumulate))
KERNEL(void, gate_sums, (SegueMap x, SegueMap dy, SegueMap dgate, bool accumulate), (x, dy, dgate, accumulate))
KERNEL(void, sigmoid, (SegueMap x, SegueMap y), (x, y))
KERNEL(void, sigmoid_backward, (SegueMap y, SegueMap dy, SegueMap dx, bool accumulate), (y, dy, dx, accumulate))
KERNEL(void, leaky_relu, (SegueMap x, float slope, SegueMap y), (x, slope, y))
KERNEL(void, leaky_relu_backward, (SegueMap y, SegueMap dy, float slope, SegueMap dx, bool accumulate), (y, dy, slope, dx, accumulate))
KERNEL(void, bias, (SegueMap y, const float *bias), (y, bias))
KERNEL(void, bias_backward, (SegueMap dy, float *dbias), (dy, dbias))
KERNEL(void, biased_leaky_relu_backward, (SegueMap y, SegueMap dy, float slope, SegueMap dx, float *dbias), (y, dy, slope, dx, dbias))

KERNEL(void, depthwise, (SegueMap x, const float *weights, long kernel, long step, long padding, SegueMap y), (x, weights, kernel, step, padding, y))
KERNEL(void, depthwise_backward_data, (SegueMap dy, const float *weights, long kernel, long step, long padding, SegueMap dx, bool accumulate),
       (dy, weights, kernel, step, padding, dx, accumulate))
KERNEL(void, depthwise_backward_weights, (SegueMap x, SegueMap dy, long kernel, long step, long padding, float *dweights),
       (x, dy, kernel, step, padding, dweights))
KERNEL(void, average_pool, (SegueMap x, long kernel, long step, long padding, SegueMap y), (x, kernel, step, padding, y))
KERNEL(void, average_pool_backward, (SegueMap dy, long kernel, long step, long padding, SegueMap dx, bool accumulate),
       (dy, kernel, step, padding, dx, accumulate))
KERNEL(void, upsample_nearest, (SegueMap x, SegueMap y), (x, y))
KERNEL(void, upsample_nearest_backward, (SegueMap dy, SegueMap dx, bool accumulate), (dy, dx, accumulate))

KERNEL(double, upsample_cross_entropy, (SegueMap logits, const uint8_t *labels, long height, long width, float weight, SegueMap dlogits, bool accumulate, long *counted),
       (logits, labels, height, width, weight, dlogits, accumulate, counted))
KERNEL(void, upsample_softmax, (SegueMap logits, float weight, SegueMap probabilities, bool accumulate), (logits, weight, probabilities, accumulate))
KERNEL(void, upsample_softmax_backward, (SegueMap probabilities, SegueMap dprobabilities, SegueMap dlogits, bool accumulate),
       (probabilities, dprobabilities, dlogits, accumulate))
KERNEL(void, upsample_argmax, (SegueMap logits, long height, long width, uint8_t *labels), (logits, height, width, labels))
KERNEL(void, argmax, (SegueMap probabilities, uint8_t *labels, float *confidence), (probabilities, labels, confidence))
KERNEL(double, binary_cross_entropy, (SegueMap x, float target, float weight, SegueMap dx), (x, target, weight, dx))

KERNEL(void, sgd, (float *weights, float *velocity, const float *gradient, long count, float rate, float momentum, float decay),
       (weights, velocity, gradient, count, rate, momentum, decay))
KERNEL(void, adam, (float *weights, float *first, float *second, const float *gradient, long count, float rate, double beta1, double beta2, float epsilon, long step),
       (weights, first, second, gradient, count, rate, beta1, beta2, epsilon, step))
KERNEL(bool, all_finite, (const float *values, long count), (values, count))

KERNEL(void, count_pairs, (const uint8_t *rows, const uint8_t *columns, long count, long classes, uint64_t *counts), (rows, columns, count, classes, counts))
KERNEL(void, picture_frequencies, (const float *values, long height, long width, long channels, const float *vertical, long vertical_count, const float *horizontal, long horizontal_count, float *frequencies),
       (values, height, width, channels, vertical, vertical_count, horizontal, horizontal_count, frequencies))
KERNEL(void, add_picture_frequencies, (const float *values, const float *frequencies, long height, long width, long channels, const float *vertical, long vertical_count, const float *horizontal, long horizontal_count, float *to),
       (values, frequencies, height, width, channels, vertical, vertical_count, horizontal, horizontal_count, to))
KERNEL(void, resample_rows, (const uint8_t *pixels, long height, long width, const int32_t *starts, const int32_t *counts, const int32_t *weights, long stride, long columns, uint8_t *to),
       (pixels, height, width, starts, counts, weights, stride, columns, to))
KERNEL(void, resample_columns, (const uint8_t *pixels, long height, long row_bytes, const int32_t *starts, const int32_t *counts, const int32_t *weights, long stride, long rows, uint8_t *to),
       (pixels, height, row_bytes, starts, counts, weights, stride, rows, to))

KERNEL(double, spin, (long rounds), (rounds))

#undef KERNEL
