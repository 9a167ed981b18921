// The functions of ../include/cmpi.h for one MPI library: a shared library of its own, which is no part of the package. Processes that MPI finds
// at fault end all of them, as it does by itself.
#include <mpi.h>
#include <sched.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

#include "../include/cmpi.h"

static MPI_Comm messages_comm;  // Of messages alone, so that they meet no collective call on their way.

static bool start(void) {
  int provided = MPI_THREAD_SINGLE;
  return MPI_Init_thread(NULL, NULL, MPI_THREAD_SERIALIZED, &provided) == MPI_SUCCESS && provided >= MPI_THREAD_SERIALIZED &&
         MPI_Comm_dup(MPI_COMM_WORLD, &messages_comm) == MPI_SUCCESS;
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

// Libraries wait by asking without a pause. Where more processes than processors are at work, whoever waits must let the others go first.
static void await_request(MPI_Request *request) {
  for (int done = 0;; sched_yield()) {
    MPI_Test(request, &done, MPI_STATUS_IGNORE);
    if (done) return;
  }
}

static void gather_doubles(const double *own, int count, double *all) {
  MPI_Request request;
  MPI_Iallgather(own, count, MPI_DOUBLE, all, count, MPI_DOUBLE, MPI_COMM_WORLD, &request);
  await_request(&request);
}

static void gather_counts(int own, int *all) { MPI_Allgather(&own, 1, MPI_INT, all, 1, MPI_INT, MPI_COMM_WORLD); }

static void gather_bytes(const uint8_t *own, int count, uint8_t *all, const int *counts, const int *offsets) {
  MPI_Allgatherv(own, count, MPI_BYTE, all, counts, offsets, MPI_BYTE, MPI_COMM_WORLD);
}

static void broadcast(void *bytes, int count) { MPI_Bcast(bytes, count, MPI_BYTE, 0, MPI_COMM_WORLD); }

typedef struct {
  int count;
  MPI_Request requests[];
} Messages;

static void *messages(int count) {
  Messages *set = malloc(sizeof(Messages) + (size_t)count * sizeof(MPI_Request));
  if (!set) MPI_Abort(MPI_COMM_WORLD, 1);
  set->count = count;
  for (int i = 0; i < count; i++) set->requests[i] = MPI_REQUEST_NULL;
  return set;
}

static void send_message(void *set, int index, const float *values, int count, int process, int tag) {
  MPI_Isend(values, count, MPI_FLOAT, process, tag, messages_comm, &((Messages *)set)->requests[index]);
}

static void receive_message(void *set, int index, float *values, int count, int process, int tag) {
  MPI_Irecv(values, count, MPI_FLOAT, process, tag, messages_comm, &((Messages *)set)->requests[index]);
}

static bool are_over(void *set) {
  int over = 0;
  MPI_Testall(((Messages *)set)->count, ((Messages *)set)->requests, &over, MPI_STATUSES_IGNORE);
  return over;
}

static void await_messages(void *set) {
  while (!are_over(set)) sched_yield();
}

static void forget(void *set) { free(set); }

const SegueMPI segue_mpi_functions = {
    sizeof(SegueMPI), start, end, end_all, rank, size, library, await_all, gather_doubles, gather_counts, gather_bytes, broadcast,
    messages, send_message, receive_message, are_over, await_messages, forget,
};
