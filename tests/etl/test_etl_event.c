#include "etl/etl_plain_event.h"
#include "hex_image.h"
#include "trace_walk.h"

#define FIRST_EVENT 0x48

typedef struct
{
  GByteArray *image;
  EtlBuffer buffer;
  EtlEventCursor cursor;
  EtlEvent event;
  ImportCounters counters;
} Fixture;

/* A buffer of @size bytes whose events are @hex; the rest of it is fill. */
static void
fixture_begin (Fixture *self, gsize size, const char *hex)
{
  *self = (Fixture){ .image = hex_image_new (size, 0xFF) };
  hex_image_put (self->image, FIRST_EVENT, hex);
  self->buffer = (EtlBuffer){
    .content = { self->image->data, size }, .events_end = size, .processor = 3, .pointer_size = 8
  };
  etl_event_cursor_init (&self->cursor, &self->buffer, &self->counters);
}

static gboolean
fixture_next (Fixture *self)
{
  return etl_event_cursor_next (&self->cursor, &self->event);
}

/* No event is left and nothing was damaged. */
static void
fixture_end (Fixture *self)
{
  g_assert_false (fixture_next (self));
  g_assert_cmpuint (self->counters.values[IMPORT_BUFFERS_DAMAGED], ==, 0);
  g_byte_array_unref (self->image);
}

static void
assert_payload (const Fixture *self, const char *text)
{
  assert_bytes (self->event.payload.bytes, self->event.payload.size, text, strlen (text));
}

static void
assert_common (const Fixture *self, EtlHeaderKind kind, guint8 header_type, guint pointer_size, gint64 ticks)
{
  g_assert_cmpint (self->event.kind, ==, kind);
  g_assert_cmphex (self->event.header_type, ==, header_type);
  g_assert_cmpuint (self->event.pointer_size, ==, pointer_size);
  g_assert_cmpuint (self->event.processor, ==, 3);
  g_assert_true (self->event.has_time);
  g_assert_cmpint (self->event.ticks, ==, ticks);
}

static void
test_system (void)
{
  Fixture f;
  /* SYSTEM64 v4, size 0x24, hook 0x0301; thread 0x11, process 0x22; time 0x1122; times; "abcd"; pad to 8.
   * SYSTEM32 v2, size 0x20, hook 0x1402, no payload. */
  fixture_begin (
      &f, 0x100,
      "04 00 02 C0  24 00 01 03  11 00 00 00  22 00 00 00  22 11 00 00 00 00 00 00"
      "01 00 00 00  02 00 00 00  61 62 63 64  00 00 00 00"
      "02 00 01 C0  20 00 02 14  FF FF FF FF  FF FF FF FF  33 11 00 00 00 00 00 00  00 00 00 00 00 00 00 00");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_SYSTEM, 0x02, 8, 0x1122);
  g_assert_cmphex (f.event.hook, ==, 0x0301);
  g_assert_cmphex (f.event.opcode, ==, 0x01);
  g_assert_cmpuint (f.event.version, ==, 4);
  g_assert_cmphex (f.event.thread_id, ==, 0x11);
  g_assert_cmphex (f.event.process_id, ==, 0x22);
  g_assert_cmpuint (f.event.offset, ==, FIRST_EVENT);
  g_assert_null (f.event.guid);
  assert_payload (&f, "abcd");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_SYSTEM, 0x01, 4, 0x1133);
  g_assert_cmphex (f.event.thread_id, ==, ETL_ID_UNKNOWN);
  g_assert_cmphex (f.event.process_id, ==, ETL_ID_UNKNOWN);
  assert_payload (&f, "");
  fixture_end (&f);
}

static void
test_compact (void)
{
  Fixture f;
  /* COMPACT64 v2, size 0x1C, hook 0x0E20; thread 5, process 6; time -2; "wxyz". */
  fixture_begin (&f, 0x80,
                 "02 00 04 C0  1C 00 20 0E  05 00 00 00  06 00 00 00  FE FF FF FF FF FF FF FF  77 78 79 7A");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_COMPACT, 0x04, 8, -2);
  g_assert_cmphex (f.event.hook, ==, 0x0E20);
  g_assert_cmpuint (f.event.thread_id, ==, 5);
  g_assert_cmpuint (f.event.process_id, ==, 6);
  assert_payload (&f, "wxyz");
  fixture_end (&f);
}

