/* Traces loaded without some of their columns, against the same with all of them. */
#include "model/pool_trace_loader.h"
#include "random_trace.h"
#include "trace_file.h"

#include <string.h>

#define N_RANDOM_TRACES 60

static PoolTrace *
load (GBytes *bytes, PoolColumns columns)
{
  g_autoptr (ByteSource) source = byte_source_new_bytes ("planned.etl", bytes);
  g_autoptr (GError) error = NULL;
  PoolTrace *trace = pool_trace_load_columns (source, columns, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return trace;
}

/* The rows of stacks and frames may differ, for some may be in stacks of frees alone. */
static void
assert_same_stack (const PoolTrace *trace, guint32 stack, const PoolTrace *whole, guint32 whole_stack)
{
  gsize n_frames, n_whole_frames;
  const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
  const guint32 *whole_frames = pool_trace_get_stack (whole, whole_stack, &n_whole_frames);
  g_assert_cmpuint (n_frames, ==, n_whole_frames);
  for (gsize i = 0; i < n_frames; i++)
    {
      const PoolFrame *frame = &trace->frames[frames[i]], *expected = &whole->frames[whole_frames[i]];
      g_assert_cmphex (frame->address, ==, expected->address);
      g_assert_cmpuint (frame->image, ==, expected->image);
      g_assert_cmpuint (frame->special, ==, expected->special);
    }
}

static void
assert_same_sites (const PoolTrace *trace, const PoolTrace *whole)
{
  for (gsize i = 0; i < whole->intervals.n; i++)
    {
      const PoolSite *site = &trace->sites[trace->intervals.site[i]];
      const PoolSite *expected = &whole->sites[whole->intervals.site[i]];
      g_assert_cmphex (site->pool_type, ==, expected->pool_type);
      g_assert_cmphex (site->tag, ==, expected->tag);
      g_assert_cmpuint (site->session, ==, expected->session);
      assert_same_stack (trace, site->stack, whole, expected->stack);
    }
}

static void
assert_same_counters (const PoolTrace *trace, PoolColumns columns, const PoolTrace *whole)
{
  for (guint i = 0; i < IMPORT_N_COUNTERS; i++)
    if (i != IMPORT_POOL_THREADS_UNKNOWN || columns & POOL_COLUMN_CONTEXT)
      g_assert_cmpuint (trace->counters.values[i], ==, whole->counters.values[i]);
}

/* The rows of processes may differ in number: some are only known from contexts. */
static void
assert_same_context (const PoolContext *context, const PoolTrace *trace, const PoolContext *expected,
                     const PoolTrace *whole)
{
  g_assert_cmpuint (context->thread_id, ==, expected->thread_id);
  g_assert_cmpuint (context->thread, ==, expected->thread);
  g_assert_true ((context->process == POOL_INDEX_NONE) == (expected->process == POOL_INDEX_NONE));
  if (context->process != POOL_INDEX_NONE)
    g_assert_cmpuint (trace->processes[context->process].process_id, ==,
                      whole->processes[expected->process].process_id);
}

static void
assert_same_bytes (gconstpointer bytes, gconstpointer expected, gsize n_bytes)
{
  g_assert_true (n_bytes == 0 || memcmp (bytes, expected, n_bytes) == 0);
}

#define ASSERT_SAME_COLUMN(name) \
  assert_same_bytes (trace->intervals.name, whole->intervals.name, n * sizeof *whole->intervals.name)

static void
assert_same (const PoolTrace *trace, PoolColumns columns, const PoolTrace *whole)
{
  gsize n = whole->intervals.n;
  g_assert_cmpuint (trace->intervals.n, ==, n);
  g_assert_cmpuint (trace->intervals.n_before, ==, whole->intervals.n_before);
  ASSERT_SAME_COLUMN (allocated_ns);
  ASSERT_SAME_COLUMN (freed_ns);
  ASSERT_SAME_COLUMN (size_bytes);
  g_assert_cmpuint (trace->intervals.n_freed, ==, whole->intervals.n_freed);
  assert_same_bytes (trace->intervals.free_order, whole->intervals.free_order, whole->intervals.n_freed * sizeof (guint32));
  assert_same_sites (trace, whole);
  assert_same_counters (trace, columns, whole);
  g_assert_cmpuint (trace->info.n_allocations_with_stack, ==, whole->info.n_allocations_with_stack);
  g_assert_cmpuint (trace->info.n_stacks_missing, ==, whole->info.n_stacks_missing);
  g_assert_true ((trace->intervals.context != NULL) == ((columns & POOL_COLUMN_CONTEXT) != 0));
  g_assert_true ((trace->intervals.address != NULL) == ((columns & POOL_COLUMN_ADDRESS) != 0));
  g_assert_true ((trace->intervals.free_stack != NULL) == ((columns & POOL_COLUMN_FREE_STACK) != 0));
  g_assert_true ((trace->intervals.processor != NULL) == ((columns & POOL_COLUMN_PROCESSOR) != 0));
  for (gsize i = 0; i < n && columns & POOL_COLUMN_CONTEXT; i++)
    assert_same_context (&trace->contexts[trace->intervals.context[i]], trace,
                         &whole->contexts[whole->intervals.context[i]], whole);
  if (columns & POOL_COLUMN_ADDRESS)
    ASSERT_SAME_COLUMN (address);
  if (columns & POOL_COLUMN_PROCESSOR)
    ASSERT_SAME_COLUMN (processor);
  for (gsize i = 0; i < n && columns & POOL_COLUMN_FREE_STACK; i++)
    assert_same_stack (trace, trace->intervals.free_stack[i], whole, whole->intervals.free_stack[i]);
}

static void
test_random (void)
{
  guint64 n_frees_with_stack = 0, n_before = 0, n_undefined_keys = 0;
  for (guint32 seed = 1; seed <= N_RANDOM_TRACES; seed++)
    {
      g_autoptr (TracePlan) plan = random_trace_new (seed);
      TraceFileOptions options = { .buffer_size_bytes = 0x1000, .shuffle_seed = seed % 2 ? seed : 0 };
      g_autoptr (GBytes) bytes = trace_file_new (plan, &options);
      g_autoptr (PoolTrace) whole = load (bytes, POOL_COLUMNS_ALL);
      n_frees_with_stack += whole->info.n_frees_with_stack;
      n_before += whole->intervals.n_before;
      n_undefined_keys += whole->counters.values[IMPORT_STACK_KEYS_UNDEFINED];
      for (PoolColumns columns = 0; columns <= POOL_COLUMNS_ALL; columns++)
        {
          g_autoptr (PoolTrace) trace = load (bytes, columns);
          assert_same (trace, columns, whole);
        }
    }
  g_assert_cmpuint (n_frees_with_stack, >, 0);
  g_assert_cmpuint (n_before, >, 0);
  g_assert_cmpuint (n_undefined_keys, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/left-out-columns/random", test_random);
  return g_test_run ();
}
