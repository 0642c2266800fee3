#include "kernel/image_event.h"
#include "kernel_fixture.h"

#define BASE_64 "00 00 2F D0 F9 07 00 00 (base)"
#define BASE_32 "00 00 71 77 (base)"
#define PROCESS " 3C 0E 00 00 (process)"
#define STAMPS " D6 DF 1B 00 (checksum) 92 AB 10 50 (time stamp) 00 00 00 00 (signature)"
#define RESERVED " 01 00 00 00 02 00 00 00 03 00 00 00 04 00 00 00"
#define PATH " L\"\\SystemRoot\\ntdll.dll\" 00 00"

static const guint8 identity_guid[16]
    = { 0xd7, 0x75, 0xe6, 0xb3, 0x54, 0x25, 0x18, 0x4f, 0x83, 0x0b, 0x27, 0x62, 0x73, 0x25, 0x60, 0xde };

static gboolean
decode (const EtlEvent *event)
{
  ImageEvent image_event;
  if (!image_event_decode (event, &image_event))
    return FALSE;
  image_event_clear (&image_event);
  return TRUE;
}

static void
test_versions (void)
{
  const struct
  {
    guint8 version;
    guint pointer_size;
    const char *payload;
    gsize shortest;
    guint32 process_id;
  } cases[] = {
    { 0, 4, BASE_32 " 00 E0 1B 00 (size)" PATH, 8, 0x77 },
    { 0, 8, BASE_64 " 00 E0 1B 00 (size)" PATH, 12, 0x77 },
    { 1, 4, BASE_32 " 00 E0 1B 00 (size)" PROCESS PATH, 12, 3644 },
    { 1, 8, BASE_64 " 00 E0 1B 00 00 00 00 00 (size)" PROCESS PATH, 20, 3644 },
    { 2, 4, BASE_32 " 00 E0 1B 00 (size)" PROCESS STAMPS BASE_32 RESERVED PATH, 0x2C, 3644 },
    { 2, 8, BASE_64 " 00 E0 1B 00 00 00 00 00 (size)" PROCESS STAMPS BASE_64 RESERVED PATH, 0x38, 3644 },
    { 3, 8, BASE_64 " 00 E0 1B 00 00 00 00 00 (size)" PROCESS STAMPS BASE_64 RESERVED PATH, 0x38, 3644 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      ImageEvent image_event;
      kernel_fixture_init (&fixture, 0x030A, cases[i].version, cases[i].pointer_size, cases[i].payload);
      g_assert_true (image_event_decode (&fixture.event, &image_event));
      g_assert_cmphex (image_event.base_address, ==, cases[i].pointer_size == 8 ? 0x7F9D02F0000 : 0x77710000);
      g_assert_cmpuint (image_event.size_bytes, ==, 1826816);
      g_assert_cmpuint (image_event.process_id, ==, cases[i].process_id);
      g_assert_cmpuint (image_event.checksum, ==, cases[i].version >= 2 ? 0x1BDFD6 : 0);
      g_assert_cmpuint (image_event.time_date_stamp, ==, cases[i].version >= 2 ? 1343269778 : 0);
      g_assert_cmpstr (image_event.path, ==, "\\SystemRoot\\ntdll.dll");
      image_event_clear (&image_event);
      kernel_fixture_assert_shortest (&fixture, cases[i].shortest, decode);
    }
}

static void
test_hooks (void)
{
  const struct
  {
    guint16 hook;
    LifeKind kind;
  } cases[] = { { 0x030A, LIFE_START },
                { 0x1402, LIFE_END },
                { 0x1403, LIFE_RUNDOWN_START },
                { 0x1404, LIFE_RUNDOWN_END } };
  guint n_hooks = 0;
  for (guint hook = 0; hook <= 0xFFFF; hook++)
    {
      EtlEvent event = { .hook = (guint16) hook };
      n_hooks += image_event_is_one (&event);
    }
  g_assert_cmpuint (n_hooks, ==, G_N_ELEMENTS (cases));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      ImageEvent image_event;
      kernel_fixture_init (&fixture, cases[i].hook, 0, 4, BASE_32 "00 E0 1B 00 L\"no terminator\"");
      g_assert_true (image_event_is_one (&fixture.event));
      g_assert_true (image_event_decode (&fixture.event, &image_event));
      g_assert_cmpint (image_event.kind, ==, cases[i].kind);
      g_assert_cmpstr (image_event.path, ==, "no terminator");
      image_event_clear (&image_event);
    }
}

