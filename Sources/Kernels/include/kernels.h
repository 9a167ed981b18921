// The inner loops of Segue: everything that touches every float of a feature map, and the threads that share it out.
//
// A map is NHWC: channel c of pixel (n, y, x) lies at data[((n * height + y) * width + x) * stride + c]. `stride` is at least
// `channels`; it is larger where the map is a slice of a concatenation. No function reads or writes outside [0, channels).
//
// Every function shares its work among the threads by itself. How work is cut depends on the sizes only, never on the number of
// threads, and partial sums are added in a fixed order, so that results have the same bits at any number of threads.
// `accumulate` means: add to what is there instead of replacing it.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  float *data;
  long images, height, width, channels, stride;
} SegueMap;

// ---- threads ----------------------------------------------------------------------------------------------------------------

typedef void (*SegueTask)(void *context, long index);

/// Runs task(context, i) for each i in 0 ..< count, on as many threads as there are; returns when all are done. Called from within
/// a task, or while another thread has the pool, it runs the tasks on the calling thread.
void segue_parallel(long count, SegueTask task, void *context);

/// From now on the calling thread runs its tasks alone.
void segue_keep_to_this_thread(void);

/// The number of threads: SEGUE_THREADS, else the processors this process may use.
int segue_thread_count(void);
/// For tests and benchmarks, and where several processes share the processors.
void segue_set_thread_count(int count);
/// The numbers of the processors that this process may use, at most `room`; how many there are.
int segue_processors(int *numbers, int room);

/// Memory for `floats` floats on a cache line's boundary, in large pages where it is large; NULL where there is none. Freed by free().
float *segue_allocate(long floats);

/// Ends the process, with exit code 1, where there is no memory for so many floats: it says so on standard error, and what was advised.
_Noreturn void segue_out_of_memory(long floats);
/// What is said besides: lines for people, copied; NULL for nothing. Set before work begins, as words cannot be made when memory is gone.
void segue_advise_on_memory(const char *words);

/// A buffer of at least `floats` floats, 64-byte aligned, that belongs to the calling thread until it asks again for the same
/// slot (0 ... 4). Its contents are undefined.
float *segue_scratch(int slot, long floats);

/// The instruction set in use: "avx512", "avx2" or "portable". SEGUE_CPU forces one that the processor has.
const char *segue_instruction_set(void);
/// For tests and benchmarks: the calling thread uses that one from now on; others are not disturbed. False, and nothing changes, if the
/// processor does not have it. Beside the names of the sets there is "avx512-without-bf16", for processors that have no instructions for
/// bfloat16 and sum the same products one after another; its name is avx512, for its results are.
bool segue_use_instruction_set(const char *name);
/// Whether there are instructions for products of bfloat16; where not, they are slower than those of floats.
bool segue_multiplies_bf16(void);

// ---- convolution, by gathering ----------------------------------------------------------------------------------------------

/// Copies the neighbourhoods of `count` consecutive grid pixels, starting with number `first` (counted row by row through all
/// images of a grid of grid_height x grid_width an image), into rows of taps * channels floats. Tap t of grid pixel (n, i, j) is
/// source pixel (n, i * step + tap_y[t], j * step + tap_x[t]), or zeros where that lies outside.
void segue_gather(SegueMap source, long grid_height, long grid_width, long step, const int *tap_y, const int *tap_x, long taps,
                  long first, long count, float *rows);

/// Copies a rectangle of image number `image` of the source, from row `top` and column `left` on, to height * width * channels
/// floats; zeros where it sticks out of the image. On the calling thread.
void segue_copy_padded(SegueMap source, long image, long top, long left, long height, long width, float *to);

// ---- matrix products --------------------------------------------------------------------------------------------------------
//
// These run on the calling thread, as the one exception: a caller shares out the blocks of a product. Sums are taken in an order
// that depends on the sizes only.

/// The rows of a matrix, as convolution has them: pixels of a map with the windows they look at. Row i of line l consists of `runs`
/// runs of `run` floats; run r begins at data[l * line_stride + i * row_stride + r * run_stride]. Rows may overlap. A plain matrix is
/// one line of rows of one run.
typedef struct {
  const float *data;
  long lines, rows, line_stride, row_stride;
  long runs, run, run_stride;
} SegueRows;

/// Where rows lie that are given elsewhere: row i of line l begins at data[l * line_stride + i * row_stride].
typedef struct {
  float *data;
  long line_stride, row_stride;
} SegueGrid;

