#include "etl/etl_event.h"

/* Real traces, read to the last event. The expected numbers are those of the collection's own list,
 * which other parsers were checked against. */

typedef struct
{
  guint hook; /* or header type */
  guint64 n_events;
} Expected;

typedef struct
{
  const char *name;
  guint64 n_events;
  gsize n_buffers;
  guint32 os_build, log_file_mode;
  guint pointer_size, n_processors;
  guint64 frequency;
  const char *session_name;
  Expected types[8]; /* ended by 0 events */
  Expected hooks[90];
} CorpusFile;

static const CorpusFile corpus_files[] = {
  { .name = "win8-x64-wpr-stacks-images-compressed.etl",
    .n_events = 168298,
    .n_buffers = 276,
    .os_build = 9200,
    .log_file_mode = 0x4010001,
    .pointer_size = 8,
    .n_processors = 8,
    .frequency = 10000000,
    .session_name = "Relogger",
    .types = { { 0x11, 115091 },
               { 0x12, 39425 },
               { 0x14, 8162 },
               { 0x02, 4472 },
               { 0x13, 1073 },
               { 0x0a, 73 },
               { 0x01, 2 } },
    .hooks = { { 0x0000, 1 },   { 0x0005, 3 },    { 0x0008, 2 },    { 0x0020, 2 },     { 0x010a, 2339 },
               { 0x010b, 50 },  { 0x010c, 2339 }, { 0x010d, 50 },   { 0x010e, 4 },     { 0x010f, 4 },
               { 0x0220, 394 }, { 0x0301, 1 },    { 0x0302, 1 },    { 0x0303, 35 },    { 0x0304, 35 },
               { 0x030a, 57 },  { 0x0320, 1 },    { 0x0321, 35 },   { 0x0327, 2 },     { 0x0420, 86 },
               { 0x0423, 27 },  { 0x0424, 2917 }, { 0x0501, 16 },   { 0x0502, 29 },    { 0x0503, 705 },
               { 0x0504, 692 }, { 0x060a, 2 },    { 0x060b, 1 },    { 0x060d, 1 },     { 0x060f, 1 },
               { 0x061a, 232 }, { 0x061b, 241 },  { 0x080a, 16 },   { 0x080b, 14 },    { 0x081a, 12 },
               { 0x081b, 6 },   { 0x0b0a, 1 },    { 0x0b0b, 1 },    { 0x0b0c, 1 },     { 0x0b0d, 3 },
               { 0x0b0f, 157 }, { 0x0b10, 1 },    { 0x0b11, 1 },    { 0x0b12, 1 },     { 0x0b16, 78 },
               { 0x0b17, 2 },   { 0x0b19, 1 },    { 0x0b1c, 1 },    { 0x0f2e, 88809 }, { 0x0f49, 1 },
               { 0x0f4a, 1 },   { 0x1402, 47 },   { 0x1403, 1810 }, { 0x1404, 1820 },  { 0x1421, 1 },
               { 0x1422, 1 },   { 0x1820, 229 },  { 0x1823, 3049 }, { 0x1824, 1024 },  { 0x1825, 3640 },
               { 0x1826, 8532 } } },
  { .name = "win10-19041-x64-image-process.etl",
    .n_events = 16335,
    .n_buffers = 59,
    .os_build = 19041,
    .log_file_mode = 0x11001,
    .pointer_size = 8,
    .n_processors = 4,
    .frequency = 10000000,
    .session_name = "",
    .types = { { 0x11, 15299 }, { 0x02, 1035 }, { 0x13, 1 } },
    .hooks
    = { { 0x0000, 1 },   { 0x0005, 4 },     { 0x0008, 4 },  { 0x0020, 4 },   { 0x0301, 18 }, { 0x0302, 3 },
        { 0x0303, 223 }, { 0x0304, 223 },   { 0x030a, 87 }, { 0x030b, 3 },   { 0x0327, 9 },  { 0x0b0a, 1 },
        { 0x0b0b, 2 },   { 0x0b0c, 2 },     { 0x0b0d, 3 },  { 0x0b0f, 269 }, { 0x0b10, 1 },  { 0x0b15, 13 },
        { 0x0b16, 101 }, { 0x0b17, 2 },     { 0x0b19, 1 },  { 0x0b1c, 1 },   { 0x0b1d, 1 },  { 0x0b1e, 1 },
        { 0x0b21, 1 },   { 0x0b22, 1 },     { 0x0b23, 4 },  { 0x0b24, 1 },   { 0x0b25, 1 },  { 0x1402, 143 },
        { 0x1403, 187 }, { 0x1404, 15017 }, { 0x1421, 1 },  { 0x1422, 1 } } },
  { .name = "win10-14393-x64-ntkernellogger-raw.etl",
    .n_events = 3856,
    .n_buffers = 10,
    .os_build = 14393,
    .log_file_mode = 0xa000082,
    .pointer_size = 8,
    .n_processors = 2,
    .frequency = 2435708,
    .session_name = "NT Kernel Logger",
    .types = { { 0x02, 3709 }, { 0x11, 147 } },
    .hooks
    = { { 0x0000, 1 },    { 0x0005, 3 },    { 0x0008, 2 },  { 0x0020, 2 }, { 0x0301, 27 },  { 0x0302, 21 },
        { 0x0303, 63 },   { 0x0304, 69 },   { 0x030b, 21 }, { 0x0327, 9 }, { 0x0501, 446 }, { 0x0502, 399 },
        { 0x0503, 1132 }, { 0x0504, 1179 }, { 0x0b0a, 1 },  { 0x0b0b, 1 }, { 0x0b0c, 1 },   { 0x0b0d, 3 },
        { 0x0b0e, 3 },    { 0x0b0f, 223 },  { 0x0b10, 1 },  { 0x0b12, 1 }, { 0x0b15, 49 },  { 0x0b16, 191 },
        { 0x0b19, 1 },    { 0x0b1c, 1 },    { 0x0b1d, 1 },  { 0x0b1e, 1 }, { 0x0b1f, 2 },   { 0x0b21, 1 },
        { 0x0b22, 1 } } },
  { .name = "win7-x64-manifest-qpc.etl",
    .n_events = 8924,
    .n_buffers = 129,
    .os_build = 7601,
    .log_file_mode = 0x0,
    .pointer_size = 8,
    .n_processors = 4,
    .frequency = 2994853,
    .session_name = "DataCollector01",
    .types = { { 0x13, 8923 }, { 0x02, 1 } },
    .hooks = { { 0x0000, 1 } } },
  { .name = "win10-16299-x64-circular-mode.etl",
    .n_events = 47,
    .n_buffers = 6,
    .os_build = 16299,
    .log_file_mode = 0x2,
    .pointer_size = 8,
    .n_processors = 8,
    .frequency = 3513594,
    .session_name = "Network Diagnostics Framework",
    .types = { { 0x13, 45 }, { 0x02, 2 } },
    .hooks = { { 0x0000, 1 }, { 0x0050, 1 } } },
  { .name = "x86-classic-image-v0.etl",
    .n_events = 27,
    .n_buffers = 3,
    .os_build = 7600,
    .log_file_mode = 0x1,
    .pointer_size = 4,
    .n_processors = 16,
    .frequency = 2337949,
    .session_name = "Make Test Data Session",
    .types = { { 0x0a, 26 }, { 0x01, 1 } },
    .hooks = { { 0x0000, 1 } } },
  { .name = "x86-eventsource-compressed.etl",
    .n_events = 5871,
    .n_buffers = 30,
    .os_build = 18363,
    .log_file_mode = 0x4010001,
    .pointer_size = 4,
    .n_processors = 8,
    .frequency = 10000000,
    .session_name = "Relogger",
    .types = { { 0x12, 5795 }, { 0x0a, 72 }, { 0x02, 3 }, { 0x01, 1 } },
    .hooks = { { 0x0000, 1 }, { 0x0050, 3 } } },
};

