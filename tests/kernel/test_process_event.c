#include "kernel/process_event.h"
#include "kernel_fixture.h"

#define KEY_64 "C0 E4 07 30 83 FA FF FF (unique key)"
#define KEY_32 "C0 E4 07 85 (unique key)"
#define IDS " 3C 0E 00 00 (process) B4 0D 00 00 (parent) 01 00 00 00 (session) 03 01 00 00 (exit status)"
#define TABLE_64 " 00 D0 B4 02 00 00 00 00 (directory table)"
#define TABLE_32 " 00 D0 B4 02 (directory table)"
#define FLAGS " 02 00 00 00 (flags)"
#define NO_SID " 00 00 00 00 (no SID)"
#define SID_TEXT                                                                                            \
  " 01 (revision) 05 (sub-authorities) 00 00 00 00 00 05 (authority) 15 00 00 00 11 11 11 11"               \
  " 22 22 22 22 33 33 33 33 E9 03 00 00"
#define SID_64 " 10 20 30 40 A0 F8 FF FF 00 00 00 00 00 00 00 00 (TOKEN_USER)" SID_TEXT
#define SID_32 " 10 20 30 90 00 00 00 00 (TOKEN_USER)" SID_TEXT
#define NAME " \"Test.x86.exe\" 00"
#define COMMAND_LINE " L\"Test.x86.exe -v\" 00 00"

typedef struct
{
  guint8 version;
  guint pointer_size;
  const char *payload;
  gsize shortest;         /* up to the end of the SID; strings may be missing */
  gboolean has_session, has_command_line;
} ProcessCase;

static const ProcessCase process_cases[] = {
  { 0, 4, "3C 0E 00 00 B4 0D 00 00" SID_32 NAME, 8 + 8 + 28, FALSE, FALSE },
  { 0, 8, "3C 0E 00 00 00 00 00 00 B4 0D 00 00 00 00 00 00" NO_SID NAME, 16 + 4, FALSE, FALSE },
  { 1, 4, KEY_32 IDS SID_32 NAME, 0x14 + 8 + 28, TRUE, FALSE },
  { 1, 8, KEY_64 IDS SID_64 NAME, 0x18 + 16 + 28, TRUE, FALSE },
  { 2, 4, KEY_32 IDS NO_SID NAME COMMAND_LINE, 0x14 + 4, TRUE, TRUE },
  { 2, 8, KEY_64 IDS SID_64 NAME COMMAND_LINE, 0x18 + 16 + 28, TRUE, TRUE },
  { 3, 4, KEY_32 IDS TABLE_32 SID_32 NAME COMMAND_LINE, 0x18 + 8 + 28, TRUE, TRUE },
  { 3, 8, KEY_64 IDS TABLE_64 NO_SID NAME COMMAND_LINE, 0x20 + 4, TRUE, TRUE },
  { 4, 4, KEY_32 IDS TABLE_32 FLAGS NO_SID NAME COMMAND_LINE "00 00 00 00", 0x1C + 4, TRUE, TRUE },
  { 4, 8, KEY_64 IDS TABLE_64 FLAGS SID_64 NAME COMMAND_LINE "00 00 00 00", 0x24 + 16 + 28, TRUE, TRUE },
  { 5, 8, KEY_64 IDS TABLE_64 FLAGS SID_64 NAME COMMAND_LINE "00 00 00 00 01 02 03 04 05 06 07 08",
    0x24 + 16 + 28, TRUE, TRUE },
};

static gboolean
decode (const EtlEvent *event)
{
  ProcessEvent process_event;
  if (!process_event_decode (event, &process_event))
    return FALSE;
  process_event_clear (&process_event);
  return TRUE;
}

