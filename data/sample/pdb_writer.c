#include "sample/pdb_writer.h"

#include <string.h>

/* The streams of the file in their order. */
enum
{
  STREAM_OLD_DIRECTORY,
  STREAM_INFO,
  STREAM_TYPES,
  STREAM_DBI,
  STREAM_IDS,
  STREAM_GLOBALS,
  STREAM_PUBLICS,
  STREAM_SYMBOLS,
  STREAM_SECTIONS,
  STREAM_MODULE,
  STREAM_NAMES,
  N_STREAMS,
  NO_STREAM = 0xFFFF,
};

enum
{
  PAGE_BYTES = 512,
  N_DEBUG_STREAMS = 11,
  DEBUG_STREAM_SECTIONS = 5,
  SYMBOL_HASH_BYTES = 16,
  FIRST_TYPE = 0x1000,
  CODE_SECTION_FLAGS = 0x60000020, /* code, execute, read */
  MACHINE_X64 = 0x8664,
  SUBSECTION_LINES = 0xF2,
  SUBSECTION_CHECKSUMS = 0xF4,
};

static const char code_object_name[] = "functions.obj";
static const char names_stream_name[] = "/names";

static void
put_u16 (GByteArray *stream, guint value)
{
  guint16 bytes = GUINT16_TO_LE ((guint16)value);
  g_byte_array_append (stream, (const guint8 *)&bytes, sizeof bytes);
}

static void
put_u32 (GByteArray *stream, guint32 value)
{
  guint32 bytes = GUINT32_TO_LE (value);
  g_byte_array_append (stream, (const guint8 *)&bytes, sizeof bytes);
}

static void
put_zeros (GByteArray *stream, guint n)
{
  for (guint i = 0; i < n; i++)
    g_byte_array_append (stream, (const guint8 *)"", 1);
}

static void
put_string (GByteArray *stream, const char *text)
{
  g_byte_array_append (stream, (const guint8 *)text, (guint)strlen (text) + 1);
}

/* Fills up to a multiple of @n bytes. */
static void
pad (GByteArray *stream, guint n)
{
  put_zeros (stream, (n - stream->len % n) % n);
}

static void
put_info (GByteArray *stream, const PdbImage *image)
{
  put_u32 (stream, 20000404);
  put_u32 (stream, image->time_date_stamp);
  put_u32 (stream, image->age);
  g_byte_array_append (stream, image->guid, sizeof image->guid);
  /* One named stream: its name, a table of one place that is taken (a bitmap), and one of places deleted. */
  put_u32 (stream, sizeof names_stream_name);
  put_string (stream, names_stream_name);
  put_u32 (stream, 1);
  put_u32 (stream, 1);
  put_u32 (stream, 1);
  put_u32 (stream, 1);
  put_u32 (stream, 0);
  put_u32 (stream, 0);
  put_u32 (stream, STREAM_NAMES);
  put_u32 (stream, 0);
  put_u32 (stream, 20140508); /* as of Visual C++ 2015 */
}

/* The streams of types and of ids, both empty. */
static void
put_types (GByteArray *stream)
{
  put_u32 (stream, 20040203);
  put_u32 (stream, 56);
  put_u32 (stream, FIRST_TYPE);
  put_u32 (stream, FIRST_TYPE);
  put_u32 (stream, 0);
  put_u16 (stream, NO_STREAM);
  put_u16 (stream, NO_STREAM);
  put_u32 (stream, 4);
  put_u32 (stream, 0x3FFFF);
  put_zeros (stream, 6 * 4);
}

/* A hash of symbols, which without symbols has no buckets either. */
static void
put_symbol_hash (GByteArray *stream)
{
  put_u32 (stream, G_MAXUINT32);
  put_u32 (stream, 0xF12F091A);
  put_u32 (stream, 0);
  put_u32 (stream, 0);
}

static void
put_publics (GByteArray *stream)
{
  put_u32 (stream, SYMBOL_HASH_BYTES);
  put_zeros (stream, 24);
  put_symbol_hash (stream);
}

static void
put_sections (GByteArray *stream, const PdbImage *image)
{
  const guint32 size = image->image_size_bytes - PDB_CODE_RVA;
  g_byte_array_append (stream, (const guint8 *)".text\0\0", 8);
  put_u32 (stream, size);
  put_u32 (stream, PDB_CODE_RVA);
  put_u32 (stream, size);
  put_u32 (stream, PDB_CODE_RVA);
  put_zeros (stream, 12);
  put_u32 (stream, CODE_SECTION_FLAGS);
}

