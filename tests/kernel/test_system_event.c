#include "kernel/system_event.h"
#include "kernel_fixture.h"

static const guint8 configuration_guid[16]
    = { 0x91, 0xee, 0x79, 0x9b, 0xfd, 0xb5, 0xc0, 0x41, 0xa2, 0x43, 0x42, 0x48, 0xe2, 0x66, 0xe9, 0xd0 };
static const guint8 lost_guid[16]
    = { 0xe0, 0x9a, 0x39, 0x6a, 0xc6, 0x4b, 0xe9, 0x4d, 0x87, 0x0b, 0x36, 0x57, 0xf8, 0x94, 0x7e, 0x7e };

static gboolean
decode (const EtlEvent *event)
{
  SystemEvent system_event;
  if (!system_event_decode (event, &system_event))
    return FALSE;
  system_event_clear (&system_event);
  return TRUE;
}

/* Asserts that @fixture is a system event of @kind with these texts. */
static void
assert_texts (const KernelFixture *fixture, SystemEventKind kind, const char *text, const char *text2)
{
  SystemEvent system_event;
  g_assert_true (system_event_is_one (&fixture->event));
  g_assert_true (system_event_decode (&fixture->event, &system_event));
  g_assert_cmpint (system_event.kind, ==, kind);
  g_assert_cmpstr (system_event.text, ==, text);
  g_assert_cmpstr (system_event.text2, ==, text2);
  system_event_clear (&system_event);
}

static void
test_build (void)
{
  g_auto (KernelFixture) merged, lab_only, kernel;
  kernel_fixture_init_full (&merged, configuration_guid, 0x20, 8,
                            "00 11 22 33 44 55 66 01 (installed) L\"22000.613.amd64fre\" 00 00"
                            "L\"Windows 10\" 00 00");
  assert_texts (&merged, SYSTEM_EVENT_BUILD, "22000.613.amd64fre", "Windows 10");
  kernel_fixture_assert_shortest (&merged, 10, decode);
  kernel_fixture_init_full (&lab_only, configuration_guid, 0x20, 8, "00 11 22 33 44 55 66 01 L\"22000\"");
  assert_texts (&lab_only, SYSTEM_EVENT_BUILD, "22000", NULL);
  kernel_fixture_init (&kernel, 0x0042, 2, 8, "\"22621.1.amd64fre.ni_release\" 00");
  assert_texts (&kernel, SYSTEM_EVENT_BUILD, "22621.1.amd64fre.ni_release", NULL);
  kernel_fixture_assert_shortest (&kernel, 1, decode);
}

static void
test_volume (void)
{
  g_auto (KernelFixture) fixture;
  kernel_fixture_init_full (&fixture, configuration_guid, 0x23, 8,
                            "L\"\\Device\\HarddiskVolume2\\\" 00 00 L\"C:\\\" 00 00");
  assert_texts (&fixture, SYSTEM_EVENT_VOLUME, "\\Device\\HarddiskVolume2\\", "C:\\");
  kernel_fixture_assert_shortest (&fixture, 2, decode);
}

static void
test_processors (void)
{
  g_auto (KernelFixture) fixture;
  SystemEvent system_event;
  kernel_fixture_init (&fixture, 0x0B0A, 3, 8,
                       "F7 08 00 00 (MHz) 04 00 00 00 (processors) 00 40 00 00 (MiB) 00 10 00 00 (page)"
                       "00 00 01 00 (granularity) L\"liha-test\" 00 00");
  kernel_fixture_resize (&fixture, 828);
  assert_texts (&fixture, SYSTEM_EVENT_PROCESSORS, "liha-test", NULL);
  g_assert_true (system_event_decode (&fixture.event, &system_event));
  g_assert_cmpuint (system_event.mhz, ==, 2295);
  g_assert_cmpuint (system_event.n_processors, ==, 4);
  g_assert_cmpuint (system_event.memory_mib, ==, 16384);
  g_assert_cmpuint (system_event.page_size_bytes, ==, 4096);
  system_event_clear (&system_event);
  kernel_fixture_assert_shortest (&fixture, 0x214, decode);
}

/* A name that fills its field has no terminator and must not run into what follows. */
static void
test_processor_name (void)
{
  g_auto (KernelFixture) fixture;
  SystemEvent system_event;
  g_autofree char *name = g_strnfill (64, 'x');
  g_autofree char *hex = g_strdup_printf (
      "01 00 00 00 (index) FF 3D 1B 3D (features) F7 08 00 00 (MHz)"
      "L\"%s\" (name) L\"GenuineIntel\" (vendor)",
      name);
  kernel_fixture_init (&fixture, 0x0B23, 2, 8, hex);
  kernel_fixture_resize (&fixture, 428);
  assert_texts (&fixture, SYSTEM_EVENT_PROCESSOR_NAME, name, NULL);
  g_assert_true (system_event_decode (&fixture.event, &system_event));
  g_assert_cmpuint (system_event.mhz, ==, 2295);
  system_event_clear (&system_event);
  kernel_fixture_assert_shortest (&fixture, 428, decode);
}