/// Columns of a panel of a packed matrix, one row of which after the other is a matrix of its own: as many as the products of the instruction set
/// take at once, 16 or 32.
long segue_panel_columns(void);
/// How many floats a matrix of inner x columns takes when packed: columns are filled up with zeros to a multiple of 16. The columns
/// from number 32 * i on lie at 32 * i * inner.
long segue_packed_floats(long inner, long columns);
/// Packs `rows` rows as rows first ..< first + rows of a matrix of inner x columns; element (k, j) of them is
/// source[k * row_stride + j * column_stride], and one of the strides is 1. Calls for other rows may run at the same time.
void segue_pack(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed);
/// What becomes of a finished product y of column k: z = y * scale[k] + shift[k], and slope * z where z is not positive (a slope of 0 is a
/// ReLU, of 1 nothing). A null `scale` is ones; nothing at all if `shift` is null.
typedef struct {
  const float *scale, *shift;
  float slope;
} SegueEpilogue;

/// to[j][i] = from[i][j], for `rows` x `columns` of from.
void segue_transposed(const float *from, long from_stride, long rows, long columns, float *to, long to_stride);
/// c (+)= a b, with b packed: a.runs * a.run x columns.
void segue_multiply_packed(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after);
/// c (+)= transpose of a, times b, whose rows have `columns` floats. Row r * a.run + i of c, c_stride floats apart, belongs to float i
/// of run r. `next` is the b of the product that will follow, which is asked for meanwhile: b itself if there is none.
void segue_multiply_transposed(SegueRows a, SegueGrid b, SegueGrid next, long columns, float *c, long c_stride, bool accumulate);
/// The same with b and the next one packed: a.lines * a.rows x columns.
void segue_multiply_transposed_packed(SegueRows a, const float *packed, const float *next, long columns, float *c, long c_stride, bool accumulate);

// ---- matrix products of bfloat16 ---------------------------------------------------------------------------------------------
//
// Floats rounded to bfloat16, two of them in the place of one float, a *word*: derived in Matrix/bf16.h. Sums are floats. All instruction sets
// have the same results, to the bit, for normal numbers.

/// As segue_copy_padded, with channels 2 i and 2 i + 1 of the source, whose number is even, as word i of a pixel; `stride` words from
/// pixel to pixel.
void segue_copy_padded_bf16(SegueMap source, long image, long top, long left, long height, long width, float *to, long stride);
/// Words of pixels 2 i and 2 i + 1 of each of `lines` lines of `pixels` pixels, as `width` words of which `valid` are the pixels' floats and the
/// others zeros; they follow each other. Zeros beside an odd last pixel.
void segue_pack_pixels_bf16(const float *from, long line_stride, long row_stride, long lines, long pixels, long valid, long width, float *to);
/// As segue_pack, with rows 2 i and 2 i + 1 of the source, whose number is even, as row i of words; `inner` and `first` count words.
void segue_pack_bf16(const float *source, long row_stride, long column_stride, long rows, long columns, long inner, long first, float *packed);
/// As segue_multiply_packed, with words in `a` and `packed`.
void segue_multiply_bf16(SegueRows a, const float *packed, long columns, SegueGrid c, bool accumulate, SegueEpilogue after);
/// As segue_multiply_transposed, with a row of words in `a` for every two of the `pixels` floats' rows of a line of b.
void segue_multiply_transposed_bf16(SegueRows a, SegueGrid b, SegueGrid next, long pixels, long columns, float *c, long c_stride, bool accumulate);

// ---- Winograd's minimal filtering (derived in Winograd/forms.h) --------------------------------------------------------------
//
// Like the matrix products, these run on the calling thread. A convolution is: the inputs of tiles in the Winograd domain, a matrix product
// for each place of the n x n, and the outputs from those. Place p of row r (a tile) lies at p * place_stride + r * row_stride.

/// F(m x m, r x r): tiles of m x m outputs, of a window of r x r, from n x n = (m + r - 1)^2 places.
typedef enum {
  SEGUE_F4X3,  // 4x4 outputs, 3x3 taps, 36 places
  SEGUE_F2X3,  // 2x2 outputs, 3x3 taps, 16 places
  SEGUE_F4X2,  // 4x4 outputs, 2x2 taps, 25 places
  SEGUE_F4X4,  // 4x4 outputs, 4x4 taps, 49 places
  SEGUE_F6X3,  // 6x6 outputs, 3x3 taps, 64 places; without gradients of outputs and taps
} SegueFiltering;

