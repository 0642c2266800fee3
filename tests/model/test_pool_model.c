/* What is loaded from a trace file, against the slow model and against numbers worked out by hand. */
#include "model/pool_trace_loader.h"
#include "model/trace_builder.h"
#include "random_trace.h"
#include "slow_model.h"
#include "trace_file.h"
#include "trace_lines.h"

#define N_RANDOM_TRACES 120
#define BLOCK G_GUINT64_CONSTANT (0xffffa30400000010)
#define KERNEL_FRAME(n) (G_GUINT64_CONSTANT (0xfffff80000000000) + (n))
#define USER_FRAME(n) (G_GUINT64_CONSTANT (0x7ff600000000) + (n))
#define KEY G_GUINT64_CONSTANT (0xfffffa8303862b40)

static PoolTrace *
load (const TracePlan *plan, const TraceFileOptions *options)
{
  g_autoptr (GBytes) bytes = trace_file_new (plan, options);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("planned.etl", bytes);
  g_autoptr (GError) error = NULL;
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (trace);
  return trace;
}

static void
report_lines (const char *title, const GPtrArray *lines, const GPtrArray *others)
{
  for (guint i = 0; i < lines->len; i++)
    if (!g_ptr_array_find_with_equal_func ((GPtrArray *) others, lines->pdata[i], g_str_equal, NULL))
      g_test_message ("%s: %s", title, (const char *) lines->pdata[i]);
}

static gboolean
lines_equal (const GPtrArray *left, const GPtrArray *right)
{
  gboolean is_equal = left->len == right->len;
  for (guint i = 0; is_equal && i < left->len; i++)
    is_equal = g_str_equal (left->pdata[i], right->pdata[i]);
  return is_equal;
}

/* Compares the trace loaded from a file of @plan with @model; FALSE with messages when they differ. */
static gboolean
compare_with_model (const TracePlan *plan, const SlowModel *model, const TraceFileOptions *options)
{
  g_autoptr (PoolTrace) trace = load (plan, options);
  g_autoptr (GPtrArray) lines = trace_lines_new (trace);
  trace_lines_check_columns (trace);
  g_assert_cmpuint (trace->info.n_allocations, ==, model->n_allocations);
  g_assert_cmpuint (trace->info.n_frees, ==, model->n_frees);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FAILED_ALLOCATIONS], ==, model->n_failed);
  g_assert_cmpint (trace->info.first_pool_event_ns, ==,
                   model->first_pool_ns < 0 ? POOL_TIME_NEVER : model->first_pool_ns);
  g_assert_cmpint (trace->info.last_event_ns, ==, MAX (model->last_ns, 0));
  if (!lines_equal (lines, model->intervals))
    {
      report_lines ("only loaded", lines, model->intervals);
      report_lines ("only in the model", model->intervals, lines);
      return FALSE;
    }
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_BEFORE_TRACE], ==, model->n_before_trace);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_ALLOCATION_LOST], ==, model->n_lost);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_NOT_SEEN], ==, model->n_not_seen);
  return TRUE;
}

static void
test_random (void)
{
  const guint32 buffer_sizes[] = { 0x400, 0x1000, 0x10000 };
  for (guint32 seed = 1; seed <= N_RANDOM_TRACES; seed++)
    {
      g_autoptr (TracePlan) plan = random_trace_new (seed);
      g_autoptr (SlowModel) model = slow_model_new (plan);
      TraceFileOptions options = { .buffer_size_bytes = buffer_sizes[seed % 3],
                                   .is_compressed = seed / 3 % 2,
                                   .shuffle_seed = seed / 6 % 2 ? seed : 0 };
      if (!compare_with_model (plan, model, &options))
        {
          g_test_message ("the trace of seed %u differs", seed);
          g_test_fail ();
        }
    }
}

/* Fixed traces: time stamps are ticks of 100 ns since the trace's start. */

static TraceEvent *
add_event (TracePlan *plan, TraceEventKind kind, guint processor, gint64 ticks)
{
  TraceEvent event = { .kind = kind, .header = TRACE_HEADER_PERFINFO, .processor = processor,
                       .ticks = plan->first_ticks + ticks, .process_id = 100, .thread_id = 1000 + processor };
  g_array_append_val (plan->events, event);
  return &g_array_index (plan->events, TraceEvent, plan->events->len - 1);
}

