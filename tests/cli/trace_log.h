/* Writes a trace and, beside it, the list of what was written as plain text lines, from which an
 * independent script works out what the program must answer. */
#pragma once

#include "sample/etl_writer_events.h"

#define TRACE_LOG_TICK_NS 100 /* the writer's clock runs at 10 MHz */
#define TRACE_LOG_MAX_FRAMES 16

typedef struct
{
  EtlWriter *writer; /* (owned) */
  GString *events;   /* (owned) */
  gint64 first_ticks;
  gboolean leaves_stacks_out, leaves_images_out;
} TraceLog;

typedef struct
{
  gint64 time_ns;
  guint processor;
  guint32 process_id, thread_id;
  gboolean is_free, is_session;
  EtlPoolBlock block;
  guint64 frames[TRACE_LOG_MAX_FRAMES]; /* return addresses, innermost first */
  guint n_frames;
} TraceLogEvent;

void trace_log_init (TraceLog *self, guint n_processors);
void trace_log_clear (TraceLog *self);
void trace_log_add_image (TraceLog *self, guint64 base, guint64 size_bytes, guint32 process_id,
                          const char *path, gboolean has_identity);
void trace_log_add_image_at (TraceLog *self, gint64 time_ns, guint16 hook, guint64 base, guint64 size_bytes,
                             guint32 process_id, const char *path, gboolean has_identity);
void trace_log_add_process (TraceLog *self, gint64 time_ns, guint16 hook, guint32 process_id,
                            const char *name);
void trace_log_add_thread (TraceLog *self, gint64 time_ns, guint16 hook, guint32 process_id, guint32 thread_id,
                           guint32 sub_process_tag);
void trace_log_add_service (TraceLog *self, guint32 process_id, guint32 sub_process_tag, const char *name);
void trace_log_add_pool (TraceLog *self, const TraceLogEvent *event);
GBytes *trace_log_save (TraceLog *self, const char *folder, const char *name);
void trace_log_save_bytes (const char *folder, const char *file_name, const void *data, gsize n_bytes);
