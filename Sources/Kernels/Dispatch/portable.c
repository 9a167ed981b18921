// The kernels for every processor.
#include "system.h"
#define SEGUE_NAME "portable"
#define SEGUE_TABLE segue_kernels_portable
#include "every.h"
