// What a product of transposes will take next, asked for while it computes.
//
// A panel is some columns of rows that are far apart. The processor does not see such a pattern coming: copying a panel would wait for
// memory at every row, and the multipliers with it: an eighth of the time for the 147 numbers of a 7x7 window, two fifths for 32. So each tile
// of one panel asks for a line of every row of the next.
#pragma once
#include "tile.h"

/// The next panel: `lines` cache lines of each row. As many rows as a step of the sums takes at once are `rows_at_once`.
typedef struct {
  const float *data;
  long line_stride, row_stride;
  long lines, rows_at_once;
} Ahead;

/// `columns` floats of each row, two rows a step where products are of bfloat16.
INLINE Ahead panel_ahead(const float *data, long line_stride, long row_stride, long columns, bool bf16) {
  return (Ahead){data, line_stride, row_stride, (columns + lane_count - 1) / lane_count, bf16 ? 2 : 1};
}

/// What tile number `tile` of a panel asks for: one line with each step. Once all lines are on their way, the same one again and again, which
/// costs nothing.
INLINE Ahead asked_by_tile(Ahead next, long tile) {
  if (tile >= next.lines * next.rows_at_once) return (Ahead){.data = next.data};
  next.data += tile % next.lines * lane_count + tile / next.lines * next.row_stride;
  next.row_stride *= next.rows_at_once;
  return next;
}