typedef struct
{
  guint64 of_type[256];
  guint64 of_hook[65536];
  guint64 n_hooks_of_guid; /* classic events whose GUID gives a hook */
} Counts;

/* Times never decrease within a buffer, nor from one buffer of a processor to its next. */
static void
count_events (EtlFile *file, Counts *counts, ImportCounters *counters)
{
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  g_autofree gint64 *last_ticks = g_new0 (gint64, 2048);
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      g_autoptr (GError) error = NULL;
      EtlBuffer buffer;
      EtlEventCursor cursor;
      EtlEvent event;
      etl_buffer_reader_load (reader, i, &buffer, counters, &error);
      g_assert_no_error (error);
      etl_event_cursor_init (&cursor, &buffer, counters);
      while (etl_event_cursor_next (&cursor, &event))
        {
          counts->of_type[event.header_type]++;
          if (event.guid)
            counts->n_hooks_of_guid += event.hook != ETL_HOOK_NONE;
          else
            counts->of_hook[event.hook]++;
          g_assert_true (event.has_time);
          /* The header buffer counts as processor 0's, whose other events may be older. */
          if (file->buffers[i].offset == 0)
            continue;
          g_assert_cmpint (event.ticks, >=, last_ticks[event.processor]);
          last_ticks[event.processor] = event.ticks;
        }
    }
}

