#include "symbols/msf_file.h"

#include "symbols/pdb_layouts.h"
#include "symbols/symbol_table.h"

#define SMALLEST_PAGE_BYTES 512u
#define LARGEST_PAGE_BYTES 65536u
#define MOST_STREAMS 65536u

struct _MsfFile
{
  ByteSource *source;
  guint32 page_size, n_pages;
  guint n_streams;
  guint32 *directory; /* as in the file: sizes, then page numbers; in the machine's byte order */
  gsize *first_pages; /* per stream: where its page numbers begin in the directory */
};

/* The files that may stand where a PDB is expected. */
static const struct
{
  const char *magic;
  guint size;
  const char *message;
} other_kinds[] = {
  { "Microsoft C/C++ program database 2.00\r\n\x1aJG\0", 43,
    "“%s” is a PDB of format 2.00, as Visual C++ 6 and older made them; only format 7.00 can be read" },
  { "BSJB", 4, "“%s” is a portable PDB: it has the symbols of managed code and names no native functions" },
  { "Microsoft MSFZ Container\r\n\x1a"
    "ALD\0\0",
    32, "“%s” is a compressed PDB container (MSFZ); get the uncompressed PDB from the symbol server" },
  { "MSCF", 4, "“%s” is a cabinet and has to be unpacked first; put it into a symbol store as a .pd_ file" },
};

static const char msf_magic[32] = "Microsoft C/C++ MSF 7.00\r\n\x1a"
                                  "DS\0\0";

static gboolean
check_kind (const ByteSource *source, const guint8 *bytes, gsize size, GError **error)
{
  const char *name = byte_source_get_display_name (source);
  if (size >= sizeof msf_magic && memcmp (bytes, msf_magic, sizeof msf_magic) == 0)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (other_kinds); i++)
    if (size >= other_kinds[i].size && memcmp (bytes, other_kinds[i].magic, other_kinds[i].size) == 0)
      {
        g_autoptr (GString) message = g_string_new (other_kinds[i].message);
        g_string_replace (message, "%s", name, 1);
        g_set_error_literal (error, SYMBOL_ERROR, SYMBOL_ERROR_NOT_A_PDB, message->str);
        return FALSE;
      }
  g_set_error (
      error, SYMBOL_ERROR, SYMBOL_ERROR_NOT_A_PDB,
      "“%s” is not a PDB: at its start, offset 0, the mark of one is missing; remove the file and get the "
      "symbols again",
      name);
  return FALSE;
}

void
msf_file_set_damaged (const MsfFile *self, guint stream, guint64 offset, const char *what, GError **error)
{
  g_autofree char *place = stream == MSF_NO_STREAM ? g_strdup ("") : g_strdup_printf ("stream %u, ", stream);
  g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_DAMAGED,
               "“%s” is damaged at %soffset 0x%" G_GINT64_MODIFIER
               "x: %s; remove the file and get the symbols again",
               byte_source_get_display_name (self->source), place, offset, what);
}

/* Reads @size bytes out of the pages @pages, little-endian or native as they are stored, from @offset on. */
static gboolean
read_pages (const MsfFile *self, const guint32 *pages, guint64 offset, guint8 *buffer, gsize size,
            GError **error)
{
  while (size > 0)
    {
      gsize page = (gsize)(offset / self->page_size);
      guint32 in_page = (guint32)(offset % self->page_size);
      gsize part = self->page_size - in_page;
      /* Neighbours in the file are read at once. */
      for (gsize i = page; part < size && pages[i + 1] == pages[i] + 1; i++)
        part += self->page_size;
      part = MIN (part, size);
      guint64 place = (guint64)pages[page] * self->page_size + in_page;
      gssize n = byte_source_read (self->source, place, buffer, part, error);
      if (n < 0)
        return FALSE;
      if ((gsize)n < part)
        {
          msf_file_set_damaged (self, MSF_NO_STREAM, place + (guint64)n, "the file ends here", error);
          return FALSE;
        }
      buffer += part;
      offset += part;
      size -= part;
    }
  return TRUE;
}

static gboolean
check_page_numbers (const MsfFile *self, guint32 *pages, gsize n, guint64 offset, GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      pages[i] = GUINT32_FROM_LE (pages[i]);
      if (pages[i] >= self->n_pages)
        {
          msf_file_set_damaged (self, MSF_NO_STREAM, offset + 4 * i,
                                "the directory names a page behind the last one", error);
          return FALSE;
        }
    }
  return TRUE;
}

/* Checks the sizes in the first page and keeps them. Returns the directory's size in bytes, 0 with @error. */
static guint32
read_superblock (MsfFile *self, GError **error)
{
  guint8 bytes[MSF_DIRECTORY_MAP_OFFSET];
  gssize n = byte_source_read (self->source, 0, bytes, sizeof bytes, error);
  if (n < 0 || !check_kind (self->source, bytes, (gsize)n, error))
    return 0;
  const char *problem = NULL;
  guint offset = 0x20;
  if ((gsize)n < sizeof bytes)
    {
      msf_file_set_damaged (self, MSF_NO_STREAM, (guint64)n, "the file ends here", error);
      return 0;
    }
  self->page_size = msf_superblock_get_page_size (bytes);
  self->n_pages = msf_superblock_get_n_pages (bytes);
  guint32 directory_size = msf_superblock_get_directory_size (bytes);
  guint64 covered = (guint64)self->n_pages * self->page_size;
  if (self->page_size < SMALLEST_PAGE_BYTES || self->page_size > LARGEST_PAGE_BYTES
      || (self->page_size & (self->page_size - 1)) != 0)
    problem = "the page size is not a power of two from 512 to 65536";
  else if (covered > byte_source_get_size (self->source))
    {
      problem = "the file is shorter than its number of pages; it was cut off";
      offset = 0x28;
    }
  else if (directory_size < 4 || directory_size > covered || directory_size % 4 != 0
           || directory_size > 4 * (1 + (guint64)MOST_STREAMS + 2 * (guint64)self->n_pages))
    {
      problem = "the size of the directory is impossible";
      offset = 0x2C;
    }
  if (problem)
    msf_file_set_damaged (self, MSF_NO_STREAM, offset, problem, error);
  return problem ? 0 : directory_size;
}