static void
test_group_masks (void)
{
  const guint16 hooks[] = { 0x0005, 0x0020 };
  for (gsize i = 0; i < G_N_ELEMENTS (hooks); i++)
    for (gboolean is_on = FALSE; is_on <= TRUE; is_on++)
      {
        g_auto (KernelFixture) fixture;
        SystemEvent system_event;
        kernel_fixture_init (&fixture, hooks[i], 2, 8,
                             is_on ? "03 00 00 00 (mask 0) 41 00 00 00 (mask 1: pool, memory)"
                                   : "43 00 00 00 (mask 0) 01 00 00 00 (mask 1: memory)");
        kernel_fixture_resize (&fixture, 36);
        assert_texts (&fixture, SYSTEM_EVENT_GROUP_MASKS, NULL, NULL);
        g_assert_true (system_event_decode (&fixture.event, &system_event));
        g_assert_cmpint (system_event.pool_was_on, ==, is_on);
        kernel_fixture_assert_shortest (&fixture, 32, decode);
      }
}

static void
test_service (void)
{
  g_auto (KernelFixture) fixture, nameless, old;
  SystemEvent system_event;
  kernel_fixture_init (&fixture, 0x0B0F, 3, 8,
                       "0C 05 00 00 (process) 04 00 00 00 (state) 05 00 00 00 (tag) L\"AppIDSvc\" 00 00"
                       "L\"Application Identity\" 00 00 L\"svchost.exe\" 00 00");
  assert_texts (&fixture, SYSTEM_EVENT_SERVICE, "AppIDSvc", "Application Identity");
  g_assert_true (system_event_decode (&fixture.event, &system_event));
  g_assert_cmpuint (system_event.service_process_id, ==, 1292);
  g_assert_cmpuint (system_event.sub_process_tag, ==, 5);
  system_event_clear (&system_event);
  kernel_fixture_assert_shortest (&fixture, 12, decode);
  kernel_fixture_init (&nameless, 0x0B0F, 2, 8, "0C 05 00 00 04 00 00 00 05 00 00 00 L\"App\"");
  assert_texts (&nameless, SYSTEM_EVENT_SERVICE, "App", NULL);
  kernel_fixture_init (&old, 0x0B0F, 0, 4, "41 00 00 00");
  g_assert_false (system_event_is_one (&old.event));
}

static void
test_losses (void)
{
  for (guint opcode = 0; opcode <= 0xFF; opcode++)
    {
      g_auto (KernelFixture) fixture;
      SystemEvent system_event;
      kernel_fixture_init_full (&fixture, lost_guid, (guint8) opcode, 8, "");
      g_assert_cmpint (system_event_is_one (&fixture.event), ==, opcode >= 32 && opcode <= 34);
      if (opcode < 32 || opcode > 34)
        continue;
      g_assert_true (system_event_decode (&fixture.event, &system_event));
      g_assert_cmpint (system_event.kind, ==, SYSTEM_EVENT_LOST);
      g_assert_cmpuint (system_event.lost_opcode, ==, opcode);
    }
}

static void
test_rundown_and_hooks (void)
{
  const guint16 hooks[] = { 0x0005, 0x0020, 0x0030, 0x0042, 0x0B0A, 0x0B0F, 0x0B23 };
  for (guint hook = 0; hook <= 0xFFFF; hook++)
    {
      EtlEvent event = { .hook = (guint16) hook, .version = 2 };
      gboolean is_known = FALSE;
      for (gsize i = 0; i < G_N_ELEMENTS (hooks); i++)
        is_known |= hook == hooks[i];
      g_assert_cmpint (system_event_is_one (&event), ==, is_known);
    }
  g_auto (KernelFixture) fixture;
  kernel_fixture_init (&fixture, 0x0030, 2, 8, "");
  assert_texts (&fixture, SYSTEM_EVENT_RUNDOWN_START, NULL, NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/system-event/build", test_build);
  g_test_add_func ("/kernel/system-event/volume", test_volume);
  g_test_add_func ("/kernel/system-event/processors", test_processors);
  g_test_add_func ("/kernel/system-event/processor-name", test_processor_name);
  g_test_add_func ("/kernel/system-event/group-masks", test_group_masks);
  g_test_add_func ("/kernel/system-event/service", test_service);
  g_test_add_func ("/kernel/system-event/losses", test_losses);
  g_test_add_func ("/kernel/system-event/rundown-and-hooks", test_rundown_and_hooks);
  return g_test_run ();
}