static void
check_counts (const Expected *expected, gsize n_expected, const guint64 *counts, gsize n_counts)
{
  guint64 n_events = 0, n_found = 0;
  for (gsize i = 0; i < n_expected && expected[i].n_events; i++)
    {
      if (counts[expected[i].hook] != expected[i].n_events)
        g_error ("0x%04x: %" G_GUINT64_FORMAT " events, expected %" G_GUINT64_FORMAT, expected[i].hook,
                 counts[expected[i].hook], expected[i].n_events);
      n_events += expected[i].n_events;
    }
  for (gsize i = 0; i < n_counts; i++)
    n_found += counts[i];
  g_assert_cmpuint (n_found, ==, n_events);
}

static void
test_file (gconstpointer data)
{
  const CorpusFile *expected = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_getenv ("POOLSCOPE_CORPUS"), expected->name, NULL);
  g_autoptr (ByteSource) source = byte_source_open_path (path, &error);
  g_assert_no_error (error);
  g_autoptr (EtlFile) file = etl_file_open (source, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (file->n_buffers, ==, expected->n_buffers);
  g_assert_cmpuint (file->n_buffers_in_file, ==, expected->n_buffers);
  g_assert_cmpuint (file->header.os_build, ==, expected->os_build);
  g_assert_cmphex (file->header.log_file_mode, ==, expected->log_file_mode);
  g_assert_cmpuint (file->header.pointer_size, ==, expected->pointer_size);
  g_assert_cmpuint (file->header.n_processors, ==, expected->n_processors);
  g_assert_cmpint (file->header.clock_type, ==, ETL_CLOCK_QPC);
  g_assert_cmpuint (file->header.performance_frequency, ==, expected->frequency);
  g_assert_cmpstr (file->header.session_name, ==, expected->session_name);
  ImportCounters counters = file->counters;
  g_autofree Counts *counts = g_new0 (Counts, 1);
  count_events (file, counts, &counters);
  for (ImportCounter counter = 0; counter < IMPORT_N_COUNTERS; counter++)
    if (import_counter_get_severity (counter) == IMPORT_SEVERITY_DATA_LOSS && counters.values[counter])
      g_error ("%s: %" G_GUINT64_FORMAT, import_counter_get_name (counter), counters.values[counter]);
  g_assert_cmpuint (counters.values[IMPORT_EVENTS_READ], ==, expected->n_events);
  g_assert_cmpuint (counters.values[IMPORT_BUFFERS_READ], ==, expected->n_buffers);
  check_counts (expected->types, G_N_ELEMENTS (expected->types), counts->of_type,
                G_N_ELEMENTS (counts->of_type));
  check_counts (expected->hooks, G_N_ELEMENTS (expected->hooks), counts->of_hook,
                G_N_ELEMENTS (counts->of_hook));
  /* Only one file has classic events of a kernel class, and nothing else but its trace header. */
  gboolean is_classic = g_str_equal (expected->name, "x86-classic-image-v0.etl");
  g_assert_cmpuint (counts->n_hooks_of_guid, ==, is_classic ? expected->n_events - 1 : 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  const char *folder = g_getenv ("POOLSCOPE_CORPUS");
  if (!folder || !g_file_test (folder, G_FILE_TEST_IS_DIR))
    {
      g_print ("1..0 # SKIP the folder of real traces is not there\n");
      return 0;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (corpus_files); i++)
    {
      g_autofree char *name = g_strconcat ("/etl-corpus/", corpus_files[i].name, NULL);
      g_test_add_data_func (name, &corpus_files[i], test_file);
    }
  return g_test_run ();
}
