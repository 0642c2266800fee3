/* The content of one buffer in memory, decompressed. A reader belongs to one thread and keeps its
 * memory from buffer to buffer.
 */
#pragma once

#include "etl/etl_file.h"

typedef struct
{
  ByteSpan content;  /* header and events; borrowed from the reader until its next load */
  gsize events_end;  /* offset in content behind the last event */
  guint16 processor;
  guint pointer_size; /* of the trace */
} EtlBuffer;

typedef struct _EtlBufferReader EtlBufferReader;

EtlBufferReader *etl_buffer_reader_new (const EtlFile *file);
void etl_buffer_reader_free (EtlBufferReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (EtlBufferReader, etl_buffer_reader_free)

/* Loads buffer @index (of file->buffers). What is wrong with it is counted in @counters; an I/O error
 * or nothing readable at all returns FALSE with @error set. */
gboolean etl_buffer_reader_load (EtlBufferReader *self, gsize index, EtlBuffer *ret_buffer,
                                 ImportCounters *counters, GError **error);

/* The same for a buffer that is not in file->buffers, as found while these are being made. */
gboolean etl_buffer_reader_load_info (EtlBufferReader *self, const EtlBufferInfo *info, EtlBuffer *ret_buffer,
                                      ImportCounters *counters, GError **error);
