/* Services, and the threads that work for them. Each event has the time that its place gives it. */
#include "model/pool_trace_loader.h"
#include "slow_model.h"
#include "trace_file.h"

#define BLOCK G_GUINT64_CONSTANT (0xffffa30400000000)

static TraceEvent *
add_event (TracePlan *plan, TraceEventKind kind, guint32 process_id)
{
  TraceEvent event = { .kind = kind, .header = TRACE_HEADER_SYSTEM, .process_id = process_id, .thread_id = 1,
                       .session = TRACE_UNKNOWN, .ticks = plan->first_ticks + 10 * (plan->events->len + 1) };
  g_array_append_val (plan->events, event);
  return &g_array_index (plan->events, TraceEvent, plan->events->len - 1);
}

static void
add_process (TracePlan *plan, TraceLife life, guint32 process_id, const char *name)
{
  TraceEvent *event = add_event (plan, TRACE_PROCESS, process_id);
  event->life = life;
  g_strlcpy (event->name, name, sizeof event->name);
}

static void
add_thread (TracePlan *plan, TraceLife life, guint32 thread_id, guint32 sub_process_tag)
{
  TraceEvent *event = add_event (plan, TRACE_THREAD, 100);
  event->life = life;
  event->thread_id = thread_id;
  event->sub_process_tag = sub_process_tag;
}

static void
add_service (TracePlan *plan, guint32 process_id, guint32 sub_process_tag, const char *name)
{
  TraceEvent *event = add_event (plan, TRACE_SERVICE, process_id);
  event->sub_process_tag = sub_process_tag;
  g_strlcpy (event->name, name, sizeof event->name);
}

static void
allocate (TracePlan *plan, guint32 thread_id)
{
  TraceEvent *event = add_event (plan, TRACE_POOL, 100);
  event->thread_id = thread_id;
  event->address = BLOCK + (guint64) event->ticks;
  event->size_bytes = 16;
}

static PoolTrace *
load (TracePlan *plan)
{
  g_autoptr (TracePlan) owned = plan;
  TraceFileOptions options = { .buffer_size_bytes = 0x10000 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = trace_file_new (plan, &options);
  g_autoptr (ByteSource) source = byte_source_new_bytes ("planned.etl", bytes);
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  return trace;
}

static guint32
tag_of_row (const PoolTrace *trace, gsize row)
{
  guint32 thread = trace->contexts[trace->intervals.context[row]].thread;
  return thread == POOL_INDEX_NONE ? G_MAXUINT32 : trace->threads[thread].sub_process_tag;
}

static void
test_threads_over_time (void)
{
  TracePlan *plan = trace_plan_new ();
  allocate (plan, 1000); /* before anything tells of the thread */
  add_process (plan, TRACE_LIFE_LISTED_START, 100, "svchost.exe");
  add_thread (plan, TRACE_LIFE_LISTED_START, 1000, 5);
  allocate (plan, 1000);
  add_thread (plan, TRACE_LIFE_END, 1000, 0);
  add_thread (plan, TRACE_LIFE_START, 1000, 6); /* another thread gets the id */
  allocate (plan, 1000);
  allocate (plan, 2000); /* never told of */
  add_thread (plan, TRACE_LIFE_START, 3000, 0);
  allocate (plan, 3000);
  add_thread (plan, TRACE_LIFE_LISTED_END, 3000, 7); /* told late */
  g_autoptr (PoolTrace) trace = load (plan);
  const guint32 tags[] = { 5, 5, 6, G_MAXUINT32, 7 };
  g_assert_cmpuint (trace->intervals.n, ==, G_N_ELEMENTS (tags));
  for (gsize row = 0; row < G_N_ELEMENTS (tags); row++)
    g_assert_cmpuint (tag_of_row (trace, row), ==, tags[row]);
}

static void
test_processes_of_services (void)
{
  TracePlan *plan = trace_plan_new ();
  add_service (plan, 100, 5, "Early");
  add_service (plan, 300, 9, "NeverSeen");
  add_service (plan, 0, 0, "Stopped");
  add_process (plan, TRACE_LIFE_LISTED_START, 100, "svchost.exe");
  add_process (plan, TRACE_LIFE_END, 100, "svchost.exe");
  add_process (plan, TRACE_LIFE_START, 100, "other.exe");
  add_service (plan, 100, 5, "Early");
  add_service (plan, 100, 11, "Late");
  add_process (plan, TRACE_LIFE_START, 300, "later.exe");
  g_autoptr (PoolTrace) trace = load (plan);
  const struct
  {
    const char *name, *image_name;
    guint32 sub_process_tag;
  } expected[] = { { "Early", "svchost.exe", 5 }, { "NeverSeen", NULL, 9 }, { "Stopped", NULL, 0 },
                   { "Late", "other.exe", 11 } };
  g_assert_cmpuint (trace->n_services, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < trace->n_services; i++)
    {
      const PoolService *service = &trace->services[i];
      g_assert_cmpstr (service->name, ==, expected[i].name);
      g_assert_cmpuint (service->sub_process_tag, ==, expected[i].sub_process_tag);
      const char *image_name
          = service->process == POOL_INDEX_NONE ? NULL : trace->processes[service->process].image_name;
      g_assert_cmpstr (image_name, ==, expected[i].image_name);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/services/threads-over-time", test_threads_over_time);
  g_test_add_func ("/model/services/processes", test_processes_of_services);
  return g_test_run ();
}
