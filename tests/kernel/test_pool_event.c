#include "kernel/pool_event.h"
#include "kernel_fixture.h"

#define POOL_32 "01 00 00 00 (paged) \"Ntf\" F2 (tag, protected) 80 01 00 00 (size) 78 56 34 92 (address)"
#define POOL_64                                                                                             \
  "00 02 00 00 (NX) \"Thre\" (tag) D0 04 00 00 00 00 00 00 (size) 70 56 34 12 04 A3 FF FF (address)"
#define SESSION " 03 00 00 00 (session)"

static const EtlHeaderKind header_kinds[]
    = { ETL_HEADER_SYSTEM, ETL_HEADER_COMPACT, ETL_HEADER_PERFINFO, ETL_HEADER_FULL };

static gboolean
decode (const EtlEvent *event)
{
  PoolEvent pool_event;
  return pool_event_decode (event, &pool_event);
}

static void
test_64_bits (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (header_kinds); i++)
    {
      g_auto (KernelFixture) fixture;
      PoolEvent pool_event;
      kernel_fixture_init (&fixture, 0x0E20, 2, 8, POOL_64);
      fixture.event.kind = header_kinds[i];
      g_assert_true (pool_event_is_one (&fixture.event));
      g_assert_true (pool_event_decode (&fixture.event, &pool_event));
      g_assert_false (pool_event.is_free);
      g_assert_cmphex (pool_event.type, ==, 0x200);
      g_assert_cmphex (pool_event.tag, ==, 0x65726854);
      g_assert_false (pool_event.tag_is_protected);
      g_assert_cmpuint (pool_event.size_bytes, ==, 1232);
      g_assert_cmphex (pool_event.address, ==, 0xFFFFA30412345670);
      g_assert_cmpuint (pool_event.session, ==, POOL_SESSION_NONE);
    }
}

static void
test_32_bits (void)
{
  g_auto (KernelFixture) fixture;
  PoolEvent pool_event;
  kernel_fixture_init (&fixture, 0x0E22, 2, 4, POOL_32);
  g_assert_true (pool_event_decode (&fixture.event, &pool_event));
  g_assert_true (pool_event.is_free);
  g_assert_cmphex (pool_event.type, ==, 1);
  g_assert_cmphex (pool_event.tag, ==, 0x7266744E);
  g_assert_true (pool_event.tag_is_protected);
  g_assert_cmpuint (pool_event.size_bytes, ==, 0x180);
  g_assert_cmphex (pool_event.address, ==, 0x92345678);
  g_assert_cmpuint (pool_event.session, ==, POOL_SESSION_NONE);
}

static void
test_session (void)
{
  g_auto (KernelFixture) allocation_64, free_64, free_32;
  PoolEvent pool_event;
  kernel_fixture_init (&allocation_64, 0x0E21, 2, 8, POOL_64 SESSION);
  g_assert_true (pool_event_decode (&allocation_64.event, &pool_event));
  g_assert_false (pool_event.is_free);
  g_assert_cmpuint (pool_event.session, ==, 3);
  kernel_fixture_init (&free_64, 0x0E23, 2, 8, POOL_64 SESSION " 00 00 00 00 (padding)");
  g_assert_true (pool_event_decode (&free_64.event, &pool_event));
  g_assert_true (pool_event.is_free);
  g_assert_cmpuint (pool_event.session, ==, 3);
  g_assert_cmphex (pool_event.address, ==, 0xFFFFA30412345670);
  kernel_fixture_init (&free_32, 0x0E23, 2, 4, POOL_32 SESSION);
  g_assert_true (pool_event_decode (&free_32.event, &pool_event));
  g_assert_cmpuint (pool_event.session, ==, 3);
  g_assert_cmphex (pool_event.address, ==, 0x92345678);
}

/* The header says one pointer size and the length of the payload the other: the length wins. */
static void
test_length_against_header (void)
{
  const struct
  {
    guint16 hook;
    guint header_pointer_size;
    const char *payload;
    guint64 address;
  } cases[] = {
    { 0x0E20, 4, POOL_64, 0xFFFFA30412345670 },
    { 0x0E21, 4, POOL_64 SESSION, 0xFFFFA30412345670 },
    { 0x0E21, 4, POOL_64 SESSION "00 00 00 00", 0xFFFFA30412345670 },
    { 0x0E20, 8, POOL_32, 0x92345678 },
    { 0x0E20, 8, POOL_32 SESSION, 0x92345678 },
    { 0x0E21, 8, POOL_32 SESSION, 0x92345678 },
    { 0x0E21, 4, POOL_32 SESSION "00 00 00 00", 0x92345678 },
    { 0x0E20, 8, POOL_64 "00 00 00 00 00 00 00 00 00 00 00 00", 0xFFFFA30412345670 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      PoolEvent pool_event;
      kernel_fixture_init (&fixture, cases[i].hook, 2, cases[i].header_pointer_size, cases[i].payload);
      g_assert_true (pool_event_decode (&fixture.event, &pool_event));
      g_assert_cmphex (pool_event.address, ==, cases[i].address);
      g_assert_cmpuint (pool_event.session, ==, cases[i].hook & 1 ? 3 : POOL_SESSION_NONE);
    }
}

static void
test_too_short (void)
{
  g_auto (KernelFixture) plain_32, session_32;
  kernel_fixture_init (&plain_32, 0x0E20, 2, 4, POOL_32);
  kernel_fixture_assert_shortest (&plain_32, 16, decode);
  kernel_fixture_init (&session_32, 0x0E21, 2, 4, POOL_32 SESSION);
  kernel_fixture_assert_shortest (&session_32, 20, decode);

  const struct
  {
    guint16 hook;
    gsize size;
    gboolean is_good;
  } sizes[] = {
    /* 16 and 20 bytes are whole 32-bit payloads even in a 64-bit trace. */
    { 0x0E20, 0, FALSE },  { 0x0E20, 15, FALSE }, { 0x0E20, 16, TRUE },  { 0x0E20, 17, FALSE },
    { 0x0E20, 19, FALSE }, { 0x0E20, 20, TRUE },  { 0x0E20, 21, FALSE }, { 0x0E20, 23, FALSE },
    { 0x0E20, 24, TRUE },  { 0x0E20, 25, TRUE },  { 0x0E23, 15, FALSE }, { 0x0E23, 16, FALSE },
    { 0x0E23, 19, FALSE }, { 0x0E23, 20, TRUE },  { 0x0E23, 24, FALSE }, { 0x0E23, 27, FALSE },
    { 0x0E23, 28, TRUE },  { 0x0E23, 31, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_auto (KernelFixture) fixture;
      kernel_fixture_init (&fixture, sizes[i].hook, 2, 8, POOL_64 SESSION);
      kernel_fixture_resize (&fixture, sizes[i].size);
      g_assert_cmpint (decode (&fixture.event), ==, sizes[i].is_good);
    }
}

static void
test_other_events (void)
{
  for (guint hook = 0; hook <= 0xFFFF; hook++)
    {
      EtlEvent event = { .hook = (guint16) hook };
      g_assert_cmpint (pool_event_is_one (&event), ==, hook >= 0x0E20 && hook <= 0x0E23);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/pool-event/64-bits", test_64_bits);
  g_test_add_func ("/kernel/pool-event/32-bits", test_32_bits);
  g_test_add_func ("/kernel/pool-event/session", test_session);
  g_test_add_func ("/kernel/pool-event/length-against-header", test_length_against_header);
  g_test_add_func ("/kernel/pool-event/too-short", test_too_short);
  g_test_add_func ("/kernel/pool-event/other-events", test_other_events);
  return g_test_run ();
}
