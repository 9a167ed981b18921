// Left to itself, the scheduler often keeps two busy threads on one processor for as long as a whole parallel region, and all gain
// is lost. Tying threads to processors cures that, but the calling thread is not ours to tie: it may be any thread of the program,
// and it would stay tied after the call. So only the workers are tied, and the processor without a worker follows the caller: when
// a caller turns up on a worker's processor, that worker moves to a free one. Callers are moved rarely, so this costs one look at
// the processor's number for most regions.
#define _GNU_SOURCE
#include "processors.h"

#include <sched.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { most_processors = 1024 };

#if defined(__linux__)

static pthread_once_t once = PTHREAD_ONCE_INIT;
static cpu_set_t allowed;
static int processors[most_processors];
static int processor_count;
static bool pinning;

static void read_mask(void) {
  CPU_ZERO(&allowed);
  if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
    for (int cpu = 0; cpu < CPU_SETSIZE && processor_count < most_processors; cpu++) {
      if (CPU_ISSET(cpu, &allowed)) processors[processor_count++] = cpu;
    }
  }
  const char *wish = getenv("SEGUE_PIN");
  pinning = processor_count > 0 && !(wish && strcmp(wish, "0") == 0);
  if (processor_count == 0) {
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    processor_count = online > 0 ? (int)online : 1;
  }
}

int segue_processor_count(void) {
  pthread_once(&once, read_mask);
  return processor_count;
}

int segue_processors(int *numbers, int room) {
  int count = segue_processor_count();
  for (int i = 0; i < count && i < room; i++) numbers[i] = processors[i];
  return count < room ? count : room;
}

// Only the thread that holds the pool comes here, so these need no lock.
static int home[most_processors];
static int housed;  // how many workers have a home
static int last_seen = -1;

static bool has_worker(int cpu, int count) {
  for (int i = 0; i < count; i++) {
    if (home[i] == cpu) return true;
  }
  return false;
}

static void tie(pthread_t worker, int cpu) {
  cpu_set_t set;
  CPU_ZERO(&set);
  CPU_SET(cpu, &set);
  pthread_setaffinity_np(worker, sizeof set, &set);
}

void segue_place_workers(const pthread_t *workers, int count) {
  pthread_once(&once, read_mask);  // nobody else has asked for the processors where SEGUE_THREADS says how many threads there are
  if (!pinning) return;
  if (count + 1 > processor_count) {
    for (int i = 0; i < housed; i++) pthread_setaffinity_np(workers[i], sizeof allowed, &allowed);
    housed = 0;
    return;
  }
  int here = sched_getcpu();
  if (here == last_seen && housed >= count) return;
  last_seen = here;
  for (int i = 0; i < count; i++) {
    bool homeless = i >= housed;
    if (homeless) home[i] = -1;
    if (!homeless && home[i] != here) continue;
    int known = housed > i + 1 ? housed : i + 1;
    for (int p = 0; p < processor_count; p++) {
      if (processors[p] == here || has_worker(processors[p], known)) continue;
      home[i] = processors[p];
      tie(workers[i], home[i]);
      break;
    }
    if (housed < i + 1) housed = i + 1;
  }
}

#else

int segue_processor_count(void) {
  long online = sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? (int)online : 1;
}

int segue_processors(int *numbers, int room) {
  int count = segue_processor_count();
  for (int i = 0; i < count && i < room; i++) numbers[i] = i;
  return count < room ? count : room;
}

void segue_place_workers(const pthread_t *workers, int count) {
  (void)workers;
  (void)count;
}

#endif
