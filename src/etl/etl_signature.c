#include "etl/etl_signature.h"

#include "etl/etl_file.h"
#include "etl/etl_layouts.h"

#define HEADER_EVENT etl_buffer_header_SIZE /* offset of the first event */

typedef struct
{
  const char *bytes;
  gsize size;
  const char *sentence; /* behind the file's name */
} ForeignSignature;

#define FOREIGN(bytes, sentence)                                                                             \
  {                                                                                                          \
    bytes, sizeof (bytes) - 1, sentence                                                                      \
  }

#define UNPACK "; unpack it first, then open the .etl file that was inside"

static const ForeignSignature foreign_signatures[] = {
  FOREIGN ("ElfFile\0",
           "is an event log of the Event Viewer (.evtx) and not a trace (.etl); such logs hold no pool "
           "events: record a trace with wpr or xperf"),
  FOREIGN ("PK\x03\x04", "is a ZIP archive" UNPACK),
  FOREIGN ("PK\x05\x06", "is an empty ZIP archive; copy the archive again, or ask for the .etl file"),
  FOREIGN ("MSCF", "is a cabinet archive" UNPACK),
  FOREIGN ("7z\xBC\xAF\x27\x1C", "is a 7-Zip archive" UNPACK),
  FOREIGN ("\x1F\x8B", "is a gzip archive" UNPACK),
  FOREIGN ("\x28\xB5\x2F\xFD", "is a Zstandard archive" UNPACK),
  FOREIGN ("\xFD"
           "7zXZ\0",
           "is an xz archive" UNPACK),
  FOREIGN ("Rar!\x1A\x07", "is a RAR archive" UNPACK),
  FOREIGN ("Microsoft C/C++ MSF 7.00", "is a symbol file (PDB) and not a trace; open the .etl file instead"),
  FOREIGN ("Microsoft C/C++ program database",
           "is an old symbol file (PDB) and not a trace; open the .etl file instead"),
  FOREIGN ("BSJB", "is a portable symbol file (PDB) and not a trace; open the .etl file instead"),
  FOREIGN (
      "PML_",
      "is a log of Process Monitor (.pml), which holds no pool events; record a trace with wpr or xperf"),
  FOREIGN ("MDMP", "is a crash dump of a process and not a trace; record a trace with wpr or xperf"),
  FOREIGN ("PAGEDU64", "is a crash dump of Windows and not a trace; record a trace with wpr or xperf"),
  FOREIGN ("PAGEDUMP", "is a crash dump of Windows and not a trace; record a trace with wpr or xperf"),
  FOREIGN ("MZ", "is a Windows program or driver and not a trace; open the .etl file instead"),
};

/* The text of @start as 8 bit, whatever of UTF-8, UTF-16LE or UTF-16BE it is in; other bytes give "". */
static char *
dup_start_of_text (ByteSpan start)
{
  gsize step = 1, at = 0;
  if (start.size >= 3 && memcmp (start.bytes, "\xEF\xBB\xBF", 3) == 0)
    at = 3;
  else if (start.size >= 2 && start.bytes[0] == 0xFF && start.bytes[1] == 0xFE)
    at = 2, step = 2;
  else if (start.size >= 2 && start.bytes[0] == 0xFE && start.bytes[1] == 0xFF)
    at = 3, step = 2;
  GString *text = g_string_new (NULL);
  for (; at < start.size; at += step)
    {
      guint8 byte = start.bytes[at];
      if (byte < 0x20 && !g_ascii_isspace ((char)byte))
        {
          g_string_truncate (text, 0);
          break;
        }
      g_string_append_c (text, (char)byte);
    }
  return g_string_free (text, FALSE);
}

static const char *
find_text_sentence (ByteSpan start)
{
  g_autofree char *text = dup_start_of_text (start);
  const char *word = g_strchug (text);
  if (*word == '\0')
    return NULL;
  if (strstr (word, "<WindowsPerformanceRecorder"))
    return "is a recording profile (.wprp) and not a trace; record with it (wpr -start), then open the .etl "
           "file";
  if (*word == '<')
    return "is an XML file and not a trace; if tracerpt made it, open the .etl file it was made from";
  return "is a text file and not a trace; open the .etl file that wpr or xperf wrote";
}

/* Damage may have hit any one or two of these, so that a majority decides. */
static gboolean
looks_like_trace (ByteSpan start)
{
  if (start.size < HEADER_EVENT + etl_system_header_SIZE)
    return FALSE;
  const guint8 *event = start.bytes + HEADER_EVENT, *payload = event + etl_system_header_SIZE;
  guint32 size = etl_buffer_header_get_buffer_size (start.bytes);
  guint8 type = etl_system_header_get_type (event);
  guint n_signs = 0;
  if (size >= HEADER_EVENT && size <= ETL_BUFFER_SIZE_MAXIMUM)
    n_signs++;
  if (etl_buffer_header_get_type (start.bytes) == ETL_BUFFER_TYPE_HEADER)
    n_signs++;
  if (etl_system_header_get_flags (event) == ETL_EVENT_FLAGS_TRACE_HEADER
      && (type == ETL_EVENT_TYPE_SYSTEM_32 || type == ETL_EVENT_TYPE_SYSTEM_64))
    n_signs += 2;
  if (etl_system_header_get_hook (event) == 0)
    n_signs++;
  if (start.size >= HEADER_EVENT + etl_system_header_SIZE + etl_log_header_common_SIZE)
    {
      guint32 pointer_size = etl_log_header_common_get_pointer_size (payload);
      n_signs += pointer_size == 4 || pointer_size == 8 ? 1 : 0;
    }
  return n_signs >= 4;
}

/* Whether a file that begins with @start (ETL_SIGNATURE_BYTES, fewer only if it is shorter, but not
 * empty) is an .etl file, damaged or not. @error (ETL_ERROR_NOT_A_TRACE, ETL_ERROR_DAMAGED) says what
 * @display_name is instead.
 */
gboolean
etl_signature_check (ByteSpan start, const char *display_name, GError **error)
{
  if (looks_like_trace (start))
    return TRUE;
  const char *sentence = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (foreign_signatures) && !sentence; i++)
    {
      const ForeignSignature *foreign = &foreign_signatures[i];
      if (start.size >= foreign->size && memcmp (start.bytes, foreign->bytes, foreign->size) == 0)
        sentence = foreign->sentence;
    }
  if (!sentence)
    sentence = find_text_sentence (start);
  if (sentence)
    {
      g_set_error (error, ETL_ERROR, ETL_ERROR_NOT_A_TRACE, "“%s” %s", display_name, sentence);
      return FALSE;
    }
  if (start.size >= HEADER_EVENT + etl_system_header_SIZE)
    g_set_error (
        error, ETL_ERROR, ETL_ERROR_NOT_A_TRACE,
        "“%s” is not a Windows event trace: no trace header at offset 0x%x; choose an .etl file that wpr or "
        "xperf wrote",
        display_name, (guint)HEADER_EVENT);
  else
    g_set_error (error, ETL_ERROR, ETL_ERROR_DAMAGED,
                 "“%s” ends at offset 0x%x, inside the header that a trace begins with; if it is a trace, "
                 "copy it again",
                 display_name, (guint)start.size);
  return FALSE;
}
