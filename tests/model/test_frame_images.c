/* Which image the frames of a stack are in. */
#include "model/pool_trace_loader.h"
#include "slow_model.h"
#include "trace_file.h"

#define BLOCK G_GUINT64_CONSTANT (0xffffa30400000000)
#define KERNEL G_GUINT64_CONSTANT (0xfffff80000000000)
#define USER G_GUINT64_CONSTANT (0x7ff600000000)
#define SYSTEM 4
#define PROCESS 100
#define OTHER_PROCESS 200

static TraceEvent *
add_event (TracePlan *plan, TraceEventKind kind, gint64 ticks, guint32 process_id)
{
  TraceEvent event = { .kind = kind, .ticks = plan->first_ticks + ticks, .process_id = process_id,
                       .thread_id = 10 * process_id, .session = TRACE_UNKNOWN };
  g_array_append_val (plan->events, event);
  return &g_array_index (plan->events, TraceEvent, plan->events->len - 1);
}

/* An image of 0x1000 bytes; @process_id 0: a driver. */
static void
add_image (TracePlan *plan, gint64 ticks, TraceLife life, guint32 process_id, guint64 base, const char *path)
{
  TraceEvent *event = add_event (plan, TRACE_IMAGE, ticks, process_id);
  event->address = base;
  event->size_bytes = 0x1000;
  event->life = life;
  g_strlcpy (event->name, path, sizeof event->name);
}

static void
add_stack (TracePlan *plan, gint64 ticks, gint64 event_ticks, guint32 process_id, guint64 frame)
{
  TraceEvent *event = add_event (plan, TRACE_STACK, ticks, process_id);
  event->stack_ticks = plan->first_ticks + event_ticks;
  event->frames[event->n_frames++] = frame;
}

/* An allocation whose stack is one frame, taken at once. Blocks get addresses in the order of these calls. */
static void
add_allocation (TracePlan *plan, gint64 ticks, guint32 process_id, guint64 frame)
{
  TraceEvent *event = add_event (plan, TRACE_POOL, ticks, process_id);
  event->address = BLOCK + 0x40 * plan->events->len;
  event->size_bytes = 48;
  add_stack (plan, ticks, ticks, process_id, frame);
}

static char *
describe_frame (const PoolTrace *trace, guint32 row)
{
  const PoolFrame *frame = &trace->frames[row];
  if (frame->special != POOL_INDEX_NONE)
    return g_strdup ("none");
  if (frame->image == POOL_INDEX_NONE)
    return g_strdup ("?");
  const PoolImage *image = &trace->images[frame->image];
  guint64 rva = frame->address - image->base_address;
  return g_strdup_printf ("%s+0x%" G_GINT64_MODIFIER "x", image->file_name, rva);
}

/* Takes @plan. */
static PoolTrace *
load (TracePlan *plan)
{
  const TraceFileOptions options = { .buffer_size_bytes = 0x10000 };
  g_autoptr (GBytes) bytes = trace_file_new (plan, &options);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("planned.etl", bytes);
  g_autoptr (GError) error = NULL;
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  trace_plan_free (plan);
  return trace;
}

/* Asserts that the stacks of the allocations, in their order, are @expected. Takes @plan. */
static void
expect (TracePlan *plan, const char *expected)
{
  g_autoptr (PoolTrace) trace = load (plan);
  g_autoptr (GString) found = g_string_new (NULL);
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      gsize n_frames;
      guint32 stack = trace->sites[trace->intervals.site[row]].stack;
      const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
      for (gsize i = 0; i < n_frames; i++)
        {
          g_autofree char *frame = describe_frame (trace, frames[i]);
          g_string_append_printf (found, "%s%s", i ? ";" : row ? " " : "", frame);
        }
    }
  g_assert_cmpstr (found->str, ==, expected);
}

/* Return addresses: the byte before the address tells the image, also at its ends. */
static void
test_ends (void)
{
  TracePlan *plan = trace_plan_new ();
  add_image (plan, 1, TRACE_LIFE_LISTED_START, 0, KERNEL + 0x1000, "\\SystemRoot\\a.sys");
  add_image (plan, 1, TRACE_LIFE_LISTED_START, 0, KERNEL + 0x2000, "\\SystemRoot\\b.sys");
  const guint64 offsets[] = { 0x1000, 0x1001, 0x1fff, 0x2000, 0x2001, 0x3000, 0x3001 };
  for (guint i = 0; i < G_N_ELEMENTS (offsets); i++)
    add_allocation (plan, 10 + i, SYSTEM, KERNEL + offsets[i]);
  expect (plan, "? a.sys+0x1 a.sys+0xfff a.sys+0x1000 b.sys+0x1 b.sys+0x1000 ?");
}

