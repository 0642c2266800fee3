#include "etl_fixture.h"
#include "trace_walk.h"

/* Whole sessions of every kind, written by the writer. */

#define HOOK_POOL_ALLOCATION 0x0E20

static int
compare_numbers (const void *a, const void *b)
{
  guint32 first = *(const guint32 *)a, second = *(const guint32 *)b;
  return first < second ? -1 : first > second;
}

/* The numbers that the payloads of the walk's events carry, sorted. */
static GArray *
read_numbers (EtlFile *file)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (EtlBufferReader) reader = etl_buffer_reader_new (file);
  ImportCounters counters = { 0 };
  for (gsize i = 0; i < file->n_buffers; i++)
    {
      EtlBuffer buffer;
      EtlEventCursor cursor;
      EtlEvent event;
      g_assert_true (etl_buffer_reader_load (reader, i, &buffer, &counters, NULL));
      etl_event_cursor_init (&cursor, &buffer, &counters);
      while (etl_event_cursor_next (&cursor, &event))
        if (event.hook == HOOK_POOL_ALLOCATION)
          {
            guint32 number = read_u32 (event.payload.bytes);
            gint64 ticks = FIXTURE_FIRST_TICKS + FIXTURE_TICKS_PER_EVENT * ((gint64)number + 1);
            g_assert_cmpint (event.ticks, ==, ticks);
            g_assert_cmpuint (event.processor, ==, file->buffers[i].processor);
            g_array_append_val (numbers, number);
          }
    }
  if (numbers->len)
    qsort (numbers->data, numbers->len, sizeof (guint32), compare_numbers);
  return numbers;
}

/* Buffers in the order of their first events, and the events @first_number to n_events - 1, each once. */
static TraceWalk *
check_session (const EtlFixture *fixture, guint first_number)
{
  g_autoptr (GBytes) bytes = etl_fixture_write (fixture);
  TraceWalk *walk = trace_walk_new (bytes);
  assert_no_loss (walk);
  for (gsize i = 1; i < walk->file->n_buffers; i++)
    g_assert_cmpint (walk->file->buffers[i - 1].first_ticks, <=, walk->file->buffers[i].first_ticks);
  g_autoptr (GArray) numbers = read_numbers (walk->file);
  g_assert_cmpuint (numbers->len, ==, fixture->n_events - first_number);
  for (guint i = 0; i < numbers->len; i++)
    g_assert_cmpuint (g_array_index (numbers, guint32, i), ==, first_number + i);
  assert_counter (walk, IMPORT_BUFFERS_READ, walk->file->n_buffers);
  assert_counter (walk, IMPORT_EVENTS_READ, walk->events->len);
  g_assert_cmpint (walk->file->header.first_ticks, ==, FIXTURE_FIRST_TICKS);
  g_assert_cmpuint (walk->file->header.n_processors, ==, fixture->n_processors);
  g_assert_cmpuint (walk->file->header.pointer_size, ==, fixture->pointer_size);
  g_assert_false (walk->file->is_cut_short);
  return walk;
}

static void
test_plain (void)
{
  EtlFixture fixture = etl_fixture_default ();
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  g_assert_cmpuint (walk->file->n_buffers, >, 2);
  g_assert_cmpuint (walk->file->n_buffers, ==, walk->file->n_buffers_in_file);
}

static void
test_32_bit (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.pointer_size = 4;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  g_assert_cmpstr (walk->file->header.session_name, ==, "NT Kernel Logger");
  g_assert_cmpstr (walk->file->header.log_file_name, ==, "pool.etl");
  g_assert_cmpuint (walk->file->header.os_build, ==, 19041);
  g_assert_cmpuint (walk->file->header.performance_frequency, ==, 10000000);
}

static void
test_many_processors (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.n_processors = 300;
  fixture.n_events = 10000;
  fixture.shuffle = TRUE;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  g_assert_cmpuint (walk->file->n_buffers, >=, 301);
}

