#pragma once
// libpng reports errors by longjmp, which must never cross a Swift frame, and its setjmp is not visible from Swift. So each function
// here is one whole conversation with libpng, from memory to memory: setjmp at its start, everything freed at its end. They return 1,
// or 0 with a sentence in `reason`. What changes between setjmp and longjmp lies in structures that the caller owns, as C asks.
// Sizes are never taken from the file: the caller has read and judged the header, says what it has room for, and a picture of any
// other size is refused.
#include <png.h>
#include <stdlib.h>
#include <string.h>

enum { segue_png_reason_size = 160 };

/// Bytes of a file, and how far they have been read.
typedef struct { const unsigned char *bytes; size_t count, position; } segue_png_source;

/// Bytes written so far, in memory from malloc; the caller frees them, also after a failure.
typedef struct { unsigned char *bytes; size_t count, capacity; } segue_png_sink;

/// A picture in memory, rows from the top without gaps: 3 bytes a pixel where `colour` is 1, else 1.
typedef struct { unsigned char *pixels; unsigned width, height; int colour; } segue_png_picture;

static inline void segue_png_fail(png_structp png, png_const_charp message) {
  char *reason = (char *)png_get_error_ptr(png);
  strncpy(reason, message, segue_png_reason_size - 1);
  reason[segue_png_reason_size - 1] = 0;
  png_longjmp(png, 1);
}

/// Warnings are about chunks that do not touch the pixels: colour profiles, gamma, text.
static inline void segue_png_ignore(png_structp png, png_const_charp message) { (void)png; (void)message; }

static inline void segue_png_take(png_structp png, png_bytep into, size_t count) {
  segue_png_source *source = (segue_png_source *)png_get_io_ptr(png);
  if (count > source->count - source->position) png_error(png, "the file ends early");
  memcpy(into, source->bytes + source->position, count);
  source->position += count;
}

static inline void segue_png_give(png_structp png, png_bytep from, size_t count) {
  segue_png_sink *sink = (segue_png_sink *)png_get_io_ptr(png);
  if (count > sink->capacity - sink->count) {
    size_t capacity = 2 * sink->capacity + count + 4096;
    unsigned char *grown = (unsigned char *)realloc(sink->bytes, capacity);
    if (!grown) png_error(png, "out of memory");
    sink->bytes = grown;
    sink->capacity = capacity;
  }
  memcpy(sink->bytes + sink->count, from, count);
  sink->count += count;
}

static inline void segue_png_flush(png_structp png) { (void)png; }

/// Fills `picture`, whose size must be the file's. As colour: any PNG becomes 8-bit RGB, 16 bits lose their lower byte, transparency
/// is dropped, gamma and profiles are ignored. Otherwise: the palette index or grey level of each pixel, unpacked, not scaled.
static inline int segue_png_decode(segue_png_source *source, const segue_png_picture *picture, char *reason) {
  png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, reason, segue_png_fail, segue_png_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_read_struct(&png, NULL, NULL);
    strcpy(reason, "out of memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_read_struct(&png, &info, NULL);
    return 0;
  }
  png_set_read_fn(png, source, segue_png_take);
  png_set_user_limits(png, picture->width, picture->height);
  png_set_chunk_malloc_max(png, 8 << 20);
  png_read_info(png, info);
  if (png_get_image_width(png, info) != picture->width || png_get_image_height(png, info) != picture->height)
    png_error(png, "its header changed while it was read");
  int grey = !(png_get_color_type(png, info) & PNG_COLOR_MASK_COLOR);
  if (picture->colour) {
    png_set_strip_16(png);
    png_set_expand(png);
    png_set_strip_alpha(png);
    if (grey) png_set_gray_to_rgb(png);
  } else {
    png_set_packing(png);
  }
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)picture->width * (picture->colour ? 3 : 1);
  if (png_get_rowbytes(png, info) != stride) png_error(png, "its pixels are of another kind than its header says");
  for (int pass = 0; pass < passes; pass++)
    for (unsigned y = 0; y < picture->height; y++) png_read_row(png, picture->pixels + y * stride, NULL);
  png_read_end(png, NULL);
  png_destroy_read_struct(&png, &info, NULL);
  return 1;
}

/// Writes `picture` as 8-bit RGB, as 8-bit grey, or, with a palette of 1 to 256 colours of 3 bytes each, as palette indices.
static inline int segue_png_encode(segue_png_sink *sink, const segue_png_picture *picture, const unsigned char *palette,
                                   int palette_count, char *reason) {
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, reason, segue_png_fail, segue_png_ignore);
  png_infop info = png ? png_create_info_struct(png) : NULL;
  if (!info) {
    png_destroy_write_struct(&png, NULL);
    strcpy(reason, "out of memory");
    return 0;
  }
  if (setjmp(png_jmpbuf(png))) {
    png_destroy_write_struct(&png, &info);
    return 0;
  }
  png_set_write_fn(png, sink, segue_png_give, segue_png_flush);
  int kind = picture->colour ? PNG_COLOR_TYPE_RGB : palette ? PNG_COLOR_TYPE_PALETTE : PNG_COLOR_TYPE_GRAY;
  png_set_IHDR(png, info, picture->width, picture->height, 8, kind, PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT,
               PNG_FILTER_TYPE_DEFAULT);
  png_color colours[256];
  if (palette) {
    for (int i = 0; i < palette_count && i < 256; i++)
      colours[i] = (png_color){palette[3 * i], palette[3 * i + 1], palette[3 * i + 2]};
    png_set_PLTE(png, info, colours, palette_count);
  }
  png_write_info(png, info);
  size_t stride = (size_t)picture->width * (picture->colour ? 3 : 1);
  for (unsigned y = 0; y < picture->height; y++) png_write_row(png, picture->pixels + y * stride);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  return 1;
}
