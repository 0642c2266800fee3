#include "symbols/symbol_cache.h"

#include "symbols/symbol_table_private.h"

#include "base/layout.h"
#include "symbols/folder_limit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* The start of a file; the columns of the table follow in the order of list_parts (), then the names. */
#define CACHE_HEADER_FIELDS(X, name)                                                                         \
  X (name, u64, mark, 0x00)                                                                                  \
  X (name, u32, version, 0x08)                                                                               \
  X (name, u32, n_rows, 0x0C)                                                                                \
  X (name, u32, names_size, 0x10) /* bytes */                                                                \
  X (name, u32, flags, 0x14)                                                                                 \
  X (name, u64, guid_low, 0x18)                                                                              \
  X (name, u64, guid_high, 0x20)                                                                             \
  X (name, u32, age, 0x28)                                                                                   \
  X (name, u32, n_line_blocks, 0x2C)                                                                         \
  X (name, u32, line_bytes_size, 0x30)                                                                       \
  X (name, u32, file_names_size, 0x34)                                                                       \
  X (name, u64, check_sum, 0x38) /* of all that follows */
LAYOUT_DEFINE (cache_header, CACHE_HEADER_FIELDS)
#define CACHE_GUID_OFFSET 0x18
#define CACHE_MARK 0x6C6F626D79536C50u
/* Goes up with every change of the format, and of what names and ranges a PDB gives. */
#define CACHE_VERSION 4u
enum
{
  FLAG_PUBLIC_ONLY = 1,
  FLAG_REARRANGED = 2, /* there is a column of original RVAs */
  FLAG_DAMAGED_LINES = 4,
  FLAG_DAMAGED_NAMES = 8,
};

/* One column of the table, as it is in memory. On a big-endian machine no file fits, and PDBs are read anew.
 */
typedef struct
{
  void *bytes;
  gsize size;
} CachePart;

#define N_CACHE_PARTS 10

static void
list_parts (const SymbolTable *table, CachePart parts[N_CACHE_PARTS])
{
  const gsize column_size = sizeof (guint32) * (gsize)table->n_rows;
  parts[0] = (CachePart){ table->start_rvas, column_size };
  parts[1] = (CachePart){ table->end_rvas, column_size };
  parts[2] = (CachePart){ table->function_rvas, column_size };
  parts[3] = (CachePart){ table->name_offsets, column_size };
  parts[4] = (CachePart){ table->n_other_names, sizeof (guint16) * (gsize)table->n_rows };
  parts[5] = (CachePart){ table->names, table->names_size };
  parts[6] = (CachePart){ table->original_rvas, table->original_rvas ? column_size : 0 };
  parts[7] = (CachePart){ table->lines.blocks, sizeof (SymbolLineBlock) * (gsize)table->lines.n_blocks };
  parts[8] = (CachePart){ table->lines.bytes, table->lines.n_bytes };
  parts[9] = (CachePart){ table->lines.file_names, table->lines.file_names_size };
}

/* Adds @size bytes to a check sum: enough to notice a broken disk or a torn file. */
static guint64
add_to_check_sum (guint64 sum, const void *bytes, gsize size)
{
  const guint8 *at = bytes;
  guint64 word;
  for (; size >= sizeof word; at += sizeof word, size -= sizeof word)
    {
      memcpy (&word, at, sizeof word);
      sum = (sum ^ word) * 0x9E3779B97F4A7C15u;
      sum ^= sum >> 29;
    }
  for (; size > 0; size--)
    sum = (sum ^ *at++) * 0x100000001B3u;
  return sum ^ (sum >> 32);
}

static char *
build_path (const char *folder, const SymbolIdentity *identity)
{
  g_autofree char *key = symbol_identity_dup_pdb_key (identity);
  g_autofree char *name = g_strconcat (key, ".symbols", NULL);
  return g_build_filename (folder, name, NULL);
}

static gboolean
write_all (int file, const void *bytes, gsize size)
{
  const char *at = bytes;
  while (size > 0)
    {
      gssize n = write (file, at, size);
      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return FALSE;
      at += n;
      size -= (gsize)n;
    }
  return TRUE;
}

