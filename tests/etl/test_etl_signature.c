#include "hex_image.h"
#include "trace_walk.h"

/* Files that are no traces, each with its own sentence. */

static void
assert_refused (const void *data, gsize size, EtlError code, const char *phrase)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_assert_null (trace_open (bytes, &error));
  g_assert_error (error, ETL_ERROR, (int)code);
  g_assert_true (g_str_has_prefix (error->message, "“test.etl” "));
  if (!strstr (error->message, phrase))
    g_error ("“%s” is not in: %s", phrase, error->message);
  g_assert_true (g_utf8_validate (error->message, -1, NULL));
}

static void
test_foreign (void)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *phrase;
  } cases[] = {
#define CASE(text, phrase) { text, sizeof (text) - 1, phrase }
    CASE ("ElfFile\0\0\0\0\0", ".evtx"),
    CASE ("PK\x03\x04 and so on", "ZIP archive; unpack it first"),
    CASE ("MSCF\0\0\0\0", "cabinet archive; unpack it first"),
    CASE ("7z\xBC\xAF\x27\x1C\0\4", "7-Zip archive; unpack it first"),
    CASE ("\x1F\x8B\x08\0", "gzip archive; unpack it first"),
    CASE ("Microsoft C/C++ MSF 7.00\r\n\x1A"
          "DS\0\0\0",
          "PDB"),
    CASE ("BSJB\1\0\1\0", "PDB"),
    CASE ("PML_\x09\0\0\0", "Process Monitor"),
    CASE ("MZ\x90\0\3\0", "program"),
    CASE ("<?xml version=\"1.0\"?>\n<WindowsPerformanceRecorder Version=\"1.0\">", ".wprp"),
    CASE ("\xEF\xBB\xBF<?xml version=\"1.0\"?>\r\n<Events>", "XML file"),
    CASE ("\xFF\xFE<\0?\0x\0m\0l\0", "XML file"),
    CASE ("Tag, Allocs, Frees\r\nLeak, 12, 0\r\n", "text file"),
    CASE ("P\xC3\xA9riode 1\n", "text file"),
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_refused (cases[i].bytes, cases[i].size, ETL_ERROR_NOT_A_TRACE, cases[i].phrase);
}

static void
test_empty (void)
{
  assert_refused ("", 0, ETL_ERROR_EMPTY, "0 bytes");
}

static void
test_unknown (void)
{
  guint8 bytes[4096] = { 0x01, 0x02, 0x03 };
  assert_refused (bytes, sizeof bytes, ETL_ERROR_NOT_A_TRACE, "offset 0x48");
  memset (bytes, 0, sizeof bytes);
  assert_refused (bytes, sizeof bytes, ETL_ERROR_NOT_A_TRACE, "offset 0x48");
  assert_refused (bytes, 16, ETL_ERROR_DAMAGED, "ends at offset 0x10");
}

static void
test_too_old (void)
{
  g_autoptr (GBytes) example = worked_example_new ();
  gsize size;
  g_autofree guint8 *bytes = g_bytes_unref_to_data (g_steal_pointer (&example), &size);
  /* Windows 5.1, log format 1.2. */
  memcpy (bytes + 0x6C, "\5\1\1\2", 4);
  assert_refused (bytes, size, ETL_ERROR_TOO_OLD, "Windows XP");
  /* A format number alone may be damage. */
  bytes[0x6C] = 10;
  g_autoptr (GBytes) readable = g_bytes_new (bytes, size);
  g_autoptr (TraceWalk) walk = trace_walk_new (readable);
  g_assert_cmpuint (walk->events->len, ==, 3);
}

static void
test_cut_trace_header (void)
{
  g_autoptr (GBytes) example = worked_example_new ();
  assert_refused (g_bytes_get_data (example, NULL), 0x17F, ETL_ERROR_DAMAGED, "offset 0x68");
  assert_refused (g_bytes_get_data (example, NULL), 0x180, ETL_ERROR_DAMAGED, "offset 0x48");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/etl-signature/foreign", test_foreign);
  g_test_add_func ("/etl-signature/empty", test_empty);
  g_test_add_func ("/etl-signature/unknown", test_unknown);
  g_test_add_func ("/etl-signature/too-old", test_too_old);
  g_test_add_func ("/etl-signature/cut-trace-header", test_cut_trace_header);
  return g_test_run ();
}