/* Version 0 has no process: a module in the kernel's half is the kernel's, whoever loaded it. */
static void
test_kernel_module_without_process (void)
{
  g_auto (KernelFixture) kernel, unknown;
  ImageEvent image_event;
  kernel_fixture_init (&kernel, 0x030A, 0, 4, "00 00 41 82 00 E0 1B 00" PATH);
  g_assert_true (image_event_decode (&kernel.event, &image_event));
  g_assert_cmpuint (image_event.process_id, ==, 0);
  image_event_clear (&image_event);
  kernel_fixture_init (&unknown, 0x030A, 0, 4, BASE_32 "00 E0 1B 00" PATH);
  unknown.event.process_id = ETL_ID_UNKNOWN;
  g_assert_true (image_event_decode (&unknown.event, &image_event));
  g_assert_cmpuint (image_event.process_id, ==, 0);
  image_event_clear (&image_event);
}

static gboolean
decode_identity (const EtlEvent *event)
{
  ImageIdentityEvent identity_event;
  if (!image_identity_event_decode (event, &identity_event))
    return FALSE;
  image_identity_event_clear (&identity_event);
  return TRUE;
}

#define GUID_BYTES " 00 21 48 72 1C 1C 03 4A 8B 9A AB BC CD DE EF F0 (GUID)"
#define AGE " 02 00 00 00 (age)"
#define STAMP " 4B AC 10 50 (time stamp)"

static void
test_rsds (void)
{
  const guint8 guid[16]
      = { 0x00, 0x21, 0x48, 0x72, 0x1C, 0x1C, 0x03, 0x4A, 0x8B, 0x9A, 0xAB, 0xBC, 0xCD, 0xDE, 0xEF, 0xF0 };
  const struct
  {
    guint pointer_size;
    const char *payload;
    gsize shortest;
  } cases[] = {
    { 8, "00 90 48 21 00 F8 FF FF (base)" PROCESS GUID_BYTES AGE "\"ntkrnlmp.pdb\" 00", 0x20 },
    { 4, "00 90 48 81 (base)" PROCESS GUID_BYTES AGE "\"ntkrnlmp.pdb\"", 0x1C },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      ImageIdentityEvent identity_event;
      kernel_fixture_init_full (&fixture, identity_guid, 0x24, cases[i].pointer_size, cases[i].payload);
      g_assert_true (image_identity_event_is_one (&fixture.event));
      g_assert_true (image_identity_event_decode (&fixture.event, &identity_event));
      g_assert_cmpint (identity_event.kind, ==, IMAGE_IDENTITY_RSDS);
      g_assert_cmphex (identity_event.base_address, ==,
                       cases[i].pointer_size == 8 ? 0xFFFFF80021489000 : 0x81489000);
      g_assert_cmpuint (identity_event.process_id, ==, 3644);
      g_assert_cmpmem (identity_event.guid, 16, guid, 16);
      g_assert_cmpuint (identity_event.age, ==, 2);
      g_assert_cmpstr (identity_event.name, ==, "ntkrnlmp.pdb");
      image_identity_event_clear (&identity_event);
      kernel_fixture_assert_shortest (&fixture, cases[i].shortest, decode_identity);
    }
}

