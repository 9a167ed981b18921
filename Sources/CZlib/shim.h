#pragma once
// zlib, for the compressed entries and the checksums of ZIP archives: it is there with libpng, which stands on it. inflateInit2 is a
// macro, which Swift does not import, and a z_stream holds pointers into both buffers; so this is one whole conversation with zlib,
// from memory to memory, that writes at most as much as the caller has room for.
#include <limits.h>
#include <string.h>
#include <zlib.h>

/// Inflates a raw DEFLATE stream. Returns how many bytes came out, or -1 where the stream is damaged, does not end with `from`, or makes
/// more than `room` bytes.
static inline long segue_inflate(const unsigned char *from, size_t count, unsigned char *into, size_t room) {
  z_stream stream;
  memset(&stream, 0, sizeof stream);
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) return -1;
  size_t taken = 0, made = 0;
  int state = Z_OK;
  // zlib counts in 32 bits.
  while (state == Z_OK) {
    uInt in = count - taken > UINT_MAX ? UINT_MAX : (uInt)(count - taken), out = room - made > UINT_MAX ? UINT_MAX : (uInt)(room - made);
    stream.next_in = (Bytef *)(from + taken);
    stream.avail_in = in;
    stream.next_out = into + made;
    stream.avail_out = out;
    state = inflate(&stream, Z_NO_FLUSH);
    taken += in - stream.avail_in;
    made += out - stream.avail_out;
    if (state == Z_OK && stream.avail_in == in && stream.avail_out == out) break;
  }
  inflateEnd(&stream);
  return state == Z_STREAM_END && taken == count ? (long)made : -1;
}

static inline unsigned segue_crc32(const unsigned char *bytes, size_t count) { return (unsigned)crc32_z(crc32_z(0, NULL, 0), bytes, count); }
