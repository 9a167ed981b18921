// What the kernels take from the system, read before any target attribute applies.
#pragma once
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "../Threads/scratch.h"
#include "kernels.h"
#include "table.h"