static void
test_file (void)
{
  const struct
  {
    guint pointer_size;
    const char *payload;
    gsize shortest;
  } cases[] = {
    { 8, BASE_64 "00 E0 1B 00 00 00 00 00" PROCESS STAMP "L\"ntdll.dll\" 00 00", 0x18 },
    { 4, BASE_32 "00 E0 1B 00" PROCESS STAMP "L\"ntdll.dll\"", 0x10 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (KernelFixture) fixture;
      ImageIdentityEvent identity_event;
      kernel_fixture_init_full (&fixture, identity_guid, 0, cases[i].pointer_size, cases[i].payload);
      g_assert_true (image_identity_event_decode (&fixture.event, &identity_event));
      g_assert_cmpint (identity_event.kind, ==, IMAGE_IDENTITY_FILE);
      g_assert_cmphex (identity_event.base_address, ==,
                       cases[i].pointer_size == 8 ? 0x7F9D02F0000 : 0x77710000);
      g_assert_cmpuint (identity_event.size_bytes, ==, 1826816);
      g_assert_cmpuint (identity_event.process_id, ==, 3644);
      g_assert_cmpuint (identity_event.time_date_stamp, ==, 1343269963);
      g_assert_cmpstr (identity_event.name, ==, "ntdll.dll");
      image_identity_event_clear (&identity_event);
      kernel_fixture_assert_shortest (&fixture, cases[i].shortest, decode_identity);
    }
}

static void
test_file_version (void)
{
  g_auto (KernelFixture) whole, cut;
  ImageIdentityEvent identity_event;
  kernel_fixture_init_full (&whole, identity_guid, 0x40, 8,
                            "00 80 74 00 (size)" STAMP "L\"ntkrnlmp.exe\" 00 00 L\"NT Kernel\" 00 00"
                            "L\"6.2.9200.16384\" 00 00 L\"6.2\" 00 00");
  g_assert_true (image_identity_event_decode (&whole.event, &identity_event));
  g_assert_cmpint (identity_event.kind, ==, IMAGE_IDENTITY_VERSION);
  g_assert_cmpuint (identity_event.size_bytes, ==, 7634944);
  g_assert_cmpuint (identity_event.time_date_stamp, ==, 1343269963);
  g_assert_cmpstr (identity_event.name, ==, "ntkrnlmp.exe");
  g_assert_cmpstr (identity_event.file_version, ==, "6.2.9200.16384");
  image_identity_event_clear (&identity_event);
  kernel_fixture_assert_shortest (&whole, 8, decode_identity);
  kernel_fixture_init_full (&cut, identity_guid, 0x40, 8, "00 80 74 00" STAMP "L\"hal.d\"");
  g_assert_true (image_identity_event_decode (&cut.event, &identity_event));
  g_assert_cmpstr (identity_event.name, ==, "hal.d");
  g_assert_cmpstr (identity_event.file_version, ==, "");
  image_identity_event_clear (&identity_event);
}

static void
test_other_identities (void)
{
  const guint8 opcodes[] = { 0x20, 0x25, 0x26, 0x28 };
  for (gsize i = 0; i < G_N_ELEMENTS (opcodes); i++)
    {
      g_auto (KernelFixture) wide, narrow;
      ImageIdentityEvent identity_event;
      kernel_fixture_init_full (&wide, identity_guid, opcodes[i], 8, BASE_64 PROCESS "01 02 03 04");
      g_assert_true (image_identity_event_decode (&wide.event, &identity_event));
      g_assert_cmpint (identity_event.kind, ==, IMAGE_IDENTITY_OTHER);
      g_assert_cmphex (identity_event.base_address, ==, 0x7F9D02F0000);
      g_assert_cmpuint (identity_event.process_id, ==, 3644);
      kernel_fixture_assert_shortest (&wide, 12, decode_identity);
      kernel_fixture_init_full (&narrow, identity_guid, opcodes[i], 4, BASE_32 PROCESS "01 02 03 04");
      kernel_fixture_assert_shortest (&narrow, 8, decode_identity);
    }
  g_auto (KernelFixture) unknown;
  kernel_fixture_init_full (&unknown, identity_guid, 0x77, 8, "01 02");
  kernel_fixture_assert_shortest (&unknown, 0, decode_identity);
}

static void
test_other_providers (void)
{
  g_auto (KernelFixture) fixture;
  guint8 guid[16];
  memcpy (guid, identity_guid, 16);
  guid[15] ^= 1;
  kernel_fixture_init_full (&fixture, guid, 0x24, 8, "");
  g_assert_false (image_identity_event_is_one (&fixture.event));
  fixture.event.guid = identity_guid;
  g_assert_true (image_identity_event_is_one (&fixture.event));
  fixture.event.kind = ETL_HEADER_EVENT;
  g_assert_false (image_identity_event_is_one (&fixture.event));
  fixture.event.kind = ETL_HEADER_SYSTEM;
  fixture.event.guid = NULL;
  g_assert_false (image_identity_event_is_one (&fixture.event));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/kernel/image-event/versions", test_versions);
  g_test_add_func ("/kernel/image-event/hooks", test_hooks);
  g_test_add_func ("/kernel/image-event/kernel-module-without-process", test_kernel_module_without_process);
  g_test_add_func ("/kernel/image-identity-event/rsds", test_rsds);
  g_test_add_func ("/kernel/image-identity-event/file", test_file);
  g_test_add_func ("/kernel/image-identity-event/file-version", test_file_version);
  g_test_add_func ("/kernel/image-identity-event/other", test_other_identities);
  g_test_add_func ("/kernel/image-identity-event/other-providers", test_other_providers);
  return g_test_run ();
}
