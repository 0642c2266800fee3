/* What the kernel layer reads in real traces, against what other programs counted in them. */
#include "etl/etl_buffer.h"
#include "etl/etl_event.h"
#include "kernel/image_event.h"
#include "kernel/pool_event.h"
#include "kernel/process_event.h"
#include "kernel/stack_event.h"
#include "kernel/system_event.h"

#define N_LIFE_KINDS (LIFE_DEFUNCT + 1)

typedef struct
{
  guint malformed, pool, switches;
  guint processes[N_LIFE_KINDS], threads[N_LIFE_KINDS], images[N_LIFE_KINDS];
  guint stacks[STACK_EVENT_KEY_DEFINITION + 1];
  guint identities[IMAGE_IDENTITY_OTHER + 1];
  guint system[SYSTEM_EVENT_SERVICE + 1];
  GHashTable *facts; /* set of sentences about single events */
} KernelContents;

static void
contents_clear (KernelContents *self)
{
  g_hash_table_unref (self->facts);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KernelContents, contents_clear)

static void
add_process (KernelContents *self, const EtlEvent *event)
{
  ProcessEvent process_event;
  if (!process_event_decode (event, &process_event))
    {
      self->malformed++;
      return;
    }
  self->processes[process_event.kind]++;
  g_hash_table_add (self->facts,
                    g_strdup_printf ("process %u of %u in %d, exit %d: %s: %s", process_event.process_id,
                                     process_event.parent_id, (int) process_event.session,
                                     process_event.exit_status, process_event.image_name,
                                     process_event.command_line ? process_event.command_line : "-"));
  process_event_clear (&process_event);
}

static void
add_image (KernelContents *self, const EtlEvent *event)
{
  ImageEvent image_event;
  if (!image_event_decode (event, &image_event))
    {
      self->malformed++;
      return;
    }
  self->images[image_event.kind]++;
  g_hash_table_add (self->facts,
                    g_strdup_printf ("image %" G_GINT64_MODIFIER "x, %u bytes of %u, %u: %s",
                                     image_event.base_address, (guint) image_event.size_bytes,
                                     image_event.process_id, image_event.time_date_stamp, image_event.path));
  image_event_clear (&image_event);
}

static void
add_identity (KernelContents *self, const EtlEvent *event)
{
  ImageIdentityEvent identity_event;
  if (!image_identity_event_decode (event, &identity_event))
    {
      self->malformed++;
      return;
    }
  self->identities[identity_event.kind]++;
  g_hash_table_add (self->facts,
                    g_strdup_printf ("identity %" G_GINT64_MODIFIER "x, %u, guid %02x%02x, age %u: %s %s",
                                     identity_event.base_address, identity_event.time_date_stamp,
                                     identity_event.guid[0], identity_event.guid[7], identity_event.age,
                                     identity_event.name ? identity_event.name : "-",
                                     identity_event.file_version ? identity_event.file_version : "-"));
  image_identity_event_clear (&identity_event);
}

static void
add_system (KernelContents *self, const EtlEvent *event)
{
  SystemEvent system_event;
  if (!system_event_decode (event, &system_event))
    {
      self->malformed++;
      return;
    }
  self->system[system_event.kind]++;
  g_hash_table_add (self->facts,
                    g_strdup_printf ("system %d: %s, %s, %u %u, %u MHz", system_event.kind,
                                     system_event.text ? system_event.text : "-",
                                     system_event.text2 ? system_event.text2 : "-",
                                     system_event.service_process_id, system_event.sub_process_tag,
                                     system_event.mhz));
  system_event_clear (&system_event);
}

static void
add_event (KernelContents *self, const EtlEvent *event, guint trace_pointer_size)
{
  StackEvent stack_event;
  ThreadEvent thread_event;
  if (process_event_is_one (event))
    add_process (self, event);
  else if (image_event_is_one (event))
    add_image (self, event);
  else if (image_identity_event_is_one (event))
    add_identity (self, event);
  else if (system_event_is_one (event))
    add_system (self, event);
  else if (stack_event_is_one (event) && stack_event_decode (event, trace_pointer_size, &stack_event))
    self->stacks[stack_event.kind]++;
  else if (thread_event_is_one (event) && thread_event_decode (event, &thread_event))
    self->threads[thread_event.kind]++;
  else if (stack_event_is_one (event) || thread_event_is_one (event))
    self->malformed++;
  self->pool += pool_event_is_one (event);
  self->switches += context_switch_event_is_one (event);
}

/* Reads the trace @name of the corpus; FALSE, with the test skipped, where there is no corpus. */
static gboolean
read_contents (KernelContents *self, const char *name)
{
  const char *corpus = g_getenv ("POOLSCOPE_CORPUS");
  g_autofree char *path = g_build_filename (corpus ? corpus : "", name, NULL);
  *self = (KernelContents){ .facts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL) };
  if (!corpus || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the corpus of real traces is not there");
      return FALSE;
    }
  g_autoptr (GError) error = NULL;
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  g_autoptr (EtlFile) file = etl_file_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  ImportCounters counters = { 0 };
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      EtlBuffer buffer;
      EtlEventCursor cursor;
      EtlEvent event;
      gboolean is_loaded = etl_buffer_reader_load (reader, i, &buffer, &counters, &error);
      g_assert_no_error (error);
      g_assert_true (is_loaded);
      etl_event_cursor_init (&cursor, &buffer, &counters);
      while (etl_event_cursor_next (&cursor, &event))
        add_event (self, &event, file->header.pointer_size);
    }
  g_assert_cmpuint (self->malformed, ==, 0);
  return TRUE;
}