static void
test_perfinfo (void)
{
  Fixture f;
  /* PERFINFO32 v2, size 0x13, hook 0x1820; time 7; "abc"; pad.
   * PERFINFO64 v3 with PEBS index and 2 counters, size 0x2C, hook 0x0F2E; time 8; 24 bytes; "tail". */
  fixture_begin (&f, 0x100,
                 "02 00 10 C0  13 00 20 18  07 00 00 00 00 00 00 00  61 62 63  00 00 00 00 00"
                 "03 82 11 C0  2C 00 2E 0F  08 00 00 00 00 00 00 00"
                 "01 00 00 00 00 00 00 00  02 00 00 00 00 00 00 00  03 00 00 00 00 00 00 00  74 61 69 6C");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_PERFINFO, 0x10, 4, 7);
  g_assert_cmphex (f.event.thread_id, ==, ETL_ID_UNKNOWN);
  g_assert_cmphex (f.event.process_id, ==, ETL_ID_UNKNOWN);
  assert_payload (&f, "abc");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_PERFINFO, 0x11, 8, 8);
  g_assert_cmpuint (f.event.version, ==, 3);
  g_assert_cmphex (f.event.hook, ==, 0x0F2E);
  assert_payload (&f, "tail");
  fixture_end (&f);
}

/* Each kernel class GUID, with the hook that its opcode 0x20 (images: 2 and 10) means. */
static void
test_full (void)
{
  static const struct
  {
    const char *guid;
    guint8 opcode;
    guint16 hook;
  } cases[] = {
    { "00 D9 FD 68 3E 4A D1 11 84 F4 00 00 F8 04 64 E3", 0x20, 0x0020 },
    { "D0 A8 6F 3D 05 FE D0 11 9D DA 00 C0 4F D7 BA 7C", 0x01, 0x0301 },
    { "D0 A8 6F 3D 05 FE D0 11 9D DA 00 C0 4F D7 BA 7C", 0x0A, ETL_HOOK_NONE },
    { "D1 A8 6F 3D 05 FE D0 11 9D DA 00 C0 4F D7 BA 7C", 0x24, 0x0524 },
    { "65 3A 85 01 8F 41 36 4F AE FC DC 0F 1D 2F D2 35", 0x0A, 0x0B0A },
    { "B6 A8 68 02 FD 74 02 43 9D D0 6E 8F 17 95 C0 CF", 0x20, 0x0E20 },
    { "B4 BF 1D CE 7E 13 A6 4D 87 B0 3F 59 AA 10 2C BC", 0x2E, 0x0F2E },
    { "1D 5D B1 2C C1 5F D2 11 AB E1 00 A0 C9 11 F5 18", 0x02, 0x1402 },
    { "1D 5D B1 2C C1 5F D2 11 AB E1 00 A0 C9 11 F5 18", 0x0A, 0x030A },
    { "46 FE F2 DE D6 7B 80 4B BD 94 F5 7F E2 0D 0C E3", 0x20, 0x1820 },
    { "D7 75 E6 B3 54 25 18 4F 83 0B 27 62 73 25 60 DE", 0x24, ETL_HOOK_NONE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Fixture f;
      /* FULL64, size 0x32; opcode, level 2, version 1; thread 5, process 6; time 9; GUID; times; "ok". */
      g_autofree char *hex = g_strdup_printf ("32 00 14 C0 %02x 02 01 00  05 00 00 00 06 00 00 00"
                                              "09 00 00 00 00 00 00 00 %s 00 00 00 00 00 00 00 00  6F 6B",
                                              cases[i].opcode, cases[i].guid);
      fixture_begin (&f, 0x80, hex);
      g_assert_true (fixture_next (&f));
      assert_common (&f, ETL_HEADER_FULL, 0x14, 8, 9);
      g_assert_cmphex (f.event.hook, ==, cases[i].hook);
      g_assert_cmphex (f.event.opcode, ==, cases[i].opcode);
      g_assert_cmpuint (f.event.version, ==, 1);
      g_assert_cmpuint (f.event.thread_id, ==, 5);
      g_assert_cmpuint (f.event.process_id, ==, 6);
      g_assert_true (f.event.guid == f.image->data + FIRST_EVENT + 0x18);
      assert_payload (&f, "ok");
      fixture_end (&f);
    }
}

static void
test_instance (void)
{
  Fixture f;
  /* INSTANCE32 of the pool class, size 0x4A: the FULL header, then instance, parent, parent GUID; "ok". */
  fixture_begin (&f, 0x100,
                 "4A 00 0B C0 22 00 02 00  05 00 00 00 06 00 00 00  0A 00 00 00 00 00 00 00"
                 "B6 A8 68 02 FD 74 02 43 9D D0 6E 8F 17 95 C0 CF  00 00 00 00 00 00 00 00"
                 "01 00 00 00 02 00 00 00  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00  6F 6B");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_INSTANCE, 0x0B, 4, 10);
  g_assert_cmphex (f.event.hook, ==, 0x0E22);
  assert_payload (&f, "ok");
  fixture_end (&f);
}

