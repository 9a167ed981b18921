// Every kernel, and the table of them, for the instruction set of the file that includes this.
#include "../Matrix/multiply.h"
#include "../Matrix/multiply_transposed.h"
#include "../Neighbours/depthwise.h"
#include "../Neighbours/depthwise_data.h"
#include "../Neighbours/depthwise_weights.h"
#include "../Neighbours/gather.h"
#include "../Neighbours/nearest.h"
#include "../Neighbours/padded.h"
#include "../Neighbours/pool.h"
#include "../Output/argmax.h"
#include "../Output/binary.h"
#include "../Output/class_argmax.h"
#include "../Output/cross_entropy.h"
#include "../Output/softmax.h"
#include "../Output/softmax_backward.h"
#include "../Sweeps/affine.h"
#include "../Sweeps/gate.h"
#include "../Sweeps/moments.h"
#include "../Sweeps/optimisers.h"
#include "../Sweeps/pointwise.h"
#include "../Winograd/input.h"
#include "../Winograd/output.h"
#include "../Winograd/taps.h"

const KernelTable SEGUE_TABLE = {
  .name = SEGUE_NAME,
#define KERNEL(Result, kernel, parameters, arguments) .kernel = kernel,
#include "list.h"
};