/* One place in memory for several drivers one after the other. */
static void
test_reuse (void)
{
  TracePlan *plan = trace_plan_new ();
  add_image (plan, 10, TRACE_LIFE_START, 0, KERNEL, "a.sys");
  add_allocation (plan, 20, SYSTEM, KERNEL + 0x10);
  add_image (plan, 30, TRACE_LIFE_END, 0, KERNEL, "a.sys");
  add_allocation (plan, 40, SYSTEM, KERNEL + 0x10);
  add_image (plan, 50, TRACE_LIFE_START, 0, KERNEL, "b.sys");
  add_allocation (plan, 60, SYSTEM, KERNEL + 0x10);
  expect (plan, "a.sys+0x10 ? b.sys+0x10");
}

/* What is listed or unloaded without a load was there from the start. */
static void
test_listed_late (void)
{
  TracePlan *plan = trace_plan_new ();
  add_allocation (plan, 20, SYSTEM, KERNEL + 0x10);
  add_allocation (plan, 30, SYSTEM, KERNEL + 0x2010);
  add_image (plan, 40, TRACE_LIFE_LISTED_END, 0, KERNEL, "a.sys");
  add_image (plan, 40, TRACE_LIFE_END, 0, KERNEL + 0x2000, "b.sys");
  expect (plan, "a.sys+0x10 b.sys+0x10");
}

static void
test_processes (void)
{
  TracePlan *plan = trace_plan_new ();
  add_image (plan, 10, TRACE_LIFE_LISTED_START, PROCESS, USER, "a.dll");
  add_image (plan, 10, TRACE_LIFE_LISTED_START, OTHER_PROCESS, USER, "b.dll");
  add_image (plan, 10, TRACE_LIFE_LISTED_START, 0, KERNEL, "a.sys");
  add_allocation (plan, 20, PROCESS, KERNEL + 0x10);
  add_stack (plan, 25, 20, PROCESS, USER + 0x20);
  add_allocation (plan, 30, OTHER_PROCESS, KERNEL + 0x10);
  add_stack (plan, 35, 30, OTHER_PROCESS, USER + 0x20);
  add_allocation (plan, 40, SYSTEM, KERNEL + 0x30);
  expect (plan, "a.dll+0x20;a.sys+0x10 b.dll+0x20;a.sys+0x10 a.sys+0x30");
}

/* The user part comes when the thread leaves the kernel; the driver can be gone by then. */
static void
test_unload_before_user_part (void)
{
  TracePlan *plan = trace_plan_new ();
  add_image (plan, 10, TRACE_LIFE_LISTED_START, 0, KERNEL, "a.sys");
  add_image (plan, 10, TRACE_LIFE_LISTED_START, PROCESS, USER, "a.dll");
  add_allocation (plan, 20, PROCESS, KERNEL + 0x10);
  add_image (plan, 30, TRACE_LIFE_END, 0, KERNEL, "a.sys");
  add_stack (plan, 40, 20, PROCESS, USER + 0x20);
  expect (plan, "a.dll+0x20;a.sys+0x10");
}

/* Stacks that were taken while other images were there, and turn out the same. */
static void
test_equal_stacks (void)
{
  TracePlan *plan = trace_plan_new ();
  add_image (plan, 10, TRACE_LIFE_LISTED_START, 0, KERNEL, "a.sys");
  for (guint i = 0; i < 200; i++)
    {
      add_allocation (plan, 20 + 10 * i, SYSTEM, KERNEL + 0x10 + i % 3);
      add_image (plan, 25 + 10 * i, TRACE_LIFE_START, 0, KERNEL + 0x1000 * (i + 1), "b.sys");
    }
  g_autoptr (PoolTrace) trace = load (plan);
  g_assert_cmpuint (trace->n_stacks, ==, POOL_N_SPECIAL_STACKS + 3);
  g_assert_cmpuint (trace->n_sites, ==, 3);
  for (gsize row = 0; row < trace->intervals.n; row++)
    {
      gsize n_frames;
      const guint32 *frames = pool_trace_get_stack (trace, trace->sites[trace->intervals.site[row]].stack, &n_frames);
      g_assert_cmpuint (n_frames, ==, 1);
      g_assert_cmphex (trace->frames[frames[0]].address, ==, KERNEL + 0x10 + row % 3);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/frame-images/ends", test_ends);
  g_test_add_func ("/model/frame-images/reuse", test_reuse);
  g_test_add_func ("/model/frame-images/listed-late", test_listed_late);
  g_test_add_func ("/model/frame-images/processes", test_processes);
  g_test_add_func ("/model/frame-images/unload-before-user-part", test_unload_before_user_part);
  g_test_add_func ("/model/frame-images/equal-stacks", test_equal_stacks);
  return g_test_run ();
}
