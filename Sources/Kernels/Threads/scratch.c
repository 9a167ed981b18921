// Buffers that a thread keeps between calls: the large ones of a kernel would otherwise be mapped and faulted in at every call.
#include "scratch.h"

#include <pthread.h>
#include <stdlib.h>

#include "kernels.h"

typedef struct {
  float *data[scratch_slots];
  long floats[scratch_slots];
} Scratch;

static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t key;
static _Thread_local Scratch *mine;

static void release(void *pointer) {
  Scratch *scratch = pointer;
  for (int slot = 0; slot < scratch_slots; slot++) free(scratch->data[slot]);
  free(scratch);
  mine = NULL;
}

static void make_key(void) { pthread_key_create(&key, release); }

float *segue_slot(int slot, long floats) {
  if (slot < 0 || slot >= scratch_slots || floats < 0) segue_out_of_memory(floats);
  if (!mine) {
    pthread_once(&once, make_key);
    mine = calloc(1, sizeof *mine);
    if (!mine || pthread_setspecific(key, mine) != 0) segue_out_of_memory(floats);
  }
  if (mine->floats[slot] < floats || !mine->data[slot]) {
    // Some more than asked for, so that sizes that creep up do not allocate each time.
    long room = (floats + floats / 4 + 1023) / 1024 * 1024 + 1024;
    free(mine->data[slot]);
    mine->data[slot] = segue_allocate(room);
    if (!mine->data[slot]) segue_out_of_memory(floats);
    mine->floats[slot] = room;
  }
  return mine->data[slot];
}

float *segue_scratch(int slot, long floats) {
  if (slot >= public_slots) segue_out_of_memory(floats);
  return segue_slot(slot, floats);
}
