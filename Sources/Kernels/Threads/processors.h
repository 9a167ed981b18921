// The processors of this process, and which of them the pool's workers are tied to.
#pragma once
#include <pthread.h>

/// The number of processors this process may use, as its affinity mask stood at the first call.
int segue_processor_count(void);

/// Ties each worker to a processor of its own, other than the one that the calling thread runs on. Does nothing where there are
/// more threads than processors, where SEGUE_PIN is 0, or where the system has no such thing.
void segue_place_workers(const pthread_t *workers, int count);