static TraceEvent *
add_pool (TracePlan *plan, guint processor, gint64 ticks, gboolean is_free, guint64 address,
          guint64 size_bytes)
{
  TraceEvent *event = add_event (plan, TRACE_POOL, processor, ticks);
  event->header = TRACE_HEADER_SYSTEM;
  event->is_free = is_free;
  event->address = address;
  event->size_bytes = size_bytes;
  event->type = 0x200;
  event->tag = 0x74736554;
  event->session = TRACE_UNKNOWN;
  return event;
}

static TraceEvent *
allocate (TracePlan *plan, guint processor, gint64 ticks, guint64 address, guint64 size_bytes)
{
  return add_pool (plan, processor, ticks, FALSE, address, size_bytes);
}

static TraceEvent *
release (TracePlan *plan, guint processor, gint64 ticks, guint64 address)
{
  return add_pool (plan, processor, ticks, TRUE, address, 7);
}

/* The stack fragment of one frame for the event at @event_ticks. */
static TraceEvent *
add_stack (TracePlan *plan, guint processor, gint64 ticks, gint64 event_ticks, guint64 frame)
{
  TraceEvent *event = add_event (plan, TRACE_STACK, processor, ticks);
  event->stack_ticks = plan->first_ticks + event_ticks;
  event->frames[0] = frame;
  event->n_frames = 1;
  return event;
}

static void
add_key (TracePlan *plan, gint64 ticks, gint64 event_ticks, gboolean is_user)
{
  TraceEvent *event = add_event (plan, TRACE_STACK_KEY, 0, ticks);
  event->stack_ticks = plan->first_ticks + event_ticks;
  event->is_user_key = is_user;
  event->key = KEY;
}

static void
add_definition (TracePlan *plan, guint processor, gint64 ticks, guint64 frame)
{
  TraceEvent *event = add_event (plan, TRACE_DEFINITION, processor, ticks);
  event->key = KEY;
  event->frames[0] = frame;
  event->n_frames = 1;
}

static void
add_life (TracePlan *plan, TraceEventKind kind, TraceLife life, gint64 ticks, const char *name)
{
  TraceEvent *event = add_event (plan, kind, 0, ticks);
  event->header = TRACE_HEADER_SYSTEM;
  event->life = life;
  g_strlcpy (event->name, name, sizeof event->name);
}

/* Asserts that @plan gives exactly the intervals of @expected (NULL-terminated), in any file. Takes @plan. */
static void
expect (TracePlan *plan, const char *const *expected)
{
  g_autoptr (SlowModel) model = slow_model_new (plan);
  g_autoptr (GPtrArray) lines = g_ptr_array_new ();
  for (guint i = 0; expected[i]; i++)
    g_ptr_array_add (lines, (char *) expected[i]);
  if (!lines_equal (lines, model->intervals))
    {
      report_lines ("expected", lines, model->intervals);
      report_lines ("in the model", model->intervals, lines);
      g_test_fail ();
    }
  const TraceFileOptions options[] = { { 0x10000, FALSE, 0, FALSE }, { 0x400, TRUE, 5, TRUE } };
  for (gsize i = 0; i < G_N_ELEMENTS (options); i++)
    if (!compare_with_model (plan, model, &options[i]))
      g_test_fail ();
  trace_plan_free (plan);
}

#define EXPECT(plan, ...) expect (plan, (const char *const[]){ __VA_ARGS__, NULL })
#define TAIL " type 200 tag 74736554"
#define WHO_0 " cpu 0 process 100 - thread 1000"
#define WHO_1 " cpu 1 process 100 - thread 1001"