#define EVENT_HEADER_BEHIND_FLAGS                                                                            \
  "00 00  05 00 00 00 06 00 00 00  0B 00 00 00 00 00 00 00"                                                  \
  "10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F"                                                          \
  "39 30 03 10 04 0C 07 00  00 00 00 00 00 00 00 80  00 00 00 00 00 00 00 00"                                \
  "00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"

static void
test_event (void)
{
  Fixture f;
  /* EVENT64 without and EVENT32 with two items (type 1: 16 bytes; type 3: 4 bytes and 4 of padding), "ok". */
  fixture_begin (&f, 0x200,
                 "52 00 13 C0 40 00" EVENT_HEADER_BEHIND_FLAGS "6F 6B 00 00 00 00 00 00"
                 "7A 00 12 C0 21 00" EVENT_HEADER_BEHIND_FLAGS
                 "18 00 01 00 01 00 10 00  00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                 "10 00 03 00 00 00 04 00  01 00 00 00 00 00 00 00  6F 6B");
  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (fixture_next (&f));
      assert_common (&f, ETL_HEADER_EVENT, i ? 0x12 : 0x13, i ? 4 : 8, 11);
      g_assert_cmphex (f.event.hook, ==, ETL_HOOK_NONE);
      g_assert_cmpuint (f.event.id, ==, 0x3039);
      g_assert_cmpuint (f.event.version, ==, 3);
      g_assert_cmpuint (f.event.opcode, ==, 0x0C);
      g_assert_cmpuint (f.event.thread_id, ==, 5);
      g_assert_cmpuint (f.event.process_id, ==, 6);
      g_assert_cmpuint (f.event.guid[15], ==, 0x1F);
      assert_payload (&f, "ok");
    }
  fixture_end (&f);
}

/* A chain of items that leaves the event costs the payload, not the events behind. */
static void
test_event_broken_items (void)
{
  Fixture f;
  fixture_begin (&f, 0x100,
                 "60 00 13 C0 01 00" EVENT_HEADER_BEHIND_FLAGS
                 "18 00 01 00 01 00 10 00  00 00 00 00 00 00 00 00"
                 "02 00 11 C0  10 00 20 18  07 00 00 00 00 00 00 00");
  g_assert_true (fixture_next (&f));
  assert_payload (&f, "");
  g_assert_true (fixture_next (&f));
  g_assert_cmphex (f.event.hook, ==, 0x1820);
  fixture_end (&f);
}

static void
test_message (void)
{
  Fixture f;
  /* Size 0x2E, message 0x1234, options sequence, GUID, time, ids, 32-bit pointers; then these; "ok"; pad.
   * Size 0x0E, message 1, option component id only; "ok"; pad. */
  fixture_begin (&f, 0x100,
                 "2E 00 00 90 34 12 6B 00  01 00 00 00  10 11 12 13 14 15 16 17 18 19 1A 1B 1C 1D 1E 1F"
                 "0C 00 00 00 00 00 00 00  05 00 00 00 06 00 00 00  6F 6B 00 00"
                 "0E 00 00 90 01 00 04 00  01 00 00 00 6F 6B 00 00");
  g_assert_true (fixture_next (&f));
  assert_common (&f, ETL_HEADER_MESSAGE, 0x90, 4, 12);
  g_assert_cmphex (f.event.id, ==, 0x1234);
  g_assert_cmpuint (f.event.thread_id, ==, 5);
  g_assert_cmpuint (f.event.process_id, ==, 6);
  g_assert_cmpuint (f.event.guid[0], ==, 0x10);
  assert_payload (&f, "ok");
  g_assert_true (fixture_next (&f));
  g_assert_cmpint (f.event.kind, ==, ETL_HEADER_MESSAGE);
  g_assert_false (f.event.has_time);
  g_assert_null (f.event.guid);
  g_assert_cmphex (f.event.thread_id, ==, ETL_ID_UNKNOWN);
  g_assert_cmpuint (f.event.pointer_size, ==, 8);
  assert_payload (&f, "ok");
  fixture_end (&f);
}

