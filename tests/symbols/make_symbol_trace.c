/* Makes a trace that was never merged: its one kernel module has no PDB identity, only name, time stamp and size.
 *
 * usage: make-symbol-trace FILE PATH SIZE TIMESTAMP RVA... (numbers in hexadecimal)
 *
 * Each RVA becomes a block of a page that was allocated there and never freed.
 */
#include "sample/etl_writer_events.h"

#define KERNEL_BASE 0xfffff80000400000u

static guint64
parse (const char *text)
{
  return g_ascii_strtoull (text, NULL, 16);
}

int
main (int argc, char **argv)
{
  EtlWriterOptions options;
  g_autoptr (GError) error = NULL;
  if (argc < 6)
    {
      g_printerr ("usage: make-symbol-trace FILE PATH SIZE TIMESTAMP RVA...\n");
      return 2;
    }
  etl_writer_options_init (&options);
  EtlWriter *writer = etl_writer_new (&options);
  EtlEvent at = { .ticks = options.first_ticks, .process_id = 4, .thread_id = 8 };
  EtlImage image = { .base = KERNEL_BASE,
                     .size_bytes = parse (argv[3]),
                     .time_date_stamp = (guint32) parse (argv[4]),
                     .path = argv[2] };
  etl_writer_image (writer, &at, ETL_IMAGE_DC_START, &image);
  for (int i = 5; i < argc; i++)
    {
      at.ticks += 10;
      EtlPoolBlock block
          = { 0x200, etl_tag ("Leak"), 4096, 0xffffa00000000000 + 0x1000 * (guint64) (i + 1), 0 };
      /* Right behind the RVA: a return address counts to what stands before it. */
      guint64 frame = KERNEL_BASE + parse (argv[i]) + 1;
      etl_writer_pool (writer, &at, ETL_POOL_ALLOCATION, &block);
      etl_writer_stack (writer, &at, at.ticks, &frame, 1);
    }
  g_autoptr (GBytes) bytes = etl_writer_finish (writer);
  etl_writer_free (writer);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);
  if (g_file_set_contents (argv[1], data, (gssize) size, &error))
    return 0;
  g_printerr ("make-symbol-trace: %s\n", error->message);
  return 1;
}