/* Rule 1: whole nanoseconds, rounded down, in more than 64 bits; what is earlier than the start is 0. */
static void
test_time (void)
{
  const struct
  {
    TraceClock clock;
    gint64 frequency, ticks;
    gint64 time_ns;
  } cases[] = {
    { TRACE_CLOCK_QPC, 10000000, 12345, 1234500 },
    { TRACE_CLOCK_QPC, 10000000, -3, 0 },
    { TRACE_CLOCK_QPC, 2435708, 1, 410 },
    { TRACE_CLOCK_QPC, 2435708, 7307127, 3000001231 },
    { TRACE_CLOCK_QPC, 2435708, G_GINT64_CONSTANT (6313355136001), G_GINT64_CONSTANT (2592000000000410) },
    { TRACE_CLOCK_CYCLES, 3000000000, 5, 1 },
    { TRACE_CLOCK_CYCLES, 3000000000, G_GINT64_CONSTANT (7776000000000002),
      G_GINT64_CONSTANT (2592000000000000) },
    { TRACE_CLOCK_SYSTEM_TIME, 10000000, 12345, 1234500 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      TracePlan *plan = trace_plan_new ();
      plan->clock = cases[i].clock;
      plan->frequency = cases[i].frequency;
      allocate (plan, 0, cases[i].ticks, BLOCK, 48);
      g_autofree char *line = g_strdup_printf (
          "ffffa30400000010 [%" G_GINT64_FORMAT ",) 48" TAIL WHO_0 " from [No stack]", cases[i].time_ns);
      EXPECT (plan, line);
    }
}

/* Rule 3: the free's own size and tag do not count. */
static void
test_pairing (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 48);
  release (plan, 1, 20, BLOCK)->tag = 0x11223344;
  allocate (plan, 1, 30, BLOCK, 96)->tag = 0xf4736554;
  EXPECT (plan, "ffffa30400000010 [1000,2000) 48" TAIL WHO_0 " from [No stack] freed by [No stack]",
          "ffffa30400000010 [3000,) 96" TAIL WHO_1 " from [No stack]");
}

static void
test_unknown_frees (void)
{
  TracePlan *plan = trace_plan_new ();
  release (plan, 0, 10, BLOCK);
  release (plan, 0, 20, BLOCK);
  add_stack (plan, 0, 20, 20, KERNEL_FRAME (1));
  allocate (plan, 0, 30, BLOCK, 48);
  release (plan, 0, 40, BLOCK);
  release (plan, 0, 50, BLOCK);
  EXPECT (plan, "ffffa30400000010 [,1000) 7" TAIL " from [Before trace] freed by [No stack]",
          "ffffa30400000010 [2000,2000) 7" TAIL " from [Allocation lost] freed by fffff80000000001",
          "ffffa30400000010 [3000,4000) 48" TAIL WHO_0 " from [No stack] freed by [No stack]",
          "ffffa30400000010 [5000,5000) 7" TAIL " from [Allocation lost] freed by [No stack]");
}

static void
test_double_allocation (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 48);
  allocate (plan, 1, 20, BLOCK, 64);
  allocate (plan, 0, 30, 0, 80);
  release (plan, 0, 40, 0);
  EXPECT (plan, "ffffa30400000010 [1000,2000) 48" TAIL WHO_0 " from [No stack] freed by [No stack]",
          "ffffa30400000010 [2000,) 64" TAIL WHO_1 " from [No stack]");
}

static void
test_sessions (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1)->session = 1;
  allocate (plan, 0, 20, BLOCK, 2)->session = 2;
  allocate (plan, 0, 30, BLOCK, 3);
  release (plan, 0, 40, BLOCK)->session = 2;
  release (plan, 0, 50, BLOCK);
  release (plan, 0, 60, BLOCK)->session = 3; /* by address alone */
  release (plan, 0, 70, BLOCK)->session = 4; /* nothing is live, session 4 is new */
  release (plan, 0, 80, BLOCK)->session = 1; /* session 1 is not */
#define NO_STACKS " from [No stack] freed by [No stack]"
  EXPECT (plan, "ffffa30400000010 [,7000) 7" TAIL " session 4 from [Before trace] freed by [No stack]",
          "ffffa30400000010 [1000,6000) 1" TAIL " session 1" WHO_0 NO_STACKS,
          "ffffa30400000010 [2000,4000) 2" TAIL " session 2" WHO_0 NO_STACKS,
          "ffffa30400000010 [3000,5000) 3" TAIL WHO_0 NO_STACKS,
          "ffffa30400000010 [8000,8000) 7" TAIL " session 1 from [Allocation lost] freed by [No stack]");
}