/* Unknown kinds are stepped over by their size and counted. */
static void
test_unknown (void)
{
  Fixture f;
  /* Type 0x0D, 0x14 bytes; type 0x7F, 8 bytes; a ULONG32_TIME of 0x10 bytes; then a PERFINFO64. */
  fixture_begin (&f, 0x100,
                 "14 00 0D C0 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00"
                 "08 00 7F C0 00 00 00 00  10 00 02 B0 00 00 00 00 00 00 00 00 00 00 00 00"
                 "02 00 11 C0  10 00 20 18  07 00 00 00 00 00 00 00");
  for (guint i = 0; i < 3; i++)
    {
      g_assert_true (fixture_next (&f));
      g_assert_cmpint (f.event.kind, ==, ETL_HEADER_UNKNOWN);
      g_assert_false (f.event.has_time);
      g_assert_cmphex (f.event.hook, ==, ETL_HOOK_NONE);
    }
  g_assert_true (fixture_next (&f));
  g_assert_cmphex (f.event.hook, ==, 0x1820);
  g_assert_cmpuint (f.counters.values[IMPORT_EVENTS_OF_UNKNOWN_HEADER], ==, 3);
  g_assert_cmpuint (f.counters.values[IMPORT_EVENTS_READ], ==, 4);
  fixture_end (&f);
}

/* A good event, then one that is not: the good one is read, the damage counted once. */
static void
test_damage (void)
{
  static const char *const damaged[] = {
    "02 00 11 C0  F1 00 20 18  07 00 00 00 00 00 00 00", /* longer than the buffer */
    "02 00 11 C0  0F 00 20 18  07 00 00 00 00 00 00 00", /* shorter than its header */
    "02 00 02 C0  10 00 20 18  07 00 00 00 00 00 00 00", /* SYSTEM header that does not fit its size */
    "07 00 7F C0  00 00 00 00",                          /* unknown kind, impossible size */
    "10 00 00 80  00 00 00 00",                          /* neither kind of mark */
    "10 00 00 00  00 00 00 00",                          /* WNODE or garbage */
    "50 00 13 C0  01 00 00 00",                          /* EVENT header beyond the end */
    "30 00 14 C0  01 00 00 00",                          /* FULL */
    "18 00 04 C0  18 00 00 00",                          /* COMPACT */
    "07 00 00 90  01 00 08 00",                          /* message shorter than its header */
  };
  enum
  {
    N_LONG = 3, /* so many are 16 bytes long, the others 8 */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      Fixture f;
      g_autofree char *hex
          = g_strconcat ("02 00 11 C0  10 00 20 18  07 00 00 00 00 00 00 00", damaged[i], NULL);
      fixture_begin (&f, FIRST_EVENT + 0x10 + (i < N_LONG ? 0x10 : 8), hex);
      g_assert_true (fixture_next (&f));
      g_assert_false (fixture_next (&f));
      g_assert_false (fixture_next (&f));
      g_assert_cmpuint (f.counters.values[IMPORT_BUFFERS_DAMAGED], ==, 1);
      g_assert_cmpuint (f.counters.values[IMPORT_EVENTS_READ], ==, 1);
      g_byte_array_unref (f.image);
    }
}

/* A message that promises more than its size holds keeps what is certain. */
static void
test_message_too_short (void)
{
  Fixture f;
  fixture_begin (&f, 0x80, "0C 00 00 90 01 00 2B 00  01 00 00 00 00 00 00 00");
  g_assert_true (fixture_next (&f));
  g_assert_false (f.event.has_time);
  g_assert_null (f.event.guid);
  assert_payload (&f, "");
  hex_image_fill (f.image, FIRST_EVENT + 0x10, 8, 0);
  fixture_end (&f);
}