/// A grid of outputs cut into tiles, which are counted row by row through all images.
typedef struct {
  SegueFiltering form;
  long height, width;
} SegueTiling;

/// The inputs of `count` tiles from number `first` on. The input of output pixel (i, j) under tap (0, 0) is source pixel
/// (i * step + top, j * step + left), and that of the next tap `step` further; zeros outside. With a `span` of more than 1, that pixel
/// and its right neighbours count as one, their channels side by side: neighbouring views in one. The map is dense then. `streamed` is for what
/// other threads will read: it is written past the caches where it fills their lines.
void segue_winograd_input(SegueTiling tiling, long first, long count, SegueMap source, long step, long span, long top, long left, float *to,
                          long place_stride, long row_stride, bool streamed);
/// The outputs of tiles, `after` applied. Output pixel (i, j) is target pixel (i * step + top, j * step + left), if there is one.
void segue_winograd_output(SegueTiling tiling, long first, long count, const float *from, long place_stride, long row_stride, SegueMap target,
                           long step, long top, long left, bool accumulate, SegueEpilogue after);
/// The gradients of the outputs of tiles, whose grid is the whole map, in the Winograd domain: rows from `first_row` on of packed matrices of `rows` rows.
void segue_winograd_output_gradient(SegueTiling tiling, long first, long count, SegueMap gradient, float *packed, long place_stride, long rows,
                                    long first_row);
/// Where the taps of a filter lie: tap (a, b) is the channels x columns matrix number first + a * down + b * across of the weights. Those from
/// (height, width) on are 0, and have no gradient.
typedef struct {
  const float *weights;
  long first, down, across, height, width;
  long channels, columns;
} SegueTaps;

/// One line of the taps in the Winograd domain, of places line * n ..< line * n + n, as packed matrices (see segue_pack) of `inner` x `columns`,
/// place_stride floats apart. Channels first_row ..< first_row + rows of the taps, columns first_column ..< first_column + columns, become
/// rows from to_row on.
void segue_winograd_pack(SegueFiltering form, int line, SegueTaps taps, long first_row, long rows, long first_column, long columns, long inner,
                         long to_row, float *packed, long place_stride);
/// gradient[matrix of tap t][c][k] (+)= the gradient of tap t, from the sums over tiles of input times output gradient: a `rows` x `columns`
/// matrix for each place, for channels from first_row and columns from first_column on. `taps` tells how the gradient lies; its weights are not
/// read. *spoiled becomes true where a number of the gradient is not finite then, and else stays as it is.
void segue_winograd_taps_gradient(SegueFiltering form, const float *sums, long place_stride, long row_stride, SegueTaps taps, long first_row,
                                  long rows, long first_column, long columns, float *gradient, bool accumulate, bool *spoiled);

// ---- batch normalisation ----------------------------------------------------------------------------------------------------

/// Mean and biased variance of each channel over images, rows and columns.
void segue_channel_moments(SegueMap x, float *mean, float *variance);
/// y = x * scale[c] + shift[c], then max(0, .) if relu. y may be x.
void segue_channel_affine(SegueMap x, const float *scale, const float *shift, bool relu, SegueMap y);
/// With g = dy, or 0 where relu is true and x * scale[c] + shift[c] <= 0:
/// sum_g[c] = sum of g, sum_gx[c] = sum of g * (x - mean[c]).
void segue_channel_affine_sums(SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean,
                               float *sum_g, float *sum_gx);
/// dx (+)= a[c] * g + b[c] * (x - mean[c]) + d[c], with g as above. dx may be dy where it does not accumulate.
void segue_channel_affine_backward(SegueMap x, SegueMap dy, const float *scale, const float *shift, bool relu, const float *mean,
                                   const float *a, const float *b, const float *d, SegueMap dx, bool accumulate);

// ---- pointwise --------------------------------------------------------------------------------------------------------------

