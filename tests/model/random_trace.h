/* Random traces with the irregularities that real ones have. */
#pragma once

#include "slow_model.h"

TracePlan *random_trace_new (guint32 seed);