static void
test_windows_7 (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.is_windows_7 = TRUE;
  fixture.n_processors = 4;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  for (gsize i = 0; i < walk->file->n_buffers; i++)
    g_assert_false (walk->file->buffers[i].flags & ETL_BUFFER_FLAG_PROCESSOR_INDEX);
}

/* The relogger's second copy of a header event counts as an event. */
static void
test_relogged (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.is_relogged = TRUE;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  g_assert_cmpuint (walk->events->len, ==, 1 + 2 + fixture.n_events);
}

static void
test_compressed (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.log_file_mode |= ETL_MODE_COMPRESSED;
  fixture.n_processors = 3;
  fixture.n_events = 5000;
  fixture.buffer_size = 0x10000;
  fixture.shuffle = TRUE;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  gsize n_compressed = 0;
  for (gsize i = 0; i < walk->file->n_buffers; i++)
    if (walk->file->buffers[i].flags & ETL_BUFFER_FLAG_COMPRESSED)
      {
        g_assert_cmpuint (walk->file->buffers[i].content_bytes, >, walk->file->buffers[i].size_bytes);
        n_compressed++;
      }
  g_assert_cmpuint (n_compressed, ==, walk->file->n_buffers - 1);
}

/* Cut in the last of its compressed buffers: the events of what is left, none of them twice or wrong. */
static void
test_compressed_cut (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.log_file_mode |= ETL_MODE_COMPRESSED;
  fixture.n_events = 1000;
  fixture.buffer_size = 0x4000;
  g_autoptr (GBytes) whole = etl_fixture_write (&fixture);
  g_autoptr (EtlFile) whole_file = trace_open (whole, NULL);
  guint64 last_offset = 0;
  for (gsize i = 0; i < whole_file->n_buffers; i++)
    last_offset = MAX (last_offset, whole_file->buffers[i].offset);
  guint n_before = 0;
  for (gsize cut = last_offset + 0x80; cut < g_bytes_get_size (whole); cut += 7)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (whole, 0, cut);
      g_autoptr (TraceWalk) walk = trace_walk_new (bytes);
      g_autoptr (GArray) numbers = read_numbers (walk->file);
      for (guint i = 0; i < numbers->len; i++)
        g_assert_cmpuint (g_array_index (numbers, guint32, i), ==, i);
      g_assert_cmpuint (numbers->len, >=, n_before);
      g_assert_true (walk->file->is_cut_short);
      assert_counter (walk, IMPORT_BUFFERS_CUT_SHORT, 1);
      assert_counter (walk, IMPORT_BUFFERS_DAMAGED, 0);
      n_before = numbers->len;
    }
  g_assert_cmpuint (n_before, >, 800);
}

static void
test_large_buffers (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.buffer_size = 1 << 20;
  fixture.n_events = 60000;
  fixture.n_processors = 2;
  g_autoptr (TraceWalk) plain = check_session (&fixture, 0);
  fixture.log_file_mode |= ETL_MODE_COMPRESSED;
  g_autoptr (TraceWalk) compressed = check_session (&fixture, 0);
  g_assert_cmpuint (compressed->events->len, ==, plain->events->len);
}

/* The slots were used again and again: the file begins with the newest buffers. */
static void
test_circular (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.log_file_mode = ETL_MODE_CIRCULAR;
  fixture.circular_slots = 4;
  fixture.n_events = 500;
  g_autoptr (GBytes) bytes = etl_fixture_write (&fixture);
  g_autoptr (EtlFile) file = trace_open (bytes, NULL);
  g_autoptr (GArray) numbers = read_numbers (file);
  g_assert_cmpuint (numbers->len, >, 0);
  g_assert_cmpuint (numbers->len, <, 100);
  g_autoptr (TraceWalk) walk = check_session (&fixture, g_array_index (numbers, guint32, 0));
  g_assert_cmpuint (walk->file->n_buffers, ==, 5);
  gboolean file_order_differs = FALSE;
  for (gsize i = 1; i < walk->file->n_buffers; i++)
    file_order_differs |= walk->file->buffers[i].offset < walk->file->buffers[i - 1].offset;
  g_assert_true (file_order_differs);
}

