#pragma once

#include <glib.h>

GByteArray *xpress_compress (const guint8 *input, gsize n_bytes);