static void
fill_header (guint8 header[cache_header_SIZE], const SymbolTable *table, const SymbolIdentity *identity)
{
  CachePart parts[N_CACHE_PARTS];
  const guint64 mark = CACHE_MARK;
  const guint32 flags = (table->is_public_only ? FLAG_PUBLIC_ONLY : 0)
                        | (table->original_rvas ? FLAG_REARRANGED : 0)
                        | (table->lines.are_damaged ? FLAG_DAMAGED_LINES : 0)
                        | (table->has_damaged_names ? FLAG_DAMAGED_NAMES : 0);
  const guint32 words[] = { CACHE_VERSION, table->n_rows, table->names_size, flags };
  const guint32 line_words[]
      = { identity->pdb_age, table->lines.n_blocks, table->lines.n_bytes, table->lines.file_names_size };
  guint64 check_sum = 0;
  list_parts (table, parts);
  for (guint i = 0; i < N_CACHE_PARTS; i++)
    check_sum = add_to_check_sum (check_sum, parts[i].bytes, parts[i].size);
  memset (header, 0, cache_header_SIZE);
  memcpy (header, &mark, sizeof mark);
  memcpy (header + 0x08, words, sizeof words);
  memcpy (header + CACHE_GUID_OFFSET, identity->pdb_guid, sizeof identity->pdb_guid);
  memcpy (header + 0x28, line_words, sizeof line_words);
  memcpy (header + 0x38, &check_sum, sizeof check_sum);
}

gboolean
symbol_table_save (const SymbolTable *table, const char *folder, const SymbolIdentity *identity,
                   GError **error)
{
  g_autofree char *path = build_path (folder, identity);
  g_autofree char *temporary_path = g_strconcat (path, ".XXXXXX", NULL);
  guint8 header[cache_header_SIZE];
  CachePart parts[N_CACHE_PARTS];
  int file = g_mkdir_with_parents (folder, 0700) == 0
                 ? g_mkstemp_full (temporary_path, O_WRONLY | O_CLOEXEC, 0600)
                 : -1;
  gboolean is_done = file >= 0;
  fill_header (header, table, identity);
  list_parts (table, parts);
  is_done = is_done && write_all (file, header, sizeof header);
  for (guint i = 0; i < N_CACHE_PARTS && is_done; i++)
    is_done = write_all (file, parts[i].bytes, parts[i].size);
  int error_number = errno;
  if (file >= 0 && close (file) != 0 && is_done)
    {
      error_number = errno;
      is_done = FALSE;
    }
  if (is_done && g_rename (temporary_path, path) != 0)
    {
      error_number = errno;
      is_done = FALSE;
    }
  if (!is_done)
    {
      if (file >= 0)
        g_unlink (temporary_path);
      g_set_error (error, G_IO_ERROR, g_io_error_from_errno (error_number),
                   "the symbols cannot be kept in “%s”: %s; the next start reads the PDB again", path,
                   g_strerror (error_number));
    }
  return is_done;
}

/* Whether the name of @row and those behind it that belong to it are inside. */
static gboolean
has_names_inside (const SymbolTable *table, guint32 row)
{
  guint64 place = table->name_offsets[row];
  for (guint n = 1 + MIN (table->n_other_names[row], SYMBOL_MOST_OTHER_NAMES); n > 0; n--)
    {
      if (place >= table->names_size)
        return FALSE;
      /* The last byte is a NUL. One name alone need not be gone through. */
      place += n > 1 ? strlen (table->names + place) + 1 : 0;
    }
  return TRUE;
}

/* Whether the ranges ascend and the names are inside; what the check sum cannot promise. */
static gboolean
is_consistent (const SymbolTable *table)
{
  if (table->n_rows > 0 && (table->names_size == 0 || table->names[table->names_size - 1] != '\0'))
    return FALSE;
  for (guint32 i = 0; i < table->n_rows; i++)
    if (table->end_rvas[i] < table->start_rvas[i] || !has_names_inside (table, i)
        || (i > 0 && table->start_rvas[i] <= table->start_rvas[i - 1]))
      return FALSE;
  return symbol_lines_are_consistent (&table->lines);
}