void segue_copy(SegueMap from, SegueMap to, bool accumulate);
void segue_fill(SegueMap to, float value);
/// y = a + b; b may be of 1x1 pixels and is then added to every pixel of its image.
void segue_add(SegueMap a, SegueMap b, SegueMap y);
/// sums[n, 1, 1, c] (+)= factor * sum over the pixels of image n of x.
void segue_pixel_sums(SegueMap x, float factor, SegueMap sums, bool accumulate);
/// y (+)= factor * v, where v has 1x1 pixels and goes to every pixel of its image.
void segue_spread(SegueMap v, float factor, SegueMap y, bool accumulate);
/// y = x * gate[n, 1, 1, c] (+ x if residual).
void segue_gate(SegueMap x, SegueMap gate, bool residual, SegueMap y);
/// dx (+)= dy * gate (+ dy if residual).
void segue_gate_backward(SegueMap dy, SegueMap gate, bool residual, SegueMap dx, bool accumulate);
/// dgate[n, 1, 1, c] (+)= sum over pixels of dy * x.
void segue_gate_sums(SegueMap x, SegueMap dy, SegueMap dgate, bool accumulate);
void segue_sigmoid(SegueMap x, SegueMap y);
/// dx (+)= dy * y * (1 - y).
void segue_sigmoid_backward(SegueMap y, SegueMap dy, SegueMap dx, bool accumulate);
/// y = x > 0 ? x : slope * x; slope 0 is the plain ReLU.
void segue_leaky_relu(SegueMap x, float slope, SegueMap y);
/// dx (+)= y > 0 ? dy : slope * dy (y has the sign of x).
void segue_leaky_relu_backward(SegueMap y, SegueMap dy, float slope, SegueMap dx, bool accumulate);
/// y += bias[c].
void segue_bias(SegueMap y, const float *bias);
/// dbias[c] += sum over everything of dy.
void segue_bias_backward(SegueMap dy, float *dbias);
/// Both of a bias followed by a leaky ReLU whose output is y: dx = dy, or slope * dy where y is not positive; dbias[c] += sum of dx.
void segue_biased_leaky_relu_backward(SegueMap y, SegueMap dy, float slope, SegueMap dx, float *dbias);

// ---- neighbourhoods, each channel for itself --------------------------------------------------------------------------------

/// weights: [kernel][kernel][channels].
void segue_depthwise(SegueMap x, const float *weights, long kernel, long step, long padding, SegueMap y);
void segue_depthwise_backward_data(SegueMap dy, const float *weights, long kernel, long step, long padding, SegueMap dx, bool accumulate);
/// dweights += gradient.
void segue_depthwise_backward_weights(SegueMap x, SegueMap dy, long kernel, long step, long padding, float *dweights);
/// Always divides by kernel * kernel, padding included.
void segue_average_pool(SegueMap x, long kernel, long step, long padding, SegueMap y);
void segue_average_pool_backward(SegueMap dy, long kernel, long step, long padding, SegueMap dx, bool accumulate);
/// The largest number of each window; padding never wins. A number that is not one (NaN) wins over all others.
void segue_max_pool(SegueMap x, long kernel, long step, long padding, SegueMap y);
/// Each window's gradient goes to the first of its largest numbers, row by row from the top left, or to its last NaN.
void segue_max_pool_backward(SegueMap x, SegueMap dy, long kernel, long step, long padding, SegueMap dx, bool accumulate);
/// Nearest neighbour to y's size: source row = floor(row * x.height / y.height), columns alike.
void segue_upsample_nearest(SegueMap x, SegueMap y);
void segue_upsample_nearest_backward(SegueMap dy, SegueMap dx, bool accumulate);

// ---- the output: bilinear upsampling (corners aligned) fused with what is done to the logits --------------------------------

/// Sum over the valid pixels of the cross-entropy of softmax(upsampled logits) against labels[images][height][width], where a
/// label >= channels is ignored. *counted = number of valid pixels. If dlogits.data is not null, it (+)= the gradient of
/// weight * (sum / counted); with no valid pixel the gradient is 0.
double segue_upsample_cross_entropy(SegueMap logits, const uint8_t *labels, long height, long width, float weight,
                                    SegueMap dlogits, bool accumulate, long *counted);
/// Sum over the valid pixels of w (forward * -log p + reverse * (1 - p)), where p is the probability of the pixel's label and w the label's of
/// `weights`, 1 where that is null. *counted = the sum of w. If `each` is not null, each[images][height][width] = what the pixel adds, 0 where
/// ignored. If dlogits.data is not null, it (+)= the gradient of weight * (sum / counted); with no valid pixel the gradient is 0.
double segue_upsample_weighted_cross_entropy(SegueMap logits, const uint8_t *labels, long height, long width, const float *weights, float forward,
                                             float reverse, float weight, float *each, SegueMap dlogits, bool accumulate, double *counted);