/* At one instant a live block is freed first and a block that is not live allocated first. */
static void
test_equal_times (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1);
  allocate (plan, 0, 20, BLOCK, 2);
  release (plan, 1, 20, BLOCK);
  release (plan, 0, 30, BLOCK + 0x40);
  allocate (plan, 1, 30, BLOCK + 0x40, 3);
  EXPECT (plan, "ffffa30400000010 [1000,2000) 1" TAIL WHO_0 NO_STACKS,
          "ffffa30400000010 [2000,) 2" TAIL WHO_0 " from [No stack]",
          "ffffa30400000050 [3000,3000) 3" TAIL WHO_1 NO_STACKS);
}

/* Kernel and user part apart, the user part on another processor and only for the first of two events. */
static void
test_stacks (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1);
  add_stack (plan, 0, 11, 10, KERNEL_FRAME (1));
  allocate (plan, 0, 20, BLOCK + 0x40, 2);
  TraceEvent *event = add_stack (plan, 0, 21, 20, KERNEL_FRAME (2));
  event->frames[event->n_frames++] = KERNEL_FRAME (3);
  event = add_stack (plan, 3, 50, 10, USER_FRAME (4));
  event->thread_id = 1000;
  event->frames[event->n_frames++] = USER_FRAME (5);
  allocate (plan, 0, 60, BLOCK + 0x80, 3);
  event = add_stack (plan, 0, 61, 60, KERNEL_FRAME (6));
  event->frames[event->n_frames++] = USER_FRAME (7);
  add_stack (plan, 0, 70, 60, USER_FRAME (8)); /* the stack was whole already */
  allocate (plan, 0, 80, BLOCK + 0xc0, 4);
  add_stack (plan, 1, 81, 80, KERNEL_FRAME (9)); /* of another thread */
  EXPECT (plan, "ffffa30400000010 [1000,) 1" TAIL WHO_0 " from 7ff600000005;7ff600000004;fffff80000000001",
          "ffffa30400000050 [2000,) 2" TAIL WHO_0
          " from 7ff600000005;7ff600000004;fffff80000000003;fffff80000000002",
          "ffffa30400000090 [6000,) 3" TAIL WHO_0 " from 7ff600000007;fffff80000000006",
          "ffffa304000000d0 [8000,) 4" TAIL WHO_0 " from [No stack]");
}

/* Frames of both modes in one fragment are the whole stack, also where a user part came before. */
static void
test_whole_stack_late (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1);
  add_stack (plan, 0, 20, 10, USER_FRAME (1));
  TraceEvent *event = add_stack (plan, 0, 30, 10, KERNEL_FRAME (2));
  event->frames[event->n_frames++] = USER_FRAME (3);
  EXPECT (plan, "ffffa30400000010 [1000,) 1" TAIL WHO_0 " from 7ff600000003;fffff80000000002");
}

/* A clock so slow that a stack comes longer after its event than 32 bits have nanoseconds. */
static void
test_stack_of_slow_clock (void)
{
  TracePlan *plan = trace_plan_new ();
  plan->clock = TRACE_CLOCK_QPC;
  plan->frequency = 1000;
  allocate (plan, 0, 1000, BLOCK, 1);
  add_stack (plan, 0, 61000, 1000, KERNEL_FRAME (1));
  allocate (plan, 1, 62000, BLOCK + 0x40, 2);
  EXPECT (plan, "ffffa30400000010 [1000000000,) 1" TAIL WHO_0 " from fffff80000000001",
          "ffffa30400000050 [62000000000,) 2" TAIL WHO_1 " from [No stack]");
}

/* One key for different stacks one after the other, and at once for a kernel and a user part. */
static void
test_stack_keys (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1);
  add_key (plan, 11, 10, FALSE);
  add_key (plan, 12, 10, TRUE);
  add_definition (plan, 2, 20, KERNEL_FRAME (1));
  allocate (plan, 0, 30, BLOCK + 0x40, 2);
  add_key (plan, 40, 30, FALSE);
  add_definition (plan, 1, 40, KERNEL_FRAME (2)); /* at the moment of the reference counts */
  add_definition (plan, 1, 50, KERNEL_FRAME (3));
  add_definition (plan, 1, 60, USER_FRAME (4));
  allocate (plan, 0, 70, BLOCK + 0x80, 3);
  add_key (plan, 71, 70, FALSE);
  EXPECT (plan, "ffffa30400000010 [1000,) 1" TAIL WHO_0 " from 7ff600000004;fffff80000000001",
          "ffffa30400000050 [3000,) 2" TAIL WHO_0 " from fffff80000000002",
          "ffffa30400000090 [7000,) 3" TAIL WHO_0 " from [No stack]");
}

