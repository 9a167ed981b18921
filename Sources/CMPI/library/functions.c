// The functions of ../include/cmpi.h for one MPI library: a shared library of its own, which is no part of the package. Processes that MPI finds
// at fault end all of them, as it does by itself.
#include <mpi.h>
#include <stddef.h>
#include <time.h>

#include "../include/cmpi.h"

static bool start(void) {
  int provided = MPI_THREAD_SINGLE;
  return MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided) == MPI_SUCCESS && provided >= MPI_THREAD_SERIALIZED;
}

static void end(void) { MPI_Finalize(); }

static void end_all(int code) { MPI_Abort(MPI_COMM_WORLD, code); }

static int rank(void) {
  int rank = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  return rank;
}

static int size(void) {
  int size = 1;
  MPI_Comm_size(MPI_COMM_WORLD, &size);
  return size;
}

static void library(char *words) {
  int length = 0;
  MPI_Get_library_version(words, &length);
}

static void await_all(void) {
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

static void gather_doubles(const double *own, int count, double *all) {
  MPI_Allgather(own, count, MPI_DOUBLE, all, count, MPI_DOUBLE, MPI_COMM_WORLD);
}

static void gather_counts(int own, int *all) { MPI_Allgather(&own, 1, MPI_INT, all, 1, MPI_INT, MPI_COMM_WORLD); }

static void gather_bytes(const uint8_t *own, int count, uint8_t *all, const int *counts, const int *offsets) {
  MPI_Allgatherv(own, count, MPI_BYTE, all, counts, offsets, MPI_BYTE, MPI_COMM_WORLD);
}

static void broadcast(void *bytes, int count) { MPI_Bcast(bytes, count, MPI_BYTE, 0, MPI_COMM_WORLD); }

static void exchange(const float *sent, const int *sent_counts, const int *sent_offsets, float *received, const int *counts, const int *offsets) {
  MPI_Alltoallv(sent, sent_counts, sent_offsets, MPI_FLOAT, received, counts, offsets, MPI_FLOAT, MPI_COMM_WORLD);
}

static void complete(float *values, const int *counts, const int *offsets) {
  MPI_Allgatherv(MPI_IN_PLACE, 0, MPI_DATATYPE_NULL, values, counts, offsets, MPI_FLOAT, MPI_COMM_WORLD);
}

const SegueMPI segue_mpi_functions = {
    start,         end,          end_all,   rank,     size, library, await_all, gather_doubles, gather_counts,
    gather_bytes, broadcast, exchange, complete,
};
