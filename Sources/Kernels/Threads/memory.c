// Memory in large pages. A tile of an image touches a page for each of its rows, and a network holds more small pages than the
// processor remembers the places of; a page of 2 MiB in place of 512 small ones takes that search out of every step.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mman.h>
#endif

#include "kernels.h"

enum { line = 64, large_page = 1 << 21 };

float *segue_allocate(long floats) {
  size_t bytes = ((size_t)(floats > 0 ? floats : 1) * sizeof(float) + line - 1) / line * line;
  bool is_large = bytes >= 2 * large_page;
  void *data = NULL;
  if (posix_memalign(&data, is_large ? large_page : line, bytes) != 0) return NULL;
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  // Whole pages only: what is beyond them keeps small ones, so that nothing is taken that was not asked for. A system without large
  // pages says no, and all is as it was.
  if (is_large) madvise(data, bytes / large_page * large_page, MADV_HUGEPAGE);
#endif
  return data;
}

static pthread_mutex_t advice_lock = PTHREAD_MUTEX_INITIALIZER;
static char advice[512];

void segue_advise_on_memory(const char *words) {
  pthread_mutex_lock(&advice_lock);
  snprintf(advice, sizeof advice, "%s", words ? words : "");
  pthread_mutex_unlock(&advice_lock);
}

static void say(const char *words) {
  ssize_t written = write(STDERR_FILENO, words, strlen(words));
  (void)written;
}

void segue_out_of_memory(long floats) {
  char words[96];
  snprintf(words, sizeof words, "error: there is no memory for %ld more numbers\n", floats);
  // Held on to: of several threads that come here one speaks.
  pthread_mutex_lock(&advice_lock);
  say(words);
  say(advice);
  _exit(1);
}