/* Events without thread and process in their header. */
static void
test_ids (void)
{
  TracePlan *plan = trace_plan_new ();
  add_life (plan, TRACE_THREAD, TRACE_LIFE_LISTED_START, 5, "");
  allocate (plan, 0, 10, BLOCK, 1)->header = TRACE_HEADER_PERFINFO;
  allocate (plan, 1, 10, BLOCK + 0x40, 2)->header = TRACE_HEADER_PERFINFO;
  add_stack (plan, 1, 11, 10, KERNEL_FRAME (1));
  TraceEvent *event = add_event (plan, TRACE_SWITCH, 0, 20);
  event->thread_id = 1000;
  event->old_thread_id = 1007;
  allocate (plan, 0, 30, BLOCK + 0x80, 3)->header = TRACE_HEADER_PERFINFO;
  allocate (plan, 1, 40, BLOCK + 0xc0, 4)->header = TRACE_HEADER_FULL;
  allocate (plan, 1, 50, BLOCK + 0x100, 5)->header = TRACE_HEADER_COMPACT;
  EXPECT (plan, "ffffa30400000010 [1000,) 1" TAIL " cpu 0 thread 1007 from [No stack]",
          "ffffa30400000050 [1000,) 2" TAIL WHO_1 " from fffff80000000001",
          "ffffa30400000090 [3000,) 3" TAIL WHO_0 " from [No stack]",
          "ffffa304000000d0 [4000,) 4" TAIL WHO_1 " from [No stack]",
          "ffffa30400000110 [5000,) 5" TAIL WHO_1 " from [No stack]");
}

/* Threads that are only listed after their events, and a thread id with two owners. */
static void
test_late_threads (void)
{
  TracePlan *plan = trace_plan_new ();
  TraceEvent *event = add_event (plan, TRACE_SWITCH, 0, 10);
  event->thread_id = 1000;
  event->old_thread_id = 2000;
  allocate (plan, 0, 20, BLOCK, 1)->header = TRACE_HEADER_PERFINFO;
  add_life (plan, TRACE_THREAD, TRACE_LIFE_END, 30, "");
  add_life (plan, TRACE_PROCESS, TRACE_LIFE_END, 31, "first.exe");
  add_life (plan, TRACE_PROCESS, TRACE_LIFE_START, 40, "second.exe");
  add_life (plan, TRACE_THREAD, TRACE_LIFE_START, 41, "");
  allocate (plan, 0, 50, BLOCK + 0x40, 2)->header = TRACE_HEADER_PERFINFO;
  EXPECT (plan, "ffffa30400000010 [2000,) 1" TAIL " cpu 0 process 100 first.exe thread 1000 from [No stack]",
          "ffffa30400000050 [5000,) 2" TAIL " cpu 0 process 100 second.exe thread 1000 from [No stack]");
}

static void
test_process_reuse (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 1);
  add_life (plan, TRACE_PROCESS, TRACE_LIFE_END, 20, "first.exe");
  add_life (plan, TRACE_PROCESS, TRACE_LIFE_START, 30, "second.exe");
  allocate (plan, 0, 40, BLOCK + 0x40, 2);
  EXPECT (plan, "ffffa30400000010 [1000,) 1" TAIL " cpu 0 process 100 first.exe thread 1000 from [No stack]",
          "ffffa30400000050 [4000,) 2" TAIL " cpu 0 process 100 second.exe thread 1000 from [No stack]");
}

static void
test_32_bits (void)
{
  TracePlan *plan = trace_plan_new ();
  plan->pointer_size = 4;
  allocate (plan, 0, 10, 0x85001000, 48);
  add_stack (plan, 0, 10, 10, 0x82001234);
  add_stack (plan, 0, 20, 10, 0x7fff1234);
  EXPECT (plan, "85001000 [1000,) 48" TAIL WHO_0 " from 7fff1234;82001234");
}

/* Rule 5: a log that may have lost its beginning is complete from where its last processor begins, unless
 * the list of processes that is written at the start is there. The trace header's buffer does not count. */
