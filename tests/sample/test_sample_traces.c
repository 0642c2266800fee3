#include "model/pool_trace_loader.h"
#include "sample/sample_modules.h"
#include "sample/sample_story.h"

#include <string.h>

/* The sample traces tell the story they are meant to tell, read by the program itself. */

/* A tag's number from its four characters. */
static guint32
pool_tag (const char *text)
{
  return (guint32) text[0] | (guint32) text[1] << 8 | (guint32) text[2] << 16 | (guint32) text[3] << 24;
}

static PoolTrace *
load_story (SampleStoryKind kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = sample_story_make (kind);
  ByteSource *source = byte_source_new_bytes ("sample.etl", bytes);
  PoolTrace *trace = pool_trace_load (source, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  byte_source_unref (source);
  return trace;
}

static PoolTrace *
leak_trace (void)
{
  static PoolTrace *trace;
  if (trace == NULL)
    trace = load_story (SAMPLE_STORY_LEAK);
  return trace;
}

typedef struct
{
  guint64 count, size_bytes;
} Outstanding;

/* What is allocated at @time_ns and not yet freed, of @tag (NULL: of all others than Leak). */
static Outstanding
outstanding_at (const PoolTrace *trace, const char *tag, gint64 time_ns)
{
  Outstanding sum = { 0, 0 };
  const PoolIntervals *intervals = &trace->intervals;
  for (gsize i = 0; i < intervals->n; i++)
    {
      guint32 interval_tag = trace->sites[intervals->site[i]].tag;
      gboolean is_wanted = tag != NULL ? interval_tag == pool_tag (tag) : interval_tag != pool_tag ("Leak");
      if (!is_wanted || intervals->allocated_ns[i] > time_ns || intervals->freed_ns[i] <= time_ns)
        continue;
      sum.count++;
      sum.size_bytes += intervals->size_bytes[i];
    }
  return sum;
}

static const PoolProcess *
process_of (const PoolTrace *trace, gsize interval)
{
  guint32 process = trace->contexts[trace->intervals.context[interval]].process;
  g_assert_cmpuint (process, !=, POOL_INDEX_NONE);
  return &trace->processes[process];
}

static void
test_leak_is_largest (void)
{
  const PoolTrace *trace = leak_trace ();
  gint64 end_ns = pool_trace_get_end_ns (trace);
  Outstanding leak = outstanding_at (trace, "Leak", end_ns);
  g_assert_cmpuint (leak.count, >, 35000);
  g_assert_cmpuint (leak.size_bytes, ==, leak.count * 8600);
  g_assert_cmpuint (leak.size_bytes, >, 300000000);
  g_assert_cmpuint (leak.size_bytes, >, 2 * outstanding_at (trace, NULL, end_ns).size_bytes);
  /* It grows all the time. */
  guint64 last_bytes = 0;
  for (gint64 i = 1; i <= 8; i++)
    {
      guint64 bytes = outstanding_at (trace, "Leak", end_ns / 8 * i - 1).size_bytes;
      g_assert_cmpuint (bytes, >, last_bytes);
      last_bytes = bytes;
    }
}

/* The function in which @address lies, as "module!function"; NULL if the table knows none. */
static char *
function_at (guint64 address)
{
  guint n_modules = 0;
  const SampleModule *modules = sample_modules_get (&n_modules);
  for (guint i = 0; i < n_modules; i++)
    for (guint j = 0; j < modules[i].n_functions; j++)
      {
        const SampleFunction *function = &modules[i].functions[j];
        guint64 start = modules[i].base + function->rva;
        if (address >= start && address < start + function->size_bytes)
          return g_strconcat (modules[i].file_name, "!", function->name, NULL);
      }
  return NULL;
}

static void
test_leak_stack (void)
{
  static const char *const expected[] = {
    "ntdll.dll!RtlUserThreadStart",
    "kernel32.dll!BaseThreadInitThunk",
    "NotMyfault.exe!__scrt_common_main_seh",
    "NotMyfault.exe!WinMain",
    "NotMyfault.exe!LeakPool",
    "NotMyfault.exe!SendIoctl",
    "kernel32.dll!DeviceIoControlImplementation",
    "KernelBase.dll!DeviceIoControl",
    "ntdll.dll!NtDeviceIoControlFile",
    "ntoskrnl.exe!KiSystemServiceCopyEnd",
    "ntoskrnl.exe!NtDeviceIoControlFile",
    "ntoskrnl.exe!IopXxxControlFile",
    "ntoskrnl.exe!IopSynchronousServiceTail",
    "ntoskrnl.exe!IofCallDriver",
    "myfault.sys!MyfaultDispatch",
    "myfault.sys!MyfaultDeviceControl",
    "ntoskrnl.exe!ExAllocatePoolWithTag",
  };
  const PoolTrace *trace = leak_trace ();
  guint32 stack = POOL_INDEX_NONE;
  for (gsize i = 0; i < trace->intervals.n; i++)
    {
      const PoolSite *site = &trace->sites[trace->intervals.site[i]];
      if (site->tag != pool_tag ("Leak"))
        continue;
      g_assert_cmpuint (site->pool_type & 1, ==, 0);
      g_assert_true (stack == POOL_INDEX_NONE || stack == site->stack);
      stack = site->stack;
      g_assert_cmpstr (process_of (trace, i)->image_name, ==, "NotMyfault.exe");
      g_assert_cmpuint (process_of (trace, i)->instance, ==, 2);
    }
  gsize n_frames = 0;
  const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
  g_assert_cmpuint (n_frames, ==, G_N_ELEMENTS (expected));
  for (gsize i = 0; i < n_frames; i++)
    {
      const PoolFrame *frame = &trace->frames[frames[i]];
      g_autofree char *function = function_at (frame->address - 1);
      g_assert_cmpstr (function, ==, expected[i]);
      g_assert_cmpuint (frame->image, !=, POOL_INDEX_NONE);
      g_assert_true (g_str_has_prefix (expected[i], trace->images[frame->image].file_name));
    }
}

static void
test_every_frame_has_a_function (void)
{
  const PoolTrace *trace = leak_trace ();
  for (gsize i = POOL_N_SPECIAL_STACKS; i < trace->n_frames; i++)
    {
      g_autofree char *function = function_at (trace->frames[i].address - 1);
      g_assert_nonnull (function);
      g_assert_cmpuint (trace->frames[i].image, !=, POOL_INDEX_NONE);
      g_assert_true (trace->images[trace->frames[i].image].has_pdb_identity);
    }
}

static void
test_caches (void)
{
  const PoolTrace *trace = leak_trace ();
  gint64 end_ns = pool_trace_get_end_ns (trace);
  static const char *const tags[] = { "MmSt", "MmCa", "CcSc", "FMfn" };
  for (guint i = 0; i < G_N_ELEMENTS (tags); i++)
    {
      Outstanding middle = outstanding_at (trace, tags[i], end_ns * 6 / 8);
      Outstanding end = outstanding_at (trace, tags[i], end_ns);
      g_assert_cmpuint (end.count, >, 0);
      g_assert_cmpuint (end.count * 20, <=, middle.count * 21);
    }
  g_assert_cmpuint (outstanding_at (trace, "EtwB", end_ns).count, >, 0);
  /* Turns over: far more blocks than it ever holds. */
  guint64 n_names = 0;
  for (gsize i = 0; i < trace->intervals.n; i++)
    n_names += trace->sites[trace->intervals.site[i]].tag == pool_tag ("FMfn");
  g_assert_cmpuint (n_names, >, 3 * outstanding_at (trace, "FMfn", end_ns).count);
}

static void
test_service_holds_keys (void)
{
  const PoolTrace *trace = leak_trace ();
  guint64 n_held = 0;
  for (gsize i = 0; i < trace->intervals.n; i++)
    {
      guint32 tag = trace->sites[trace->intervals.site[i]].tag;
      if (tag != pool_tag ("Key ") && tag != pool_tag ("CM31"))
        continue;
      const PoolContext *context = &trace->contexts[trace->intervals.context[i]];
      g_assert_cmpstr (process_of (trace, i)->image_name, ==, "svchost.exe");
      g_assert_cmpint (trace->intervals.freed_ns[i], ==, POOL_TIME_NEVER);
      for (gsize j = 0; j < trace->n_threads; j++)
        if (trace->threads[j].thread_id == context->thread_id)
          g_assert_cmpuint (trace->threads[j].sub_process_tag, ==, 61);
      n_held++;
    }
  g_assert_cmpuint (n_held, >, 1000);
}

static void
test_process_id_used_twice (void)
{
  const PoolTrace *trace = leak_trace ();
  const PoolProcess *owners[2] = { NULL };
  guint n_owners = 0;
  for (gsize i = 0; i < trace->n_processes; i++)
    if (trace->processes[i].process_id == 5312 && n_owners < 2)
      owners[n_owners++] = &trace->processes[i];
  g_assert_cmpuint (n_owners, ==, 2);
  g_assert_cmpstr (owners[0]->image_name, ==, "backgroundTaskHost.exe");
  g_assert_cmpstr (owners[1]->image_name, ==, "NotMyfault.exe");
  g_assert_cmpint (owners[0]->ended_ns, <, owners[1]->started_ns);
}

static void
test_whole_trace (void)
{
  const PoolTrace *trace = leak_trace ();
  g_assert_cmpuint (trace->info.file_size_bytes, <, 40000000);
  g_assert_cmpuint (trace->info.os_build, ==, 19045);
  g_assert_cmpuint (trace->info.n_stacks_missing, ==, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_STACK_KEYS_UNDEFINED], ==, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_STACK_FRAGMENTS_UNMATCHED], ==, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_NOT_SEEN], ==, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_ALLOCATION_LOST], ==, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_BEFORE_TRACE], >, 1000);
  g_assert_cmpuint (outstanding_at (trace, "File", pool_trace_get_end_ns (trace)).count, >, 0);
  /* The same every time. */
  g_autoptr (GBytes) one = sample_story_make (SAMPLE_STORY_LEAK);
  g_autoptr (GBytes) two = sample_story_make (SAMPLE_STORY_LEAK);
  g_assert_true (g_bytes_equal (one, two));
}