/// Mean over the pixels of E, or of (E^2 + offset)^2 if robust, where E is the entropy of softmax(upsampled logits) over the logarithm of the
/// number of channels, which are at least 2. If dlogits.data is not null, it (+)= the gradient of weight * mean.
double segue_upsample_entropy(SegueMap logits, long height, long width, bool robust, float offset, float weight, SegueMap dlogits,
                              bool accumulate);
/// probabilities (+)= weight * softmax(upsampled logits); probabilities gives the full size.
void segue_upsample_softmax(SegueMap logits, float weight, SegueMap probabilities, bool accumulate);
/// dlogits (+)= gradient, from the probabilities that segue_upsample_softmax made with weight 1 and their gradient.
void segue_upsample_softmax_backward(SegueMap probabilities, SegueMap dprobabilities, SegueMap dlogits, bool accumulate);
/// labels[images][height][width] = the class with the largest upsampled logit, ties to the smaller class.
void segue_upsample_argmax(SegueMap logits, long height, long width, uint8_t *labels);
/// labels and confidence[images][height][width] = the largest probability and its class. probabilities at full size.
void segue_argmax(SegueMap probabilities, uint8_t *labels, float *confidence);
/// Mean over the map of the binary cross-entropy of sigmoid(x) against target (0 or 1). If dx.data is not null, it = the gradient
/// of weight * mean.
double segue_binary_cross_entropy(SegueMap x, float target, float weight, SegueMap dx);

// ---- optimisers, over `count` parameters ------------------------------------------------------------------------------------

/// velocity = momentum * velocity + gradient + decay * weight; weight -= rate * velocity.
void segue_sgd(float *weights, float *velocity, const float *gradient, long count, float rate, float momentum, float decay);
/// Adam as in Kingma and Ba, algorithm 1, with bias correction; `step` counts from 1.
void segue_adam(float *weights, float *first, float *second, const float *gradient, long count, float rate, double beta1,
                double beta2, float epsilon, long step);
/// True if every float is finite.
bool segue_all_finite(const float *values, long count);

// ---- labels -----------------------------------------------------------------------------------------------------------------

/// counts[r * classes + c] += how many of `count` places have r in `rows` and c in `columns`. Labels from `classes` (at most 31) on
/// are left out.
void segue_count_pairs(const uint8_t *rows, const uint8_t *columns, long count, long classes, uint64_t *counts);

// ---- the lowest frequencies of a picture ------------------------------------------------------------------------------------
//
// Waves of n values, for `count` frequencies from 0 on, are a table of n / 4 + 1 rows, or n / 2 + 1 where n is odd: row y has
// cos(2 pi k y / n) for each even k, for each odd k, then sin(2 pi k y / n) for each even and for each odd k.

/// frequencies[2 * horizontal_count][channels][2 * vertical_count] of values[height][width][channels]: their products with the
/// horizontal waves, first the cosines, then the sines, and with the vertical ones, likewise.
void segue_picture_frequencies(const float *values, long height, long width, long channels, const float *vertical, long vertical_count,
                               const float *horizontal, long horizontal_count, float *frequencies);
/// to = values + the sum of all such waves, each times its number in `frequencies`. `to` may be `values`.
void segue_add_picture_frequencies(const float *values, const float *frequencies, long height, long width, long channels,
                                   const float *vertical, long vertical_count, const float *horizontal, long horizontal_count, float *to);

// ---- resizing bytes ---------------------------------------------------------------------------------------------------------
//
// Value i of the result is the sum of counts[i] values from number starts[i] on, each times weights[i * stride + k] in fixed point of
// 22 bits, rounded, and held to 0 ... 255. Weights from counts[i] on are 0.

/// Each row of pixels[height][width][3] resampled to `columns` pixels.
void segue_resample_rows(const uint8_t *pixels, long height, long width, const int32_t *starts, const int32_t *counts, const int32_t *weights,
                         long stride, long columns, uint8_t *to);
/// Each column of pixels[height][row_bytes] resampled to `rows` bytes.
void segue_resample_columns(const uint8_t *pixels, long height, long row_bytes, const int32_t *starts, const int32_t *counts,
                            const int32_t *weights, long stride, long rows, uint8_t *to);

// ---- benchmarks -------------------------------------------------------------------------------------------------------------

/// Products and sums in registers on every thread; returns how many floating point operations that was.
double segue_spin(long rounds);
