#pragma once
// MPI_COMM_WORLD, MPI_FLOAT, MPI_IN_PLACE and their like are macros with casts in them, which Swift cannot import, and they are others in each
// MPI library: what names them stays in here. The library is named by pkg-config, so that the module map links none.
#include <mpi.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

/// Joins the processes that were started together. Calls come from several threads, one at a time.
static inline bool segue_mpi_start(void) {
  int provided = MPI_THREAD_SINGLE;
  return MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided) == MPI_SUCCESS && provided >= MPI_THREAD_SERIALIZED;
}

static inline void segue_mpi_end(void) { MPI_Finalize(); }

/// Ends all processes.
static inline void segue_mpi_abort(int code) { MPI_Abort(MPI_COMM_WORLD, code); }

static inline int segue_mpi_rank(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

static inline int segue_mpi_size(void) {
  int size = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

/// Waits until all have come here, for a long time where need be: without taking a processor from those that are at work.
static inline void segue_mpi_await_all(void) {
  MPI_Request request;
  MPI_Ibarrier(MPI_COMM_WORLD, &request);
  for (int done = 0, tries = 0;; tries++) {
    MPI_Test(&request, &done, MPI_STATUS_IGNORE);
    if (done) return;
    if (tries < 200) continue;
    struct timespec pause = {0, tries < 2000 ? 50 * 1000 : 1000 * 1000};
    nanosleep(&pause, NULL);
  }
}

static inline void segue_mpi_gather_doubles(const double *own, int count, double *all) {
  MPI_Allgather(own, count, MPI_DOUBLE, all, count, MPI_DOUBLE, MPI_COMM_WORLD);
}

static inline void segue_mpi_gather_counts(int own, int *all) { MPI_Allgather(&own, 1, MPI_INT, all, 1, MPI_INT, MPI_COMM_WORLD); }

static inline void segue_mpi_gather_bytes(const uint8_t *own, int count, uint8_t *all, const int *counts, const int *offsets) {
  MPI_Allgatherv(own, count, MPI_BYTE, all, counts, offsets, MPI_BYTE, MPI_COMM_WORLD);
}

/// From process 0 to the others.
static inline void segue_mpi_broadcast(void *bytes, int count) { MPI_Bcast(bytes, count, MPI_BYTE, 0, MPI_COMM_WORLD); }

static inline void segue_mpi_exchange(
    const float *sent, const int *sent_counts, const int *sent_offsets, float *received, const int *counts, const int *offsets) {
  MPI_Alltoallv(sent, sent_counts, sent_offsets, MPI_FLOAT, received, counts, offsets, MPI_FLOAT, MPI_COMM_WORLD);
}

/// Every process has its part in its place already.
static inline void segue_mpi_complete(float *values, const int *counts, const int *offsets) {
  MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values, counts, offsets, MPI_FLOAT, MPI_COMM_WORLD);
}