/* A global procedure and, behind it, its end. */
static void
put_procedure (GByteArray *stream, const PdbFunction *function)
{
  const guint start = stream->len;
  const guint size = (39 + (guint)strlen (function->name) + 1 + 3) & ~3u;
  put_u16 (stream, size - 2);
  put_u16 (stream, 0x1110);
  put_u32 (stream, 0);            /* no parent */
  put_u32 (stream, start + size); /* its end */
  put_u32 (stream, 0);
  put_u32 (stream, function->size_bytes);
  put_u32 (stream, 0);
  put_u32 (stream, function->size_bytes);
  put_u32 (stream, 0); /* no type */
  put_u32 (stream, function->rva - PDB_CODE_RVA);
  put_u16 (stream, 1);
  put_zeros (stream, 1);
  put_string (stream, function->name);
  pad (stream, 4);
  put_u16 (stream, 2);
  put_u16 (stream, 0x0006);
}

/* The lines of one function, one behind the other. */
static void
put_lines (GByteArray *stream, const PdbFunction *function)
{
  const guint32 n_lines = (function->size_bytes + PDB_BYTES_PER_LINE - 1) / PDB_BYTES_PER_LINE;
  put_u32 (stream, SUBSECTION_LINES);
  put_u32 (stream, 12 + 12 + 8 * n_lines);
  put_u32 (stream, function->rva - PDB_CODE_RVA);
  put_u16 (stream, 1);
  put_u16 (stream, 0);
  put_u32 (stream, function->size_bytes);
  put_u32 (stream, 0); /* the file whose check sum comes first */
  put_u32 (stream, n_lines);
  put_u32 (stream, 12 + 8 * n_lines);
  for (guint32 i = 0; i < n_lines; i++)
    {
      put_u32 (stream, i * PDB_BYTES_PER_LINE);
      put_u32 (stream, (function->first_line + i) | 1u << 31); /* a statement */
    }
}

/* The sizes of what stands in the module's stream. */
typedef struct
{
  guint32 symbols_bytes, lines_bytes;
} ModuleSizes;

static ModuleSizes
put_module_stream (GByteArray *stream, const PdbImage *image)
{
  put_u32 (stream, 4);
  for (guint i = 0; i < image->n_functions; i++)
    put_procedure (stream, &image->functions[i]);
  guint32 symbols_bytes = stream->len;
  if (image->source_file)
    {
      put_u32 (stream, SUBSECTION_CHECKSUMS);
      put_u32 (stream, 8);
      put_u32 (stream, 1);    /* where in the names the file's begins */
      put_zeros (stream, 4);  /* without a check sum */
      for (guint i = 0; i < image->n_functions; i++)
        put_lines (stream, &image->functions[i]);
    }
  guint32 lines_bytes = stream->len - symbols_bytes;
  put_u32 (stream, 0); /* no references to global symbols */
  return (ModuleSizes){ symbols_bytes, lines_bytes };
}

/* The strings, an empty one first, and a hash of them that has no entry. */
static void
put_names (GByteArray *stream, const PdbImage *image)
{
  const char *name = image->source_file ? image->source_file : "";
  put_u32 (stream, 0xEFFEEFFE);
  put_u32 (stream, 1);
  put_u32 (stream, 1 + (guint32)strlen (name) + 1);
  put_string (stream, "");
  put_string (stream, name);
  put_u32 (stream, 1);
  put_u32 (stream, 0);
  put_u32 (stream, 1);
}

static void
put_contribution (GByteArray *stream, guint32 offset, guint32 size)
{
  put_u16 (stream, 1);
  put_u16 (stream, 0);
  put_u32 (stream, offset);
  put_u32 (stream, size);
  put_u32 (stream, CODE_SECTION_FLAGS);
  put_u16 (stream, 0);
  put_u16 (stream, 0);
  put_u32 (stream, 0);
  put_u32 (stream, 0);
}

static void
put_module (GByteArray *stream, const PdbImage *image, ModuleSizes sizes)
{
  put_u32 (stream, 0);
  put_contribution (stream, 0, image->image_size_bytes - PDB_CODE_RVA);
  put_u16 (stream, 0);
  put_u16 (stream, STREAM_MODULE);
  put_u32 (stream, sizes.symbols_bytes);
  put_u32 (stream, 0);
  put_u32 (stream, sizes.lines_bytes);
  put_zeros (stream, 16);
  put_string (stream, code_object_name);
  put_string (stream, code_object_name);
  pad (stream, 4);
}

static void
put_contributions (GByteArray *stream, const PdbImage *image)
{
  put_u32 (stream, 0xF12EBA2D);
  for (guint i = 0; i < image->n_functions; i++)
    put_contribution (stream, image->functions[i].rva - PDB_CODE_RVA, image->functions[i].size_bytes);
}

