// What Segue asks of MPI. MPI's libraries do not agree on what a communicator or a type is, so that one program serves one of them alone; these
// functions are compiled for each library (library/functions.c, by scripts/setup --mpi), and found when `mpirun` starts the program.
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
  /// Of this struct, by which a library that was compiled for another program is known.
  size_t bytes;
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
  /// Room for so many messages that are under way together, each of which is begun once. Their numbers belong to them until all are over.
  void *(*messages)(int count);
  void (*send)(void *messages, int index, const float *values, int count, int process, int tag);
  void (*receive)(void *messages, int index, float *values, int count, int process, int tag);
  /// Whether all are over, without waiting.
  bool (*are_over)(void *messages);
  void (*await)(void *messages);
  /// Of messages that are over.
  void (*forget)(void *messages);
} SegueMPI;

/// The functions in a library; NULL where it cannot be loaded, and why in `words`.
const SegueMPI *segue_mpi_load(const char *path, char *words, int room);
