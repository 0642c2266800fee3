/* Cabinets with one file, as symbol stores keep compressed files. */
#pragma once

#include "symbols/store_part.h"

/* Unpacks the first file of the cabinet at @path into @part and finishes it; the name in the cabinet is
 * ignored. Never writes more than the cabinet declares, nor than @part's limit. FALSE with @error
 * (G_IO_ERROR). */
gboolean cabinet_unpack (const char *path, StorePart *part, GCancellable *cancellable, GError **error);
