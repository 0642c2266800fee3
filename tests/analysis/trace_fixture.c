#include "trace_fixture.h"

#include <stdlib.h>

typedef struct
{
  FixtureBlock block; /* first: blocks are compared by it */
  gboolean is_overwritten;
} StoredBlock;

struct _TraceFixture
{
  GArray *images, *frames, *stack_starts, *stack_frames, *processes, *contexts, *sites, *blocks, *threads, *services;
};

TraceFixture *
trace_fixture_new (void)
{
  TraceFixture *self = g_new0 (TraceFixture, 1);
  self->images = g_array_new (FALSE, TRUE, sizeof (PoolImage));
  self->frames = g_array_new (FALSE, TRUE, sizeof (PoolFrame));
  self->stack_starts = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->stack_frames = g_array_new (FALSE, TRUE, sizeof (guint32));
  self->processes = g_array_new (FALSE, TRUE, sizeof (PoolProcess));
  self->contexts = g_array_new (FALSE, TRUE, sizeof (PoolContext));
  self->sites = g_array_new (FALSE, TRUE, sizeof (PoolSite));
  self->blocks = g_array_new (FALSE, TRUE, sizeof (StoredBlock));
  self->threads = g_array_new (FALSE, TRUE, sizeof (PoolThread));
  self->services = g_array_new (FALSE, TRUE, sizeof (PoolService));
  for (guint32 i = 0; i < POOL_N_SPECIAL_STACKS; i++)
    {
      PoolFrame frame = { .image = POOL_INDEX_NONE, .special = i };
      g_array_append_val (self->stack_starts, self->stack_frames->len);
      g_array_append_val (self->stack_frames, i);
      g_array_append_val (self->frames, frame);
    }
  return self;
}

guint32
trace_fixture_add_image (TraceFixture *self, const char *file_name, guint64 base_address, guint64 size_bytes)
{
  PoolImage image = { .path = g_strdup_printf ("\\drivers\\%s", file_name),
                      .file_name = g_strdup (file_name),
                      .base_address = base_address,
                      .size_bytes = size_bytes,
                      .process = POOL_INDEX_NONE };
  g_array_append_val (self->images, image);
  return self->images->len - 1;
}

static guint32
add_frame (TraceFixture *self, guint64 address)
{
  for (guint32 i = POOL_N_SPECIAL_STACKS; i < self->frames->len; i++)
    if (g_array_index (self->frames, PoolFrame, i).address == address)
      return i;
  PoolFrame frame = { .address = address, .image = POOL_INDEX_NONE, .special = POOL_INDEX_NONE };
  for (guint32 i = 0; i < self->images->len; i++)
    {
      const PoolImage *image = &g_array_index (self->images, PoolImage, i);
      if (address - 1 >= image->base_address && address - 1 < image->base_address + image->size_bytes)
        frame.image = i;
    }
  g_array_append_val (self->frames, frame);
  return self->frames->len - 1;
}

guint32
trace_fixture_add_stack (TraceFixture *self, const guint64 *addresses, gsize n_addresses)
{
  g_array_append_val (self->stack_starts, self->stack_frames->len);
  for (gsize i = 0; i < n_addresses; i++)
    {
      guint32 frame = add_frame (self, addresses[i]);
      g_array_append_val (self->stack_frames, frame);
    }
  return self->stack_starts->len - 1;
}

guint32
trace_fixture_add_process (TraceFixture *self, const char *image_name, guint32 process_id, guint32 instance)
{
  PoolProcess process
      = { .process_id = process_id, .instance = instance, .image_name = g_strdup (image_name) };
  g_array_append_val (self->processes, process);
  return self->processes->len - 1;
}

guint32
trace_fixture_add_context (TraceFixture *self, guint32 process, guint32 thread_id)
{
  PoolContext context = { process, thread_id, POOL_INDEX_NONE };
  g_array_append_val (self->contexts, context);
  return self->contexts->len - 1;
}

void
trace_fixture_add_thread (TraceFixture *self, guint32 context_row, guint32 sub_process_tag)
{
  PoolContext *context = &g_array_index (self->contexts, PoolContext, context_row);
  PoolThread thread = { .thread_id = context->thread_id, .process = context->process,
                        .sub_process_tag = sub_process_tag };
  context->thread = self->threads->len;
  g_array_append_val (self->threads, thread);
}

void
trace_fixture_add_service (TraceFixture *self, guint32 process, guint32 sub_process_tag, const char *name)
{
  PoolService service = { .process_id = g_array_index (self->processes, PoolProcess, process).process_id,
                          .process = process, .sub_process_tag = sub_process_tag, .name = g_strdup (name) };
  g_array_append_val (self->services, service);
}

void
trace_fixture_map_image (TraceFixture *self, guint32 image, guint32 process)
{
  g_array_index (self->images, PoolImage, image).process = process;
}

guint32
trace_fixture_add_site (TraceFixture *self, guint32 pool_type, guint32 tag, guint32 session, guint32 stack)
{
  PoolSite site = { pool_type, tag, session, stack };
  g_array_append_val (self->sites, site);
  return self->sites->len - 1;
}

void
trace_fixture_add_block (TraceFixture *self, FixtureBlock block)
{
  StoredBlock stored = { block, FALSE };
  g_array_append_val (self->blocks, stored);
}