static void
put_dbi (GByteArray *stream, const PdbImage *image, ModuleSizes sizes)
{
  g_autoptr (GByteArray) module = g_byte_array_new ();
  g_autoptr (GByteArray) contributions = g_byte_array_new ();
  g_autoptr (GByteArray) files = g_byte_array_new ();
  put_module (module, image, sizes);
  put_u16 (files, 1); /* one module, no source files */
  put_zeros (files, 3 * 2);
  put_contributions (contributions, image);
  put_u32 (stream, G_MAXUINT32);
  put_u32 (stream, 19990903);
  put_u32 (stream, image->age);
  put_u16 (stream, STREAM_GLOBALS);
  put_u16 (stream, 0x8E00);
  put_u16 (stream, STREAM_PUBLICS);
  put_u16 (stream, 0);
  put_u16 (stream, STREAM_SYMBOLS);
  put_u16 (stream, 0);
  put_u32 (stream, module->len);
  put_u32 (stream, contributions->len);
  put_u32 (stream, 0); /* no section map */
  put_u32 (stream, files->len);
  put_zeros (stream, 2 * 4); /* no type servers */
  put_u32 (stream, 2 * N_DEBUG_STREAMS);
  put_u32 (stream, 0);
  put_u16 (stream, 0);
  put_u16 (stream, MACHINE_X64);
  put_u32 (stream, 0);
  g_byte_array_append (stream, module->data, module->len);
  g_byte_array_append (stream, contributions->data, contributions->len);
  g_byte_array_append (stream, files->data, files->len);
  for (guint i = 0; i < N_DEBUG_STREAMS; i++)
    put_u16 (stream, i == DEBUG_STREAM_SECTIONS ? STREAM_SECTIONS : NO_STREAM);
}

static guint
count_pages (guint size)
{
  return (size + PAGE_BYTES - 1) / PAGE_BYTES;
}

/* Puts @stream on the next pages of @file, around those of the free page maps, and notes them in @pages. */
static void
put_on_pages (GByteArray *file, const GByteArray *stream, GByteArray *pages)
{
  for (guint offset = 0; offset < stream->len; offset += PAGE_BYTES)
    {
      while (file->len / PAGE_BYTES % PAGE_BYTES == 1 || file->len / PAGE_BYTES % PAGE_BYTES == 2)
        put_zeros (file, PAGE_BYTES);
      put_u32 (pages, file->len / PAGE_BYTES);
      g_byte_array_append (file, stream->data + offset, MIN (PAGE_BYTES, stream->len - offset));
      pad (file, PAGE_BYTES);
    }
}

/* Puts the streams, then the directory, then the list of its pages behind the first three pages. */
static GBytes *
make_file (GByteArray *const streams[N_STREAMS])
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) pages = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  g_autoptr (GByteArray) directory_pages = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) map_pages = g_byte_array_new ();
  put_zeros (file, 3 * PAGE_BYTES);
  put_u32 (directory, N_STREAMS);
  for (guint i = 0; i < N_STREAMS; i++)
    {
      put_u32 (directory, streams[i]->len);
      put_on_pages (file, streams[i], pages);
    }
  g_byte_array_append (directory, pages->data, pages->len);
  put_on_pages (file, directory, directory_pages);
  put_on_pages (file, directory_pages, map_pages);
  g_byte_array_append (header, (const guint8 *)"Microsoft C/C++ MSF 7.00\r\n\x1a" "DS\0\0", 32);
  put_u32 (header, PAGE_BYTES);
  put_u32 (header, 1);
  put_u32 (header, count_pages (file->len));
  put_u32 (header, directory->len);
  put_u32 (header, 0);
  g_byte_array_append (header, map_pages->data, map_pages->len);
  memcpy (file->data, header->data, header->len);
  /* The map of free pages, a bit each: those behind the end are free. */
  for (guint page = 0; page < PAGE_BYTES * 8; page++)
    if (page >= count_pages (file->len))
      file->data[PAGE_BYTES + page / 8] |= (guint8)(1u << page % 8);
  return g_byte_array_free_to_bytes (file);
}

/* Returns: (transfer full): a PDB with the functions of @image as private symbols. */
GBytes *
pdb_writer_make (const PdbImage *image)
{
  GByteArray *streams[N_STREAMS];
  for (guint i = 0; i < N_STREAMS; i++)
    streams[i] = g_byte_array_new ();
  put_info (streams[STREAM_INFO], image);
  put_types (streams[STREAM_TYPES]);
  put_types (streams[STREAM_IDS]);
  put_symbol_hash (streams[STREAM_GLOBALS]);
  put_publics (streams[STREAM_PUBLICS]);
  put_sections (streams[STREAM_SECTIONS], image);
  put_dbi (streams[STREAM_DBI], image, put_module_stream (streams[STREAM_MODULE], image));
  put_names (streams[STREAM_NAMES], image);
  GBytes *file = make_file (streams);
  for (guint i = 0; i < N_STREAMS; i++)
    g_byte_array_unref (streams[i]);
  return file;
}
