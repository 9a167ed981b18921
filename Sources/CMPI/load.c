#include <dlfcn.h>
#include <stdio.h>

#include "cmpi.h"

const SegueMPI *segue_mpi_load(const char *path, char *words, int room) {
  // Open MPI loads parts of its own that look for its names among those of the whole program.
  void *library = dlopen(path, RTLD_NOW | RTLD_GLOBAL);
  const SegueMPI *functions = library ? dlsym(library, "segue_mpi_functions") : NULL;
  if (!functions) {
    const char *reason = dlerror();
    snprintf(words, (size_t)room, "%s", reason ? reason : "it has no functions");
  } else if (functions->bytes != sizeof(SegueMPI)) {
    snprintf(words, (size_t)room, "it was compiled for another version of Segue");
    functions = NULL;
  }
  return functions;
}