void
trace_fixture_add_overwritten_block (TraceFixture *self, FixtureBlock block)
{
  StoredBlock stored = { block, TRUE };
  g_array_append_val (self->blocks, stored);
}

static int
compare_blocks (gconstpointer first, gconstpointer second)
{
  const FixtureBlock *a = first, *b = second;
  if (a->allocated_ns != b->allocated_ns)
    return a->allocated_ns < b->allocated_ns ? -1 : 1;
  if (a->allocated_ns == POOL_TIME_BEFORE)
    return (a->freed_ns > b->freed_ns) - (a->freed_ns < b->freed_ns);
  return 0;
}

static int
compare_frees (gconstpointer first, gconstpointer second, gpointer freed_ns)
{
  gint64 a = ((const gint64 *) freed_ns)[*(const guint32 *) first];
  gint64 b = ((const gint64 *) freed_ns)[*(const guint32 *) second];
  return (a > b) - (a < b);
}

static void
fill_intervals (PoolTrace *trace, GArray *blocks)
{
  PoolIntervals *intervals = &trace->intervals;
  gsize n = blocks->len;
  g_array_sort (blocks, compare_blocks);
  intervals->n = n;
  intervals->allocated_ns = g_new (gint64, n);
  intervals->freed_ns = g_new (gint64, n);
  intervals->address = g_new (guint64, n);
  intervals->size_bytes = g_new (guint64, n);
  intervals->site = g_new (guint32, n);
  intervals->context = g_new (guint32, n);
  intervals->free_stack = g_new (guint32, n);
  intervals->processor = g_new (guint16, n);
  intervals->free_order = g_new (guint32, n);
  intervals->unseen_frees = g_new (guint32, n);
  trace->info.first_pool_event_ns = POOL_TIME_NEVER;
  for (guint32 row = 0; row < n; row++)
    {
      const FixtureBlock *block = &g_array_index (blocks, StoredBlock, row).block;
      intervals->allocated_ns[row] = block->allocated_ns;
      intervals->freed_ns[row] = block->freed_ns;
      intervals->address[row] = 0xffff800000001000u + row * 0x100u;
      intervals->size_bytes[row] = block->size_bytes;
      intervals->site[row] = block->site;
      intervals->context[row] = block->context;
      intervals->free_stack[row] = block->free_stack;
      intervals->processor[row] = block->processor;
      gint64 first_ns = block->freed_ns;
      if (block->allocated_ns == POOL_TIME_BEFORE)
        intervals->n_before++;
      else
        first_ns = block->allocated_ns;
      trace->info.first_pool_event_ns = MIN (trace->info.first_pool_event_ns, first_ns);
      if (block->freed_ns != POOL_TIME_NEVER)
        intervals->free_order[intervals->n_freed++] = row;
      if (g_array_index (blocks, StoredBlock, row).is_overwritten)
        intervals->unseen_frees[intervals->n_unseen_frees++] = row;
    }
  if (intervals->n_freed > 0)
    qsort_r (intervals->free_order, intervals->n_freed, sizeof (guint32), compare_frees, intervals->freed_ns);
}

#define TAKE(array, pointer, count) ((pointer) = (gpointer) g_array_steal (array, &(count)))

PoolTrace *
trace_fixture_finish (TraceFixture *self, gint64 last_event_ns)
{
  PoolTrace *trace = g_new0 (PoolTrace, 1);
  g_atomic_ref_count_init (&trace->references);
  fill_intervals (trace, self->blocks);
  trace->info.last_event_ns = last_event_ns;
  gsize n_unused;
  g_array_append_val (self->stack_starts, self->stack_frames->len);
  TAKE (self->images, trace->images, trace->n_images);
  TAKE (self->frames, trace->frames, trace->n_frames);
  TAKE (self->stack_starts, trace->stack_starts, trace->n_stacks);
  trace->n_stacks--;
  TAKE (self->stack_frames, trace->stack_frames, n_unused);
  TAKE (self->processes, trace->processes, trace->n_processes);
  TAKE (self->contexts, trace->contexts, trace->n_contexts);
  TAKE (self->sites, trace->sites, trace->n_sites);
  TAKE (self->threads, trace->threads, trace->n_threads);
  TAKE (self->services, trace->services, trace->n_services);
  GArray *arrays[] = { self->images,    self->frames,   self->stack_starts, self->stack_frames,
                       self->processes, self->contexts, self->sites,        self->blocks,
                       self->threads,   self->services };
  for (gsize i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_array_unref (arrays[i]);
  g_free (self);
  return trace;
}

PoolTrace *
trace_fixture_make_even (guint32 n_blocks, guint32 n_tags)
{
  TraceFixture *self = trace_fixture_new ();
  trace_fixture_add_context (self, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint32 i = 0; i < n_tags; i++)
    trace_fixture_add_site (self, i % 2, i, POOL_SESSION_NONE, POOL_STACK_NONE);
  for (guint32 i = 0; i < n_blocks; i++)
    trace_fixture_add_block (self, (FixtureBlock){ .allocated_ns = i,
                                                   .freed_ns = i % 3 ? i + i % 1000 : POOL_TIME_NEVER,
                                                   .size_bytes = 1 + i % 13,
                                                   .site = i % n_tags });
  return trace_fixture_finish (self, n_blocks + 1000);
}
