// What Segue asks of MPI. MPI's libraries do not agree on what a communicator or a type is, so that one program serves one of them alone; these
// functions are compiled for each library (library/functions.c, by scripts/setup --mpi), and found when `mpirun` starts the program.
#pragma once
#include <stdbool.h>
#include <stdint.h>

typedef struct {
  /// Joins the processes that were started together. Calls come from several threads, one at a time.
  bool (*start)(void);
  void (*end)(void);
  /// Ends all processes.
  void (*abort)(int code);
  int (*rank)(void);
  int (*size)(void);
  /// The library's own words, for which there is room for 8192 characters.
  void (*library)(char *words);
  /// Waits until all have come here, for a long time where need be: without taking a processor from those that are at work.
  void (*await_all)(void);
  void (*gather_doubles)(const double *own, int count, double *all);
  void (*gather_counts)(int own, int *all);
  void (*gather_bytes)(const uint8_t *own, int count, uint8_t *all, const int *counts, const int *offsets);
  /// From process 0 to the others.
  void (*broadcast)(void *bytes, int count);
  void (*exchange)(const float *sent, const int *sent_counts, const int *sent_offsets, float *received, const int *counts, const int *offsets);
  /// Every process has its part in its place already.
  void (*complete)(float *values, const int *counts, const int *offsets);
} SegueMPI;

/// The functions in a library; NULL where it cannot be loaded, and why in `words`.
const SegueMPI *segue_mpi_load(const char *path, char *words, int room);