static void
test_append (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.log_file_mode = ETL_MODE_APPEND;
  fixture.restart_sequence = TRUE;
  g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
  guint n_first = 0;
  for (gsize i = 0; i < walk->file->n_buffers; i++)
    n_first += walk->file->buffers[i].sequence_number == 1;
  g_assert_cmpuint (n_first, ==, 2);
}

static void
test_clocks (void)
{
  static const struct
  {
    guint32 recorded, effective;
    gint64 frequency;
    guint32 mhz;
    guint64 ticks_per_second;
  } cases[] = {
    { 1, ETL_CLOCK_QPC, 3579545, 3000, 3579545 },
    { 2, ETL_CLOCK_SYSTEM_TIME, 3579545, 3000, 10000000 },
    { 3, ETL_CLOCK_CPU_CYCLE, 3579545, 3000, 3000000000 },
    { 0, ETL_CLOCK_QPC, 3579545, 3000, 3579545 },
    { 0, ETL_CLOCK_SYSTEM_TIME, 0, 3000, 10000000 },
    { 99, ETL_CLOCK_QPC, 3579545, 3000, 3579545 },
    { 99, ETL_CLOCK_SYSTEM_TIME, 0, 3000, 10000000 },
    { 1, ETL_CLOCK_QPC, 0, 3000, 10000000 },
    { 1, ETL_CLOCK_QPC, -5, 3000, 10000000 },
    { 3, ETL_CLOCK_QPC, 3579545, 0, 3579545 },
    { 3, ETL_CLOCK_SYSTEM_TIME, 0, 0, 10000000 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      EtlFixture fixture = etl_fixture_default ();
      fixture.clock_type = cases[i].recorded;
      fixture.frequency = cases[i].frequency;
      fixture.cpu_mhz = cases[i].mhz;
      g_autoptr (TraceWalk) walk = check_session (&fixture, 0);
      g_assert_cmpint (walk->file->header.clock_type, ==, cases[i].effective);
      g_assert_cmpuint (walk->file->header.clock.frequency, ==, cases[i].ticks_per_second);
      g_assert_cmpint (walk->file->header.clock.first_ticks, ==, FIXTURE_FIRST_TICKS);
    }
}

static void
test_losses (void)
{
  EtlFixture fixture = etl_fixture_default ();
  fixture.events_lost = 12;
  fixture.buffers_lost = 3;
  g_autoptr (GBytes) bytes = etl_fixture_write (&fixture);
  g_autoptr (TraceWalk) walk = trace_walk_new (bytes);
  assert_counter (walk, IMPORT_EVENTS_LOST, 12);
  assert_counter (walk, IMPORT_BUFFERS_LOST, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-sessions/plain", test_plain);
  g_test_add_func ("/etl-sessions/32-bit", test_32_bit);
  g_test_add_func ("/etl-sessions/many-processors", test_many_processors);
  g_test_add_func ("/etl-sessions/windows-7", test_windows_7);
  g_test_add_func ("/etl-sessions/relogged", test_relogged);
  g_test_add_func ("/etl-sessions/compressed", test_compressed);
  g_test_add_func ("/etl-sessions/compressed-cut", test_compressed_cut);
  g_test_add_func ("/etl-sessions/large-buffers", test_large_buffers);
  g_test_add_func ("/etl-sessions/circular", test_circular);
  g_test_add_func ("/etl-sessions/append", test_append);
  g_test_add_func ("/etl-sessions/clocks", test_clocks);
  g_test_add_func ("/etl-sessions/losses", test_losses);
  return g_test_run ();
}