static void
assert_kinds (const guint counts[N_LIFE_KINDS], guint start, guint end, guint rundown_start,
              guint rundown_end, guint defunct)
{
  g_assert_cmpuint (counts[LIFE_START], ==, start);
  g_assert_cmpuint (counts[LIFE_END], ==, end);
  g_assert_cmpuint (counts[LIFE_RUNDOWN_START], ==, rundown_start);
  g_assert_cmpuint (counts[LIFE_RUNDOWN_END], ==, rundown_end);
  g_assert_cmpuint (counts[LIFE_DEFUNCT], ==, defunct);
}

static void
assert_fact (const KernelContents *self, const char *fact)
{
  if (!g_hash_table_contains (self->facts, fact))
    g_error ("not in the trace: %s", fact);
}

static void
test_windows_8 (void)
{
  g_auto (KernelContents) contents;
  if (!read_contents (&contents, "win8-x64-wpr-stacks-images-compressed.etl"))
    return;
  assert_kinds (contents.processes, 1, 1, 35, 35, 2);
  assert_kinds (contents.threads, 16, 29, 705, 692, 0);
  assert_kinds (contents.images, 57, 47, 1810, 1820, 0);
  g_assert_cmpuint (contents.stacks[STACK_EVENT_FRAMES], ==, 229);
  g_assert_cmpuint (contents.stacks[STACK_EVENT_KEY_KERNEL], ==, 3640);
  g_assert_cmpuint (contents.stacks[STACK_EVENT_KEY_USER], ==, 8532);
  g_assert_cmpuint (contents.stacks[STACK_EVENT_KEY_DEFINITION], ==, 3049 + 1024);
  g_assert_cmpuint (contents.identities[IMAGE_IDENTITY_FILE], ==, 3728);
  g_assert_cmpuint (contents.identities[IMAGE_IDENTITY_RSDS], ==, 3680);
  g_assert_cmpuint (contents.identities[IMAGE_IDENTITY_VERSION], ==, 680);
  g_assert_cmpuint (contents.identities[IMAGE_IDENTITY_OTHER], ==, 42 + 6);
  g_assert_cmpuint (contents.system[SYSTEM_EVENT_VOLUME], ==, 9);
  g_assert_cmpuint (contents.system[SYSTEM_EVENT_SERVICE], ==, 157);
  g_assert_cmpuint (contents.pool, ==, 0);
  assert_fact (&contents, "process 3644 of 3508 in 1, exit 259: Test.x86.exe: Test.x86.exe");
  assert_fact (&contents, "process 4 of 0 in -1, exit 259: System: -");
  assert_fact (&contents, "image fffff80021489000, 7634944 bytes of 0, 1343269963: "
                          "\\SystemRoot\\system32\\ntoskrnl.exe");
  assert_fact (&contents, "identity fffff80021489000, 0, guid 004a, age 2: ntkrnlmp.pdb -");
}

static void
test_windows_10 (void)
{
  g_auto (KernelContents) contents;
  if (!read_contents (&contents, "win10-19041-x64-image-process.etl"))
    return;
  assert_kinds (contents.processes, 18, 3, 223, 223, 9);
  assert_kinds (contents.images, 87, 143, 187, 15017, 0);
  g_assert_cmpuint (contents.system[SYSTEM_EVENT_SERVICE], ==, 269);
  assert_fact (&contents, "system 2: liha-test, -, 0 0, 2295 MHz");
  assert_fact (&contents, "system 3: Intel(R) Xeon(R) CPU E5-2673 v4 @ 2.30GHz, -, 0 0, 2295 MHz");
  assert_fact (&contents, "system 7: AppIDSvc, Application Identity, 1292 5, 0 MHz");
}

static void
test_windows_10_raw (void)
{
  g_auto (KernelContents) contents;
  if (!read_contents (&contents, "win10-14393-x64-ntkernellogger-raw.etl"))
    return;
  assert_kinds (contents.processes, 27, 21, 63, 69, 9);
  assert_kinds (contents.threads, 446, 399, 1132, 1179, 0);
  g_assert_cmpuint (contents.system[SYSTEM_EVENT_SERVICE], ==, 223);
}

/* 32 bits, events of the oldest version that name their class by its GUID. */
static void
test_classic_images (void)
{
  g_auto (KernelContents) contents;
  if (!read_contents (&contents, "x86-classic-image-v0.etl"))
    return;
  assert_kinds (contents.images, 1, 1, 24, 0, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/corpus/windows-8", test_windows_8);
  g_test_add_func ("/kernel/corpus/windows-10", test_windows_10);
  g_test_add_func ("/kernel/corpus/windows-10-raw", test_windows_10_raw);
  g_test_add_func ("/kernel/corpus/classic-images", test_classic_images);
  return g_test_run ();
}
