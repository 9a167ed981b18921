// How often each pair of labels lies at the same place of two maps.
//
// A counter in memory that comes again at once waits for the addition before. Labels come in long runs, so that is the rule: eight
// tables are counted into in turn, and sixty-four pixels that are all of one pair are one addition.
#pragma once
#include "../Neighbours/rows.h"

enum {
  pair_side = 32,        // cells of a row of a table, more than there are classes
  pair_tables = 8,
  pair_pixels = 64,      // looked at together
  pair_task = 1 << 17,   // pixels of a task
};

typedef uint8_t PairLabels __attribute__((ext_vector_type(pair_pixels)));
typedef uint16_t PairCells __attribute__((ext_vector_type(pair_pixels)));

typedef struct {
  const uint8_t *rows, *columns;
  long count, classes;
  uint32_t *partials;  // [task][classes][classes]
} Pairs;

/// Labels that are no class become the first number after them, which has a row and a column of its own.
INLINE PairLabels load_classes(const uint8_t *from, long classes) {
  PairLabels labels;
  memcpy(&labels, from, sizeof labels);
  PairLabels none = (PairLabels)((uint8_t)classes);
  return labels < none ? labels : none;
}

INLINE void count_block(const uint8_t *rows, const uint8_t *columns, long classes, uint32_t *tables) {
  PairLabels row = load_classes(rows, classes), column = load_classes(columns, classes);
  long size = (classes + 1) * pair_side;
  if (__builtin_reduce_or((row ^ row[0]) | (column ^ column[0])) == 0) {
    tables[row[0] * pair_side + column[0]] += pair_pixels;
    return;
  }
  PairCells cells = __builtin_convertvector(row, PairCells) * (PairCells)(pair_side) + __builtin_convertvector(column, PairCells);
  uint16_t cell[pair_pixels];
  memcpy(cell, &cells, sizeof cell);
  for (int i = 0; i < pair_pixels; i += pair_tables) {
    for (int table = 0; table < pair_tables; table++) tables[table * size + cell[i + table]]++;
  }
}

static void count_pairs_task(void *context, long task) {
  const Pairs *job = context;
  long first = task * pair_task, end = least(job->count, first + pair_task);
  long classes = job->classes, size = (classes + 1) * pair_side;
  uint32_t *tables = (uint32_t *)(void *)segue_slot(slot_task, pair_tables * size);
  memset(tables, 0, (size_t)(pair_tables * size) * sizeof *tables);
  for (; first + pair_pixels <= end; first += pair_pixels) count_block(job->rows + first, job->columns + first, classes, tables);
  if (first < end) {
    uint8_t rows[pair_pixels], columns[pair_pixels];
    memset(rows, UINT8_MAX, sizeof rows);
    memset(columns, UINT8_MAX, sizeof columns);
    memcpy(rows, job->rows + first, (size_t)(end - first));
    memcpy(columns, job->columns + first, (size_t)(end - first));
    count_block(rows, columns, classes, tables);
  }
  uint32_t *partial = job->partials + task * classes * classes;
  for (long row = 0; row < classes; row++) {
    for (long column = 0; column < classes; column++) {
      uint32_t sum = 0;
      for (int table = 0; table < pair_tables; table++) sum += tables[table * size + row * pair_side + column];
      *partial++ = sum;
    }
  }
}

static void count_pairs(const uint8_t *rows, const uint8_t *columns, long count, long classes, uint64_t *counts) {
  long tasks = ceiling(count, pair_task), cells = classes * classes;
  uint32_t *partials = (uint32_t *)(void *)segue_slot(slot_partials, tasks * cells);
  Pairs job = {rows, columns, count, classes, partials};
  segue_parallel(tasks, count_pairs_task, &job);
  for (long i = 0; i < tasks * cells; i++) counts[i % cells] += partials[i];
}