static gboolean
read_parts (const ByteSource *source, SymbolTable *table, guint64 check_sum, GError **error)
{
  CachePart parts[N_CACHE_PARTS];
  guint64 offset = cache_header_SIZE, sum = 0;
  list_parts (table, parts);
  for (guint i = 0; i < N_CACHE_PARTS; i++)
    {
      gssize n = byte_source_read (source, offset, parts[i].bytes, parts[i].size, error);
      if (n < 0)
        return FALSE;
      sum = add_to_check_sum (sum, parts[i].bytes, (gsize)n);
      offset += (guint64)n;
    }
  if (offset == byte_source_get_size (source) && sum == check_sum && is_consistent (table))
    return TRUE;
  g_set_error (
      error, SYMBOL_ERROR, SYMBOL_ERROR_DAMAGED,
      "“%s” is damaged: its content does not fit its check sum at offset 0x38; the PDB is read again",
      byte_source_get_display_name (source));
  return FALSE;
}

/* Whether the header is of this version, of @identity, and fits the file's size. */
static gboolean
check_header (const ByteSource *source, const guint8 *header, const SymbolIdentity *identity)
{
  guint bytes_per_row = cache_header_get_flags (header) & FLAG_REARRANGED ? 22 : 18;
  guint64 size = cache_header_SIZE + bytes_per_row * (guint64)cache_header_get_n_rows (header)
                 + cache_header_get_names_size (header)
                 + sizeof (SymbolLineBlock) * (guint64)cache_header_get_n_line_blocks (header)
                 + cache_header_get_line_bytes_size (header) + cache_header_get_file_names_size (header);
  return cache_header_get_mark (header) == CACHE_MARK && cache_header_get_version (header) == CACHE_VERSION
         && memcmp (header + CACHE_GUID_OFFSET, identity->pdb_guid, sizeof identity->pdb_guid) == 0
         && cache_header_get_age (header) == identity->pdb_age && size == byte_source_get_size (source);
}

/* A table with room for what the header announces, which was checked against the file's size. */
static SymbolTable *
alloc_table (const guint8 *header)
{
  SymbolTable *table = symbol_table_alloc (cache_header_get_n_rows (header));
  const guint32 flags = cache_header_get_flags (header);
  table->names_size = cache_header_get_names_size (header);
  table->names = g_malloc (MAX (table->names_size, 1));
  table->is_public_only = (flags & FLAG_PUBLIC_ONLY) != 0;
  table->has_damaged_names = (flags & FLAG_DAMAGED_NAMES) != 0;
  if (flags & FLAG_REARRANGED)
    table->original_rvas = g_new (guint32, table->n_rows);
  table->lines = (SymbolLines){ .n_blocks = cache_header_get_n_line_blocks (header),
                                .n_bytes = cache_header_get_line_bytes_size (header),
                                .file_names_size = cache_header_get_file_names_size (header),
                                .are_damaged = (flags & FLAG_DAMAGED_LINES) != 0 };
  table->lines.blocks = g_new (SymbolLineBlock, table->lines.n_blocks);
  table->lines.bytes = g_malloc (table->lines.n_bytes);
  table->lines.file_names = g_malloc (table->lines.file_names_size);
  return table;
}

SymbolTable *
symbol_table_load (const char *folder, const SymbolIdentity *identity, GError **error)
{
  g_autofree char *path = build_path (folder, identity);
  guint8 header[cache_header_SIZE];
  g_autoptr (ByteSource) source = byte_source_open_path (path, error);
  gssize n = source ? byte_source_read (source, 0, header, sizeof header, error) : -1;
  if (n < 0)
    return NULL;
  if ((gsize)n < sizeof header || !check_header (source, header, identity))
    {
      g_set_error (error, SYMBOL_ERROR, SYMBOL_ERROR_DAMAGED,
                   "“%s” is of another version, or its header at offset 0 is damaged; the PDB is read again",
                   path);
      return NULL;
    }
  g_autoptr (SymbolTable) table = alloc_table (header);
  if (!read_parts (source, table, cache_header_get_check_sum (header), error))
    return NULL;
  folder_limit_touch (path);
  return g_steal_pointer (&table);
}

void
symbol_cache_trim (const char *folder)
{
  folder_limit_apply (folder, SYMBOL_CACHE_LIMIT_BYTES);
}
