// A pool of threads for regions of some ten microseconds and more.
//
// The caller publishes a job and works on it like everybody else. Each thread has a share of the tasks, which follow each other, and takes
// them in order; who has finished takes from the end of another's share, so a thread that is late or slow just does fewer. Tasks are
// numbered as what they work on lies in memory, so a thread mostly meets again what the region before left in its caches. Where two
// threads have no cache in common (processors of several core complexes), that saves a tenth of a training step and more.
//
// When all shares are empty, the caller closes the job and waits only for those workers that have joined; one that never woke up is not
// waited for. This is in one word, `gate`: the number of workers inside (low 16 bits), whether the job is open (bit 16), and the job's
// number above. A worker joins by compare-and-swap, which fails if the job was closed meanwhile; so the fields of `job` change only
// while nobody reads them.
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "kernels.h"
#include "processors.h"
#include "quota.h"

enum { most_threads = 256, spins_before_sleep = 8000, spins_before_yield = 20000 };

static const uint64_t inside = 0xFFFF, open_bit = 1 << 16;
static uint64_t number_of(uint64_t state) { return state >> 17; }

static struct {
  SegueTask task;
  void *context;
  long helpers;  // workers with smaller numbers than this take part
} job;

/// The tasks of a thread that nobody has taken yet: the first in the high half of the word, the end in the low one. A line of its own.
typedef struct {
  _Alignas(128) _Atomic uint64_t tasks;
} Share;
static Share shares[most_threads];

static _Atomic uint64_t gate;
static atomic_flag pool_taken = ATOMIC_FLAG_INIT;
static _Thread_local bool within_task, keeps_to_itself;

static pthread_mutex_t sleep_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;
static _Atomic int sleepers;

static pthread_t workers[most_threads];
static int worker_count;  // belongs to the holder of the pool
static _Atomic int wanted_threads;

static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

// ---- the number of threads --------------------------------------------------------------------------------------------------

/// SEGUE_THREADS if it is a number from 1 to 256, else the processors that are granted to this process.
static int default_thread_count(void) {
  const char *wish = getenv("SEGUE_THREADS");
  if (wish) {
    char *end;
    long count = strtol(wish, &end, 10);
    if (*wish && !*end && count >= 1 && count <= most_threads) return (int)count;
  }
  int count = segue_processors_granted(segue_processor_count());
  return count < most_threads ? count : most_threads;
}

int segue_thread_count(void) {
  int count = atomic_load(&wanted_threads);
  if (count == 0) {
    int first = 0;
    count = default_thread_count();
    if (!atomic_compare_exchange_strong(&wanted_threads, &first, count)) count = first;
  }
  return count;
}

void segue_set_thread_count(int count) {
  atomic_store(&wanted_threads, count < 1 ? 1 : count > most_threads ? most_threads : count);
}

// ---- workers ----------------------------------------------------------------------------------------------------------------

static uint64_t tasks_between(long first, long end) { return (uint64_t)first << 32 | (uint64_t)end; }

/// The next task of a share, from its front for the owner and from its end for others; -1 if there is none.
static long next_task(Share *share, bool is_mine) {
  uint64_t tasks = atomic_load_explicit(&share->tasks, memory_order_relaxed);
  for (;;) {
    long first = (long)(tasks >> 32), end = (long)(tasks & UINT32_MAX);
    if (first == end) return -1;
    uint64_t rest = is_mine ? tasks_between(first + 1, end) : tasks_between(first, end - 1);
    if (atomic_compare_exchange_weak_explicit(&share->tasks, &tasks, rest, memory_order_relaxed, memory_order_relaxed)) return is_mine ? first : end - 1;
  }
}

/// Tasks of the thread's own share, then those of the others.
static void take_tasks(long me) {
  within_task = true;
  long threads = job.helpers + 1;
  for (long other = 0; other < threads; other++) {
    for (long index; (index = next_task(&shares[(me + other) % threads], other == 0)) >= 0;) job.task(job.context, index);
  }
  within_task = false;
}

/// Waits for a job other than number `last`: spinning for some hundred microseconds, as regions follow each other closely, then asleep.
static uint64_t wait_for_news(uint64_t last) {
  for (int spin = 0; spin < spins_before_sleep; spin++) {
    uint64_t state = atomic_load_explicit(&gate, memory_order_acquire);
    if (number_of(state) != last) return state;
    pause_briefly();
  }
  pthread_mutex_lock(&sleep_lock);
  atomic_fetch_add(&sleepers, 1);
  uint64_t state;
  while (number_of(state = atomic_load(&gate)) == last) pthread_cond_wait(&wake, &sleep_lock);
  atomic_fetch_sub(&sleepers, 1);
  pthread_mutex_unlock(&sleep_lock);
  return state;
}

static void *work(void *argument) {
  long me = (long)argument;
  uint64_t last = 0;
  for (;;) {
    uint64_t state = wait_for_news(last);
    while ((state & open_bit) && number_of(state) != last) {
      if (!atomic_compare_exchange_weak(&gate, &state, state + 1)) continue;
      last = number_of(state);
      if (me < job.helpers) take_tasks(me + 1);
      atomic_fetch_sub(&gate, 1);
    }
    last = number_of(state);
  }
  return NULL;
}

/// Starts workers until there are `count`, or as many as the system grants. Signals stay with the threads of the program.
static void hire(int count) {
  if (worker_count >= count) return;
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (worker_count < count) {
    if (pthread_create(&workers[worker_count], NULL, work, (void *)(long)worker_count) != 0) break;
    pthread_detach(workers[worker_count]);
    worker_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

// ---- a region ---------------------------------------------------------------------------------------------------------------

void segue_keep_to_this_thread(void) { keeps_to_itself = true; }

void segue_parallel(long count, SegueTask task, void *context) {
  int threads = count > 1 ? segue_thread_count() : 1;
  if (threads == 1 || count > UINT32_MAX || within_task || keeps_to_itself || atomic_flag_test_and_set_explicit(&pool_taken, memory_order_acquire)) {
    for (long index = 0; index < count; index++) task(context, index);
    return;
  }
  hire(threads - 1);
  int helpers = threads - 1 < worker_count ? threads - 1 : worker_count;
  segue_place_workers(workers, helpers);

  job.task = task;
  job.context = context;
  job.helpers = helpers;
  for (long me = 0; me <= helpers; me++) {
    atomic_store_explicit(&shares[me].tasks, tasks_between(count * me / (helpers + 1), count * (me + 1) / (helpers + 1)), memory_order_relaxed);
  }
  uint64_t number = number_of(atomic_load(&gate)) + 1;
  atomic_store(&gate, number << 17 | open_bit);
  // A worker counts itself as a sleeper before it looks at the gate for the last time; both orders are sequentially consistent, so
  // either it sees this job or it is seen here.
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&sleep_lock);
    pthread_cond_broadcast(&wake);
    pthread_mutex_unlock(&sleep_lock);
  }

  take_tasks(0);
  atomic_fetch_and(&gate, ~open_bit);
  for (int spin = 0; atomic_load_explicit(&gate, memory_order_acquire) & inside; spin++) {
    if (spin < spins_before_yield) pause_briefly();
    else sched_yield();
  }
  atomic_flag_clear_explicit(&pool_taken, memory_order_release);
}
