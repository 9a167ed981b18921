#pragma once
// libpng reports errors by longjmp, which must never cross a Swift frame, and its setjmp is not visible from Swift. So each function
// here is one whole conversation with libpng, from memory to memory: setjmp at its start, everything freed at its end. They return 1,
// or 0 with a sentence in `reason`. What changes between setjmp and longjmp lies in structures that the caller owns, as C asks.
// Sizes are never taken from the file: the caller has read and judged the header, says what it has room for, and a picture of any
// other size is refused. Chunks that do not touch the pixels (text, profiles, times) never reach libpng, which would inflate and keep
// them: how much memory a file takes is settled by its header. The checksum is zlib's, on which libpng stands.
#include <png.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { segue_png_reason_size = 160 };

/// Bytes of a file, how far they have been read, and where the next chunk begins: 8 at first, behind the signature.
typedef struct { const unsigned char *bytes; size_t count, position, chunk; } segue_png_source;

/// Bytes written so far, in memory from malloc; the caller frees them, also after a failure.
typedef struct { unsigned char *bytes; size_t count, capacity; } segue_png_sink;

/// A picture in memory, rows from the top without gaps: 3 bytes a pixel where `colour` is 1, else 1; 6 where it is `segue_png_deep`.
typedef struct { unsigned char *pixels; unsigned width, height; int colour; } segue_png_picture;

/// For `colour`: red, green and blue of a 16-bit file with both their bytes, the upper one first.
enum { segue_png_deep = 2 };

/// The checksum of a chunk's name and data.
static inline unsigned segue_png_checksum(const unsigned char *bytes, size_t count) { return (unsigned)crc32_z(crc32_z(0, NULL, 0), bytes, count); }

static inline void segue_png_fail(png_structp png, png_const_charp message) {
  char *reason = (char *)png_get_error_ptr(png);
  strncpy(reason, message, segue_png_reason_size - 1);
  reason[segue_png_reason_size - 1] = 0;
  png_longjmp(png, 1);
}

/// Warnings are about chunks that do not touch the pixels: colour profiles, gamma, text.
static inline void segue_png_ignore(png_structp png, png_const_charp message) { (void)png; (void)message; }

/// Puts a source that stands before a chunk before the next one that pixels need. A name that begins with a small letter is that of an
/// ancillary chunk; the only one of those that could matter, transparency, is dropped anyway.
static inline void segue_png_skip(png_structp png, segue_png_source *source) {
  while (source->position == source->chunk) {
    if (source->count - source->position < 8) png_error(png, "the file ends early");
    const unsigned char *head = source->bytes + source->position;
    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (source->count - source->position < length + 12) {
      if (head[4] & 32) png_error(png, "the file ends early");
      source->chunk = source->count + 1;
      return;
    }
    source->chunk += length + 12;
    if (!(head[4] & 32)) return;
    source->position = source->chunk;
  }
}

static inline void segue_png_take(png_structp png, png_bytep into, size_t count) {
  segue_png_source *source = (segue_png_source *)png_get_io_ptr(png);
  segue_png_skip(png, source);
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

/// How many bytes of pixels the source still holds: what is left of the chunk that is read, and of those that follow it.
static inline size_t segue_png_left(const segue_png_source *source) {
  if (source->chunk > source->count) return 0;
  size_t left = source->chunk - source->position, place = source->chunk;
  while (source->count - place >= 12 && memcmp(source->bytes + place + 4, "IDAT", 4) == 0) {
    const unsigned char *head = source->bytes + place;
    size_t length = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    if (source->count - place < length + 12) break;
    left += length;
    place += length + 12;
  }
  return left;
}

/// Fills `picture`, whose size must be the file's. As colour: any PNG becomes 8-bit RGB, 16 bits lose their lower byte, transparency
/// is dropped, gamma and profiles are ignored. As `segue_png_deep`: the same with 16 bits. Otherwise: the palette index or grey level of
/// each pixel, unpacked, not scaled.
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
    if (picture->colour != segue_png_deep) png_set_strip_16(png);
    png_set_expand(png);
    png_set_strip_alpha(png);
    if (grey) png_set_gray_to_rgb(png);
  } else {
    png_set_packing(png);
  }
  int passes = png_set_interlace_handling(png);
  png_read_update_info(png, info);
  size_t stride = (size_t)picture->width * (picture->colour == segue_png_deep ? 6 : picture->colour ? 3 : 1);
  if (png_get_rowbytes(png, info) != stride) png_error(png, "its pixels are of another kind than its header says");
  // With the last row libpng inflates what goes on behind it, only to throw it away: a thousand times the bytes of the file. So there must
  // not be far more than the rows that are left can be made of.
  for (int pass = 0; pass < passes; pass++)
    for (unsigned y = 0; y < picture->height; y++) {
      int is_late = pass + 2 >= passes && y + 2 >= picture->height;
      if ((is_late || (pass == 0 && y == 0)) && segue_png_left(source) > (is_late ? 32 : 16 * (size_t)picture->height) * stride + (1 << 16))
        png_error(png, "its data goes on behind its last row");
      png_read_row(png, picture->pixels + y * stride, NULL);
    }
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
