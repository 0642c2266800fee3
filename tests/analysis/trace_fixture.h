/* Builds small pool traces by hand, without any file. */
#pragma once

#include "model/pool_trace.h"

typedef struct _TraceFixture TraceFixture;

#define FIXTURE_TAG(a, b, c, d)                                                                              \
  ((guint32) (guint8) (a) | (guint32) (guint8) (b) << 8 | (guint32) (guint8) (c) << 16                       \
   | (guint32) (guint8) (d) << 24)

typedef struct
{
  gint64 allocated_ns, freed_ns;
  guint64 size_bytes;
  guint32 site, context, free_stack;
  guint16 processor;
} FixtureBlock;

TraceFixture *trace_fixture_new (void);
/* All add functions return the row of what they added. Addresses of frames are looked up in the images added
 * before. */
guint32 trace_fixture_add_image (TraceFixture *self, const char *file_name, guint64 base_address,
                                 guint64 size_bytes);
guint32 trace_fixture_add_stack (TraceFixture *self, const guint64 *addresses, gsize n_addresses);
guint32 trace_fixture_add_process (TraceFixture *self, const char *image_name, guint32 process_id,
                                   guint32 instance);
guint32 trace_fixture_add_context (TraceFixture *self, guint32 process, guint32 thread_id);
/* Tells of the thread of @context, which is one of a process. */
void trace_fixture_add_thread (TraceFixture *self, guint32 context, guint32 sub_process_tag);
void trace_fixture_add_service (TraceFixture *self, guint32 process, guint32 sub_process_tag, const char *name);
/* Makes @image one of @process. */
void trace_fixture_map_image (TraceFixture *self, guint32 image, guint32 process);
guint32 trace_fixture_add_site (TraceFixture *self, guint32 pool_type, guint32 tag, guint32 session,
                                guint32 stack);
void trace_fixture_add_block (TraceFixture *self, FixtureBlock block);
/* The same for a block that an allocation on its address ended. */
void trace_fixture_add_overwritten_block (TraceFixture *self, FixtureBlock block);
/* Frees @self. @last_event_ns: of the trace; its data start is the first event of a block. (transfer full) */
PoolTrace *trace_fixture_finish (TraceFixture *self, gint64 last_event_ns);
/* A trace of very many blocks of mixed lives, one each nanosecond, for what threads divide: tags without stacks, of one
 * process. (transfer full) */
PoolTrace *trace_fixture_make_even (guint32 n_blocks, guint32 n_tags);
