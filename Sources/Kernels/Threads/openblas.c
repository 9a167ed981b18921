// OpenBLAS starts a thread for each processor as soon as it is loaded, before `main`. This program never uses them: it shares work out by
// itself. Where address space or threads are limited they are worse than useless, as a program whose threads could not all be started does
// not end. When it is loaded, OpenBLAS asks this function for the number that OPENBLAS_NUM_THREADS gives; the definition in the program
// comes before the one in the library. Where a build of OpenBLAS does not ask, everything is as it was.
__attribute__((visibility("default"), used)) int openblas_num_threads_env(void) { return 1; }