/* Reads the directory: the first page names pages, which name the directory's pages. */
static gboolean
read_directory (MsfFile *self, guint32 size, GError **error)
{
  gsize n_pages = ((gsize)size + self->page_size - 1) / self->page_size;
  gsize n_map_pages = (4 * n_pages + self->page_size - 1) / self->page_size;
  if (MSF_DIRECTORY_MAP_OFFSET + 4 * n_map_pages > self->page_size)
    {
      msf_file_set_damaged (self, MSF_NO_STREAM, 0x2C, "the directory is too large for its map", error);
      return FALSE;
    }
  g_autofree guint32 *map_pages = g_new (guint32, n_map_pages);
  g_autofree guint32 *pages = g_new (guint32, n_pages);
  gssize n = byte_source_read (self->source, MSF_DIRECTORY_MAP_OFFSET, map_pages, 4 * n_map_pages, error);
  if (n < 0)
    return FALSE;
  if ((gsize)n < 4 * n_map_pages)
    {
      msf_file_set_damaged (self, MSF_NO_STREAM, MSF_DIRECTORY_MAP_OFFSET, "the file ends here", error);
      return FALSE;
    }
  if (!check_page_numbers (self, map_pages, n_map_pages, MSF_DIRECTORY_MAP_OFFSET, error)
      || !read_pages (self, map_pages, 0, (guint8 *)pages, 4 * n_pages, error)
      || !check_page_numbers (self, pages, n_pages, (guint64)map_pages[0] * self->page_size, error))
    return FALSE;
  self->directory = g_new (guint32, size / 4);
  return read_pages (self, pages, 0, (guint8 *)self->directory, size, error);
}

/* Finds where each stream's page numbers are and checks them. */
static gboolean
index_streams (MsfFile *self, gsize n_words, GError **error)
{
  guint32 n_streams = GUINT32_FROM_LE (self->directory[0]);
  const char *problem = NULL;
  if (n_streams > MOST_STREAMS || n_streams >= n_words)
    problem = "the directory has too many streams";
  self->n_streams = problem ? 0 : n_streams;
  self->first_pages = g_new (gsize, self->n_streams + 1);
  gsize at = 1 + self->n_streams;
  for (guint i = 0; i < self->n_streams && !problem; i++)
    {
      guint32 size = GUINT32_FROM_LE (self->directory[1 + i]);
      self->directory[1 + i] = size == MSF_NIL_SIZE ? 0 : size;
      self->first_pages[i] = at;
      at += ((gsize)self->directory[1 + i] + self->page_size - 1) / self->page_size;
      if (at > n_words)
        problem = "a stream is longer than the directory has pages for";
    }
  /* A directory that names the same pages again and again could make a small file endless. */
  if (!problem && at - 1 - self->n_streams > 2 * (gsize)self->n_pages)
    problem = "the streams have more pages than the file";
  if (problem)
    {
      msf_file_set_damaged (self, MSF_NO_STREAM, 0x34, problem, error);
      return FALSE;
    }
  return check_page_numbers (self, self->directory + 1 + self->n_streams, at - 1 - self->n_streams,
                             4 * (1 + (guint64)self->n_streams), error);
}

MsfFile *
msf_file_open (ByteSource *source, GError **error)
{
  g_autoptr (MsfFile) self = g_new0 (MsfFile, 1);
  self->source = byte_source_ref (source);
  guint32 directory_size = read_superblock (self, error);
  if (directory_size == 0 || !read_directory (self, directory_size, error)
      || !index_streams (self, directory_size / 4, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
msf_file_free (MsfFile *self)
{
  byte_source_unref (self->source);
  g_free (self->directory);
  g_free (self->first_pages);
  g_free (self);
}

const char *
msf_file_get_display_name (const MsfFile *self)
{
  return byte_source_get_display_name (self->source);
}

guint64
msf_file_get_size (const MsfFile *self)
{
  return byte_source_get_size (self->source);
}

guint32
msf_file_get_stream_size (const MsfFile *self, guint stream)
{
  return stream < self->n_streams ? self->directory[1 + stream] : 0;
}

gboolean
msf_file_read (const MsfFile *self, guint stream, guint32 offset, void *buffer, gsize size, GError **error)
{
  guint32 stream_size = msf_file_get_stream_size (self, stream);
  if (offset > stream_size || size > stream_size - offset)
    {
      msf_file_set_damaged (self, stream, stream_size, "the stream ends too early", error);
      return FALSE;
    }
  return size == 0
         || read_pages (self, self->directory + self->first_pages[stream], offset, buffer, size, error);
}

guint8 *
msf_file_dup_stream (const MsfFile *self, guint stream, gsize *ret_size, GError **error)
{
  gsize size = msf_file_get_stream_size (self, stream);
  g_autofree guint8 *bytes = g_malloc (MAX (size, 1));
  if (!msf_file_read (self, stream, 0, bytes, size, error))
    return NULL;
  *ret_size = size;
  return g_steal_pointer (&bytes);
}
