#include "kernel/stack_event.h"
#include "kernel_fixture.h"

#define WHOSE "39 86 34 12 01 00 00 00 (event's time) 0C 00 00 00 (process) 34 12 00 00 (thread)"
#define KERNEL_64 " 5B 0A 40 12 03 F8 FF FF (frame)"
#define USER_64 " 10 20 30 40 F9 07 00 00 (frame)"
#define KERNEL_32 " 5B 0A 40 82 (frame)"
#define USER_32 " 10 20 30 77 (frame)"
#define KEY_64 "40 2B 86 03 83 FA FF FF (key)"
#define KEY_32 "40 2B 86 83 (key)"

static gboolean
decode (const EtlEvent *event)
{
  StackEvent stack_event;
  return stack_event_decode (event, event->pointer_size, &stack_event);
}

static void
test_frames (void)
{
  const struct
  {
    guint pointer_size;
    const char *frames;
    guint n_frames;
    gboolean begins_in_kernel, ends_in_user;
  } cases[] = {
    { 8, KERNEL_64 KERNEL_64, 2, TRUE, FALSE }, { 8, USER_64 USER_64 USER_64, 3, FALSE, TRUE },
    { 8, KERNEL_64 USER_64, 2, TRUE, TRUE },    { 8, KERNEL_64, 1, TRUE, FALSE },
    { 8, "", 0, FALSE, FALSE },                 { 8, USER_64 "01 02 03 04 05 06 07", 1, FALSE, TRUE },
    { 4, KERNEL_32 KERNEL_32, 2, TRUE, FALSE }, { 4, USER_32, 1, FALSE, TRUE },
    { 4, KERNEL_32 USER_32, 2, TRUE, TRUE },    { 4, "", 0, FALSE, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      g_autofree char *hex = g_strconcat (WHOSE, cases[i].frames, NULL);
      StackEvent stack_event;
      kernel_fixture_init (&fixture, 0x1820, 2, cases[i].pointer_size, hex);
      g_assert_true (stack_event_is_one (&fixture.event));
      g_assert_true (stack_event_decode (&fixture.event, cases[i].pointer_size, &stack_event));
      g_assert_cmpint (stack_event.kind, ==, STACK_EVENT_FRAMES);
      g_assert_cmphex (stack_event.event_ticks, ==, 0x112348639);
      g_assert_cmpuint (stack_event.process_id, ==, 12);
      g_assert_cmpuint (stack_event.thread_id, ==, 0x1234);
      g_assert_cmpuint (stack_event.n_frames, ==, cases[i].n_frames);
      g_assert_cmpuint (stack_event.pointer_size, ==, cases[i].pointer_size);
      g_assert_cmpint (stack_event.begins_in_kernel, ==, cases[i].begins_in_kernel);
      g_assert_cmpint (stack_event.ends_in_user, ==, cases[i].ends_in_user);
      g_assert_true (stack_event.frames == fixture.payload + 16);
    }
}

static void
test_references (void)
{
  g_auto (KernelFixture) kernel_64, user_32;
  StackEvent stack_event;
  kernel_fixture_init (&kernel_64, 0x1825, 2, 8, WHOSE KEY_64);
  g_assert_true (stack_event_decode (&kernel_64.event, 8, &stack_event));
  g_assert_cmpint (stack_event.kind, ==, STACK_EVENT_KEY_KERNEL);
  g_assert_cmphex (stack_event.event_ticks, ==, 0x112348639);
  g_assert_cmpuint (stack_event.process_id, ==, 12);
  g_assert_cmpuint (stack_event.thread_id, ==, 0x1234);
  g_assert_cmphex (stack_event.key, ==, 0xFFFFFA8303862B40);
  g_assert_cmpuint (stack_event.n_frames, ==, 0);
  g_assert_true (stack_event.begins_in_kernel && !stack_event.ends_in_user);
  kernel_fixture_init (&user_32, 0x1826, 2, 4, WHOSE KEY_32);
  g_assert_true (stack_event_decode (&user_32.event, 4, &stack_event));
  g_assert_cmpint (stack_event.kind, ==, STACK_EVENT_KEY_USER);
  g_assert_cmphex (stack_event.key, ==, 0x83862B40);
  g_assert_true (!stack_event.begins_in_kernel && stack_event.ends_in_user);
}

static void
test_definitions (void)
{
  g_auto (KernelFixture) delete_64, rundown_32;
  StackEvent stack_event;
  kernel_fixture_init (&delete_64, 0x1823, 2, 8, KEY_64 KERNEL_64 KERNEL_64 KERNEL_64);
  g_assert_true (stack_event_decode (&delete_64.event, 8, &stack_event));
  g_assert_cmpint (stack_event.kind, ==, STACK_EVENT_KEY_DEFINITION);
  g_assert_cmphex (stack_event.key, ==, 0xFFFFFA8303862B40);
  g_assert_cmpuint (stack_event.n_frames, ==, 3);
  g_assert_cmphex (read_u64 (stack_event.frames), ==, 0xFFFFF80312400A5B);
  g_assert_false (stack_event.ends_in_user);
  kernel_fixture_init (&rundown_32, 0x1824, 2, 4, KEY_32 USER_32 USER_32);
  g_assert_true (stack_event_decode (&rundown_32.event, 4, &stack_event));
  g_assert_cmpint (stack_event.kind, ==, STACK_EVENT_KEY_DEFINITION);
  g_assert_cmphex (stack_event.key, ==, 0x83862B40);
  g_assert_cmpuint (stack_event.n_frames, ==, 2);
  g_assert_true (stack_event.ends_in_user);
}

static void
test_too_short (void)
{
  const struct
  {
    guint16 hook;
    guint pointer_size;
    const char *payload;
    gsize shortest;
  } cases[] = {
    { 0x1820, 8, WHOSE KERNEL_64, 16 },   { 0x1820, 4, WHOSE KERNEL_32, 16 },
    { 0x1823, 8, KEY_64 KERNEL_64, 8 },   { 0x1823, 4, KEY_32 KERNEL_32, 4 },
    { 0x1824, 8, KEY_64 USER_64, 8 },     { 0x1824, 4, KEY_32 USER_32, 4 },
    { 0x1825, 8, WHOSE KEY_64 "00", 24 }, { 0x1825, 4, WHOSE KEY_32 "00", 20 },
    { 0x1826, 8, WHOSE KEY_64, 24 },      { 0x1826, 4, WHOSE KEY_32, 20 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      kernel_fixture_init (&fixture, cases[i].hook, 2, cases[i].pointer_size, cases[i].payload);
      kernel_fixture_assert_shortest (&fixture, cases[i].shortest, decode);
    }
}

static void
test_address_classes (void)
{
  g_assert_false (stack_address_is_kernel (0, 8));
  g_assert_false (stack_address_is_kernel (0xFFFF7FFFFFFFFFFF, 8));
  g_assert_true (stack_address_is_kernel (0xFFFF800000000000, 8));
  g_assert_true (stack_address_is_kernel (G_MAXUINT64, 8));
  g_assert_false (stack_address_is_kernel (0x80000000, 8));
  g_assert_false (stack_address_is_kernel (0x7FFFFFFF, 4));
  g_assert_true (stack_address_is_kernel (0x80000000, 4));
}

static void
test_other_events (void)
{
  for (guint hook = 0; hook <= 0xFFFF; hook++)
    {
      EtlEvent event = { .hook = (guint16) hook };
      g_assert_cmpint (stack_event_is_one (&event), ==, hook == 0x1820 || (hook >= 0x1823 && hook <= 0x1826));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/stack-event/frames", test_frames);
  g_test_add_func ("/kernel/stack-event/references", test_references);
  g_test_add_func ("/kernel/stack-event/definitions", test_definitions);
  g_test_add_func ("/kernel/stack-event/too-short", test_too_short);
  g_test_add_func ("/kernel/stack-event/address-classes", test_address_classes);
  g_test_add_func ("/kernel/stack-event/other-events", test_other_events);
  return g_test_run ();
}
