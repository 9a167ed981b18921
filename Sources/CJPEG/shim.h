#pragma once
// libjpeg (libjpeg-turbo) reports errors by longjmp out of callbacks, which must never cross a Swift frame, and leaves its structures to the
// caller. So the function here is one whole conversation with it, from memory to memory: setjmp at its start, everything freed at its end. It
// returns 1, or 0 with a sentence in `reason`. What changes between setjmp and longjmp lies in memory from malloc, as C asks. Sizes are never taken from the file: the caller has read and judged the header, and says what it has room for.
#include <stdio.h>
#include <jpeglib.h>
#include <jerror.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>

enum {
  segue_jpeg_reason_size = JMSG_LENGTH_MAX,
  /// Passes over a progressive picture. Encoders write about ten; a small file of thousands would take minutes.
  segue_jpeg_most_scans = 100,
};

typedef struct {
  /// First, as libjpeg knows the state by it.
  struct jpeg_error_mgr manager;
  struct jpeg_decompress_struct jpeg;
  jmp_buf start;
  char *reason;
  struct jpeg_progress_mgr progress;
} segue_jpeg_state;

static inline void segue_jpeg_fail(j_common_ptr jpeg) {
  segue_jpeg_state *state = (segue_jpeg_state *)jpeg->err;
  jpeg->err->format_message(jpeg, state->reason);
  longjmp(state->start, 1);
}

/// Warnings that say that pixels are missing are failures: the decoder would go on with grey. Others are about bytes between the segments and
/// headers that contradict themselves without harm.
static inline void segue_jpeg_tell(j_common_ptr jpeg, int level) {
  if (level >= 0) return;
  switch (jpeg->err->msg_code) {
    case JWRN_HIT_MARKER: case JWRN_HUFF_BAD_CODE: case JWRN_JPEG_EOF: case JWRN_MUST_RESYNC: case JWRN_ARITH_BAD_CODE: segue_jpeg_fail(jpeg);
    default: return;
  }
}

static inline void segue_jpeg_watch(j_common_ptr jpeg) {
  segue_jpeg_state *state = (segue_jpeg_state *)jpeg->err;
  if (jpeg->is_decompressor && ((j_decompress_ptr)jpeg)->input_scan_number > segue_jpeg_most_scans) {
    strcpy(state->reason, "it has more passes than any encoder writes");
    longjmp(state->start, 1);
  }
}

/// Fills `pixels`, red, green and blue of 8 bits, rows from the top without gaps, of a picture of exactly this size: by the exact integer DCT
/// and smooth upsampling of the colours, libjpeg's own defaults and those of Pillow and OpenCV. Grey becomes colour. Orientation that a camera
/// notes and colour profiles are ignored.
static inline int segue_jpeg_decode(const unsigned char *bytes, size_t count, unsigned char *pixels, unsigned width, unsigned height, char *reason) {
  segue_jpeg_state *state = (segue_jpeg_state *)calloc(1, sizeof *state);
  if (!state) {
    strcpy(reason, "out of memory");
    return 0;
  }
  j_decompress_ptr jpeg = &state->jpeg;
  jpeg->err = jpeg_std_error(&state->manager);
  state->manager.error_exit = segue_jpeg_fail;
  state->manager.emit_message = segue_jpeg_tell;
  state->reason = reason;
  state->progress.progress_monitor = segue_jpeg_watch;
  if (setjmp(state->start)) {
    jpeg_destroy_decompress(jpeg);
    free(state);
    return 0;
  }
  jpeg_create_decompress(jpeg);
  jpeg->progress = &state->progress;
  jpeg_mem_src(jpeg, bytes, (unsigned long)count);
  jpeg_read_header(jpeg, TRUE);
  if (jpeg->image_width != width || jpeg->image_height != height) {
    strcpy(reason, "its header changed while it was read");
    longjmp(state->start, 1);
  }
  jpeg->out_color_space = JCS_RGB;
  jpeg_start_decompress(jpeg);
  while (jpeg->output_scanline < jpeg->output_height) {
    JSAMPROW row = pixels + (size_t)jpeg->output_scanline * width * 3;
    jpeg_read_scanlines(jpeg, &row, 1);
  }
  jpeg_finish_decompress(jpeg);
  jpeg_destroy_decompress(jpeg);
  free(state);
  return 1;
}