static void
test_complete_from (void)
{
  const struct
  {
    gboolean is_circular;
    gint64 listed_ticks; /* -1: never */
    gint64 complete_from_ns;
  } cases[] = { { FALSE, -1, 0 }, { TRUE, -1, 5000 }, { TRUE, 45, 0 }, { TRUE, 90, 5000 } };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (TracePlan) plan = trace_plan_new ();
      TraceFileOptions options = { .buffer_size_bytes = 0x10000, .is_circular = cases[i].is_circular };
      allocate (plan, 1, 30, BLOCK, 1);
      allocate (plan, 2, 40, BLOCK + 0x40, 1);
      if (cases[i].listed_ticks >= 0)
        {
          add_life (plan, TRACE_PROCESS, TRACE_LIFE_LISTED_START, cases[i].listed_ticks, "a.exe");
          g_array_index (plan->events, TraceEvent, plan->events->len - 1).processor = 2;
        }
      release (plan, 0, 50, BLOCK);
      add_event (plan, TRACE_SWITCH, 1, 200);
      g_autoptr (PoolTrace) trace = load (plan, &options);
      g_assert_cmpint (trace->info.complete_from_ns, ==, cases[i].complete_from_ns);
      g_assert_cmpint (trace->info.has_start_rundown, ==, cases[i].listed_ticks >= 0);
      g_assert_cmpint (pool_trace_get_data_start_ns (trace), ==, 3000);
      g_assert_cmpint (trace->info.last_event_ns, ==, 20000);
      g_assert_cmpint (pool_trace_get_end_ns (trace), ==, 20001);
    }
}

/* What can be numbered is taken, and no more. */
static void
test_room (void)
{
  g_autoptr (TracePlan) plan = trace_plan_new ();
  allocate (plan, 0, 10, BLOCK, 48);
  TraceFileOptions options = { .buffer_size_bytes = 0x10000 };
  g_autoptr (GBytes) bytes = trace_file_new (plan, &options);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("planned.etl", bytes);
  g_autoptr (EtlFile) file = etl_file_open (source, NULL, NULL, NULL);
  g_assert_nonnull (file);
  StackFragmentTable *fragments = stack_fragment_table_new ();
  TraceBuilder *builder = trace_builder_new (file, fragments, POOL_COLUMNS_ALL, NULL);
  g_assert_true (trace_builder_has_room (builder, INTERVAL_TABLE_MAX_ROWS));
  g_assert_false (trace_builder_has_room (builder, (gsize) INTERVAL_TABLE_MAX_ROWS + 1));
  AddressSlot slot;
  address_slot_set (&slot, INTERVAL_TABLE_MAX_ROWS - 1, 0, TRUE);
  g_assert_true (address_slot_is_live (&slot));
  g_assert_cmpuint (address_slot_get_row (&slot), ==, INTERVAL_TABLE_MAX_ROWS - 1);
  trace_builder_free (builder);
  stack_fragment_table_free (fragments);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/pool-model/time", test_time);
  g_test_add_func ("/model/pool-model/pairing", test_pairing);
  g_test_add_func ("/model/pool-model/unknown-frees", test_unknown_frees);
  g_test_add_func ("/model/pool-model/double-allocation", test_double_allocation);
  g_test_add_func ("/model/pool-model/sessions", test_sessions);
  g_test_add_func ("/model/pool-model/equal-times", test_equal_times);
  g_test_add_func ("/model/pool-model/stacks", test_stacks);
  g_test_add_func ("/model/pool-model/whole-stack-late", test_whole_stack_late);
  g_test_add_func ("/model/pool-model/stack-of-slow-clock", test_stack_of_slow_clock);
  g_test_add_func ("/model/pool-model/stack-keys", test_stack_keys);
  g_test_add_func ("/model/pool-model/ids", test_ids);
  g_test_add_func ("/model/pool-model/late-threads", test_late_threads);
  g_test_add_func ("/model/pool-model/process-reuse", test_process_reuse);
  g_test_add_func ("/model/pool-model/32-bits", test_32_bits);
  g_test_add_func ("/model/pool-model/complete-from", test_complete_from);
  g_test_add_func ("/model/pool-model/room", test_room);
  g_test_add_func ("/model/pool-model/random", test_random);
  return g_test_run ();
}