static void
assert_same_event (const EtlEvent *a, const EtlEvent *b)
{
  g_assert_cmpint (a->kind, ==, b->kind);
  g_assert_cmphex (a->header_type, ==, b->header_type);
  g_assert_cmphex (a->hook, ==, b->hook);
  g_assert_cmphex (a->opcode, ==, b->opcode);
  g_assert_cmpuint (a->id, ==, b->id);
  g_assert_cmpuint (a->version, ==, b->version);
  g_assert_cmpuint (a->pointer_size, ==, b->pointer_size);
  g_assert_cmpuint (a->thread_id, ==, b->thread_id);
  g_assert_cmpuint (a->process_id, ==, b->process_id);
  g_assert_cmpuint (a->processor, ==, b->processor);
  g_assert_cmpint (a->has_time, ==, b->has_time);
  g_assert_cmpint (a->ticks, ==, b->ticks);
  g_assert_true (a->guid == b->guid && a->payload.bytes == b->payload.bytes);
  g_assert_cmpuint (a->payload.size, ==, b->payload.size);
  g_assert_cmpuint (a->offset, ==, b->offset);
}

/* The next byte of a small generator that gives the same ones in every run. */
static guint8
random_byte (guint32 *state)
{
  *state = *state * 1664525 + 1013904223;
  return (guint8)(*state >> 24);
}

/* Bytes that are nearly events: most have a known mark and a size that fits, all else is anything. */
static void
make_nearly_events (guint32 *state, GByteArray *image)
{
  static const guint8 types[] = { 0x02, 0x11, 0x02, 0x11, 0x01, 0x10, 0x04, 0x13, 0x14, 0x77 };
  gsize size = FIRST_EVENT + random_byte (state), next = FIRST_EVENT;
  g_byte_array_set_size (image, (guint)size);
  for (gsize i = 0; i < size; i++)
    image->data[i] = random_byte (state);
  for (; next + 8 <= size; next += (image->data[next + 4] + 7u) & ~7u)
    {
      guint8 *event = image->data + next;
      event[1] = random_byte (state) < 220 ? 0 : event[1];
      event[2] = types[random_byte (state) % G_N_ELEMENTS (types)];
      event[3] = random_byte (state) < 240 ? 0xC0 : event[3];
      event[4] = (guint8)(8 + random_byte (state) % 80);
      event[5] = random_byte (state) < 240 ? 0 : event[5];
    }
}

/* The short way finds no other events than the long one, and the same in them. */
static void
test_plain (void)
{
  guint32 state = 4711;
  guint n_plain = 0, n_other = 0;
  g_autoptr (GByteArray) image = g_byte_array_new ();
  for (guint round = 0; round < 20000; round++)
    {
      make_nearly_events (&state, image);
      g_autofree guint8 *bytes = g_memdup2 (image->data, image->len); /* of its own: nothing beyond may be read */
      EtlBuffer buffer = { .content = { bytes, image->len }, .events_end = image->len, .processor = 3, .pointer_size = 8 };
      ImportCounters counters = { 0 }, plain_counters = { 0 };
      EtlEventCursor cursor, plain_cursor;
      EtlEvent event, plain_event;
      etl_event_cursor_init (&cursor, &buffer, &counters);
      etl_event_cursor_init (&plain_cursor, &buffer, &plain_counters);
      while (etl_event_cursor_next (&cursor, &event))
        {
          if (etl_event_cursor_next_plain (&plain_cursor, &plain_event))
            n_plain++;
          else
            {
              g_assert_true (etl_event_cursor_next (&plain_cursor, &plain_event));
              n_other++;
            }
          assert_same_event (&event, &plain_event);
        }
      g_assert_false (etl_event_cursor_next_plain (&plain_cursor, &plain_event));
      g_assert_false (etl_event_cursor_next (&plain_cursor, &plain_event));
      g_assert_true (memcmp (&counters, &plain_counters, sizeof counters) == 0);
    }
  g_assert_cmpuint (n_plain, >, 1000);
  g_assert_cmpuint (n_other, >, 1000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-event/system", test_system);
  g_test_add_func ("/etl-event/compact", test_compact);
  g_test_add_func ("/etl-event/perfinfo", test_perfinfo);
  g_test_add_func ("/etl-event/full", test_full);
  g_test_add_func ("/etl-event/instance", test_instance);
  g_test_add_func ("/etl-event/event", test_event);
  g_test_add_func ("/etl-event/event-broken-items", test_event_broken_items);
  g_test_add_func ("/etl-event/message", test_message);
  g_test_add_func ("/etl-event/message-too-short", test_message_too_short);
  g_test_add_func ("/etl-event/unknown", test_unknown);
  g_test_add_func ("/etl-event/damage", test_damage);
  g_test_add_func ("/etl-event/plain", test_plain);
  return g_test_run ();
}