static void
test_circular (void)
{
  g_autoptr (PoolTrace) trace = load_story (SAMPLE_STORY_CIRCULAR);
  g_assert_cmpuint (trace->info.file_size_bytes, <, 2000000);
  g_assert_cmpuint (trace->info.buffers_written, >, trace->info.buffers_read);
  g_assert_false (trace->info.has_start_rundown);
  g_assert_cmpint (trace->info.complete_from_ns, >, trace->info.first_pool_event_ns);
  g_assert_cmpuint (trace->info.events_lost, >, 0);
  g_assert_cmpuint (trace->info.buffers_lost, >, 0);
  g_assert_cmpuint (trace->info.n_losses, >, 0);
  g_assert_cmpuint (trace->intervals.n_before, >, 0);
  g_assert_cmpuint (trace->counters.values[IMPORT_POOL_FREES_ALLOCATION_LOST], >, 0);
  /* Named by the rundown at the end alone. */
  for (gsize i = 0; i < trace->n_processes; i++)
    g_assert_nonnull (trace->processes[i].image_name);
}

/* Symbol files are made of this table: functions in order, apart, inside their module. */
static void
test_module_table (void)
{
  guint n_modules = 0;
  const SampleModule *modules = sample_modules_get (&n_modules);
  for (guint i = 0; i < n_modules; i++)
    {
      guint32 end = 0x1000;
      for (guint j = 0; j < modules[i].n_functions; j++)
        {
          g_assert_cmphex (modules[i].functions[j].rva, >=, end);
          end = modules[i].functions[j].rva + modules[i].functions[j].size_bytes;
        }
      g_assert_cmphex (end, <=, modules[i].size_bytes);
      for (guint j = 0; j < i; j++)
        {
          guint64 other_end = modules[j].base + modules[j].size_bytes;
          g_assert_true (modules[i].base >= other_end
                         || modules[j].base >= modules[i].base + modules[i].size_bytes);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/leak/is-largest", test_leak_is_largest);
  g_test_add_func ("/sample/leak/stack", test_leak_stack);
  g_test_add_func ("/sample/leak/every-frame-has-a-function", test_every_frame_has_a_function);
  g_test_add_func ("/sample/leak/caches", test_caches);
  g_test_add_func ("/sample/leak/service-holds-keys", test_service_holds_keys);
  g_test_add_func ("/sample/leak/process-id-used-twice", test_process_id_used_twice);
  g_test_add_func ("/sample/leak/whole-trace", test_whole_trace);
  g_test_add_func ("/sample/circular", test_circular);
  g_test_add_func ("/sample/module-table", test_module_table);
  int result = g_test_run ();
  pool_trace_unref (leak_trace ());
  return result;
}
