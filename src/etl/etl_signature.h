/* Whether a file is an .etl file, judged by its first bytes. */
#pragma once

#include "base/byte_span.h"

/* What etl_signature_check() wants to see, less for a shorter file. */
#define ETL_SIGNATURE_BYTES 256

gboolean etl_signature_check (ByteSpan start, const char *display_name, GError **error);
