/* Plain LZ77 decompression of [MS-XCA], called XPRESS: the compression of .etl buffers. */
#pragma once

#include "base/byte_span.h"

gsize xpress_decompress (ByteSpan input, guint8 *output, gsize output_size);