static void
test_versions (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (process_cases); i++)
    {
      const ProcessCase *expected = &process_cases[i];
      g_auto (KernelFixture) fixture;
      ProcessEvent process_event;
      kernel_fixture_init (&fixture, 0x0301, expected->version, expected->pointer_size, expected->payload);
      g_assert_true (process_event_is_one (&fixture.event));
      g_assert_true (process_event_decode (&fixture.event, &process_event));
      g_assert_cmpint (process_event.kind, ==, LIFE_START);
      g_assert_cmpuint (process_event.process_id, ==, 3644);
      g_assert_cmpuint (process_event.parent_id, ==, 3508);
      g_assert_cmpuint (process_event.session, ==, expected->has_session ? 1 : G_MAXUINT32);
      g_assert_cmpint (process_event.exit_status, ==, expected->has_session ? 259 : 0);
      g_assert_cmpstr (process_event.image_name, ==, "Test.x86.exe");
      const char *command_line = expected->has_command_line ? "Test.x86.exe -v" : NULL;
      g_assert_cmpstr (process_event.command_line, ==, command_line);
      process_event_clear (&process_event);
      kernel_fixture_assert_shortest (&fixture, expected->shortest, decode);
    }
}

/* Strings may end with the payload instead of a terminator. */
static void
test_unterminated_strings (void)
{
  g_auto (KernelFixture) name_only, odd_end, empty;
  ProcessEvent process_event;
  kernel_fixture_init (&name_only, 0x0303, 4, 8, KEY_64 IDS TABLE_64 FLAGS NO_SID "\"Syst\"");
  g_assert_true (process_event_decode (&name_only.event, &process_event));
  g_assert_cmpint (process_event.kind, ==, LIFE_RUNDOWN_START);
  g_assert_cmpstr (process_event.image_name, ==, "Syst");
  g_assert_null (process_event.command_line);
  process_event_clear (&process_event);

  kernel_fixture_init (&odd_end, 0x0304, 4, 8, KEY_64 IDS TABLE_64 FLAGS NO_SID "\"a\" 00 L\"b c\" 64");
  g_assert_true (process_event_decode (&odd_end.event, &process_event));
  g_assert_cmpint (process_event.kind, ==, LIFE_RUNDOWN_END);
  g_assert_cmpstr (process_event.image_name, ==, "a");
  g_assert_cmpstr (process_event.command_line, ==, "b c");
  process_event_clear (&process_event);

  kernel_fixture_init (&empty, 0x0302, 4, 8, KEY_64 IDS TABLE_64 FLAGS NO_SID);
  g_assert_true (process_event_decode (&empty.event, &process_event));
  g_assert_cmpint (process_event.kind, ==, LIFE_END);
  g_assert_cmpstr (process_event.image_name, ==, "");
  g_assert_null (process_event.command_line);
  process_event_clear (&process_event);
}

/* A count of sub-authorities that reaches behind the payload. */
static void
test_sid_too_long (void)
{
  g_auto (KernelFixture) fixture;
  kernel_fixture_init (&fixture, 0x0301, 2, 4,
                       KEY_32 IDS " 10 20 30 90 00 00 00 00 01 FF 00 00 00 00 00 05 15 00 00 00" NAME);
  g_assert_false (decode (&fixture.event));
}

static void
test_process_hooks (void)
{
  for (guint hook = 0; hook <= 0xFFFF; hook++)
    {
      EtlEvent event = { .hook = (guint16) hook };
      g_assert_cmpint (process_event_is_one (&event), ==,
                       (hook >= 0x0301 && hook <= 0x0304) || hook == 0x0327);
      g_assert_cmpint (thread_event_is_one (&event), ==, hook >= 0x0501 && hook <= 0x0504);
      g_assert_cmpint (context_switch_event_is_one (&event), ==, hook == 0x0524);
    }
  g_auto (KernelFixture) fixture;
  ProcessEvent process_event;
  kernel_fixture_init (&fixture, 0x0327, 5, 8, KEY_64 IDS TABLE_64 FLAGS NO_SID NAME);
  g_assert_true (process_event_decode (&fixture.event, &process_event));
  g_assert_cmpint (process_event.kind, ==, LIFE_DEFUNCT);
  process_event_clear (&process_event);
}

