/* The classes of kernel events that may also arrive with a GUID instead of a hook. */
#pragma once

#include "base/byte_span.h"

guint16 etl_kernel_class_find_hook (const guint8 *guid, guint8 opcode);
