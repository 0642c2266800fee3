/* Finds the buffers of an .etl file. */
#pragma once

#include "etl/etl_file.h"

gboolean etl_index_build (EtlFile *file, guint32 compression, GCancellable *cancellable, GError **error);

/* Orders the buffers of @file as EtlFile tells, after their first times were changed. */
void etl_index_order (EtlFile *file);
