/* Bytes written down by hand, as hexadecimal text with blanks anywhere. */
#pragma once

#include <glib.h>

GByteArray *hex_image_new (gsize size, guint8 fill);
void hex_image_put (GByteArray *image, gsize offset, const char *hex);
void hex_image_fill (GByteArray *image, gsize offset, gsize size, guint8 fill);
GBytes *hex_image_finish (GByteArray *image);

void assert_bytes (const void *actual, gsize n_actual, const void *expected, gsize n_expected);

GBytes *worked_example_new (void);