#define POINTERS_64                                                                                         \
  " 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00"         \
  " 05 00 00 00 00 00 00 00 06 00 00 00 00 00 00 00 07 00 00 00 00 00 00 00"
#define POINTERS_32 " 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00 05 00 00 00 06 00 00 00 07 00 00 00"
#define THREAD_IDS " 0C 05 00 00 (process) 78 0F 00 00 (thread)"
#define TAG " 2A 00 00 00 (sub-process tag)"
#define PRIORITIES " 08 05 02 00 (priorities, flags)"

static gboolean
decode_thread (const EtlEvent *event)
{
  ThreadEvent thread_event;
  return thread_event_decode (event, &thread_event);
}

static void
test_threads (void)
{
  const LifeKind kinds[] = { LIFE_START, LIFE_END, LIFE_RUNDOWN_START, LIFE_RUNDOWN_END };
  const struct
  {
    guint8 version;
    guint pointer_size;
    const char *payload;
    gsize shortest;
    guint32 sub_process_tag;
  } cases[] = {
    { 0, 4, " 78 0F 00 00 (thread) 0C 05 00 00 (process)", 8, 0 },
    { 1, 4, THREAD_IDS POINTERS_32, 8, 0 },
    { 1, 8, THREAD_IDS, 8, 0 },
    { 2, 4, THREAD_IDS POINTERS_32 TAG, 0x28, 42 },
    { 2, 8, THREAD_IDS POINTERS_64 TAG, 0x44, 42 },
    { 3, 4, THREAD_IDS POINTERS_32 TAG PRIORITIES, 0x2C, 42 },
    { 3, 8, THREAD_IDS POINTERS_64 TAG PRIORITIES, 0x48, 42 },
    { 4, 8, THREAD_IDS POINTERS_64 TAG PRIORITIES " L\"name\" 00 00", 0x48, 42 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint16 opcode = 1; opcode <= 4; opcode++)
      {
        g_auto (KernelFixture) fixture;
        ThreadEvent thread_event;
        kernel_fixture_init (&fixture, 0x0500 | opcode, cases[i].version, cases[i].pointer_size,
                             cases[i].payload);
        g_assert_true (thread_event_decode (&fixture.event, &thread_event));
        g_assert_cmpint (thread_event.kind, ==, kinds[opcode - 1]);
        g_assert_cmpuint (thread_event.process_id, ==, 1292);
        g_assert_cmpuint (thread_event.thread_id, ==, 3960);
        g_assert_cmpuint (thread_event.sub_process_tag, ==, cases[i].sub_process_tag);
        kernel_fixture_assert_shortest (&fixture, cases[i].shortest, decode_thread);
      }
}

static gboolean
decode_switch (const EtlEvent *event)
{
  ContextSwitchEvent switch_event;
  return context_switch_event_decode (event, &switch_event);
}

static void
test_context_switches (void)
{
  g_auto (KernelFixture) fixture;
  ContextSwitchEvent switch_event;
  kernel_fixture_init (&fixture, 0x0524, 2, 8,
                       "78 0F 00 00 (new thread) 00 00 00 00 (old thread) 08 00 (priorities) 00 00 (C-state)"
                       "00 00 05 00 (wait, state) 01 00 00 00 (wait time) 00 00 00 00");
  g_assert_true (context_switch_event_decode (&fixture.event, &switch_event));
  g_assert_cmpuint (switch_event.new_thread_id, ==, 3960);
  g_assert_cmpuint (switch_event.old_thread_id, ==, 0);
  kernel_fixture_assert_shortest (&fixture, 8, decode_switch);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/process-event/versions", test_versions);
  g_test_add_func ("/kernel/process-event/unterminated-strings", test_unterminated_strings);
  g_test_add_func ("/kernel/process-event/sid-too-long", test_sid_too_long);
  g_test_add_func ("/kernel/process-event/hooks", test_process_hooks);
  g_test_add_func ("/kernel/process-event/threads", test_threads);
  g_test_add_func ("/kernel/process-event/context-switches", test_context_switches);
  return g_test_run ();
}
