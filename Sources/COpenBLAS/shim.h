#pragma once
// The CBLAS interface of OpenBLAS. It needs no wrapper of ours; this file only gives the module map one header
// to name, whatever folder the system keeps cblas.h in.
#include <cblas.h>
