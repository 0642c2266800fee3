#include "analysis/pool_tag_catalog.h"

#include <string.h>

#include "analysis/pool_tag_list.h"

#define TAG_LENGTH 4
#define UNKNOWN_DRIVER "<unknown>"

typedef struct
{
  guint32 tag;
  char *driver;      /* (owned) (nullable) */
  char *description; /* (owned) */
} ExactEntry;

typedef struct
{
  guint8 bytes[TAG_LENGTH];
  guint8 n_bytes;    /* compared; what lies behind may be anything */
  guint8 n_literal;  /* of them not "?" */
  char *driver;      /* (owned) (nullable) */
  char *description; /* (owned) */
} PatternEntry;

/* The lines of one file. */
typedef struct
{
  GHashTable *exact;  /* tag -> ExactEntry (owned) */
  GArray *patterns;   /* of PatternEntry (owned), the most specific first */
} TagFile;

struct _PoolTagCatalog
{
  gatomicrefcount references;
  GPtrArray *files; /* of TagFile (owned); the last wins */
};

static void
exact_entry_free (gpointer data)
{
  ExactEntry *entry = data;
  g_free (entry->driver);
  g_free (entry->description);
  g_free (entry);
}

static void
pattern_entry_clear (gpointer data)
{
  PatternEntry *entry = data;
  g_free (entry->driver);
  g_free (entry->description);
}

static TagFile *
tag_file_new (void)
{
  TagFile *self = g_new0 (TagFile, 1);
  self->exact = g_hash_table_new_full (NULL, NULL, NULL, exact_entry_free);
  self->patterns = g_array_new (FALSE, FALSE, sizeof (PatternEntry));
  g_array_set_clear_func (self->patterns, pattern_entry_clear);
  return self;
}

static void
tag_file_free (gpointer data)
{
  TagFile *self = data;
  g_hash_table_unref (self->exact);
  g_array_unref (self->patterns);
  g_free (self);
}

PoolTagCatalog *
pool_tag_catalog_new (void)
{
  PoolTagCatalog *self = g_new0 (PoolTagCatalog, 1);
  g_atomic_ref_count_init (&self->references);
  self->files = g_ptr_array_new_with_free_func (tag_file_free);
  pool_tag_catalog_add_text (self, pool_tag_list, strlen (pool_tag_list), NULL);
  return self;
}

PoolTagCatalog *
pool_tag_catalog_ref (PoolTagCatalog *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_tag_catalog_unref (PoolTagCatalog *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_ptr_array_unref (self->files);
  g_free (self);
}

/* --- Lines ----------------------------------------------------------------------------------------------- */

/* Ends @text at its first " - " (or a " -" at its end). Returns: what stands behind it, NULL without one. */
static char *
split (char *text)
{
  for (char *at = text; (at = strstr (at, " -")) != NULL; at += 2)
    if (at[2] == ' ' || at[2] == '\t' || at[2] == '\0')
      {
        at[0] = '\0';
        return at + 2;
      }
  return NULL;
}

/* "// text", "rem text" in any case. */
static gboolean
is_comment (const char *line)
{
  return g_str_has_prefix (line, "//")
         || (g_ascii_strncasecmp (line, "rem", 3) == 0 && (line[3] == '\0' || g_ascii_isspace (line[3])));
}

static guint32
tag_from_bytes (const guint8 bytes[TAG_LENGTH])
{
  return (guint32) bytes[0] | (guint32) bytes[1] << 8 | (guint32) bytes[2] << 16 | (guint32) bytes[3] << 24;
}

/* Puts a pattern in front of those that say less, behind those that say as much. FALSE for a repeated one. */
static gboolean
insert_pattern (TagFile *self, PatternEntry *entry)
{
  guint place = 0;
  for (; place < self->patterns->len; place++)
    {
      const PatternEntry *other = &g_array_index (self->patterns, PatternEntry, place);
      if (other->n_bytes == entry->n_bytes && memcmp (other->bytes, entry->bytes, TAG_LENGTH) == 0)
        return FALSE;
      if (other->n_literal < entry->n_literal
          || (other->n_literal == entry->n_literal && other->n_bytes < entry->n_bytes))
        break;
    }
  g_array_insert_val (self->patterns, place, *entry);
  return TRUE;
}

/* Adds what a line tells of @name, a tag or pattern without the blanks around it. FALSE when it is neither. */
static gboolean
add_meaning (TagFile *self, const char *name, const char *driver, const char *description,
             PoolTagFileReport *report)
{
  PatternEntry entry = { .n_bytes = TAG_LENGTH };
  const char *star = strchr (name, '*');
  gsize length = star ? (gsize) (star - name) : strlen (name);
  if (*name == '\0' || length > TAG_LENGTH)
    return FALSE;
  if (star)
    entry.n_bytes = (guint8) length;
  memset (entry.bytes, ' ', TAG_LENGTH);
  memcpy (entry.bytes, name, length);
  for (guint i = 0; i < entry.n_bytes; i++)
    if (entry.bytes[i] != '?')
      entry.n_literal++;
  char *own_driver = *driver && strcmp (driver, UNKNOWN_DRIVER) != 0 ? g_utf8_make_valid (driver, -1) : NULL;
  char *own_description = g_utf8_make_valid (description, -1);
  gboolean is_new;
  if (entry.n_literal == TAG_LENGTH)
    {
      gpointer key = GUINT_TO_POINTER (tag_from_bytes (entry.bytes));
      is_new = !g_hash_table_contains (self->exact, key);
      report->n_tags++;
      if (is_new)
        {
          ExactEntry *exact = g_new (ExactEntry, 1);
          *exact = (ExactEntry){ tag_from_bytes (entry.bytes), own_driver, own_description };
          g_hash_table_insert (self->exact, key, exact);
        }
    }
  else
    {
      entry.driver = own_driver;
      entry.description = own_description;
      is_new = insert_pattern (self, &entry);
      report->n_patterns++;
    }
  if (!is_new)
    {
      report->n_repeated++;
      g_free (own_driver);
      g_free (own_description);
    }
  return TRUE;
}

/* Of a line only the first two separators count: descriptions have dashes of their own. */
static void
add_line (TagFile *self, char *line, PoolTagFileReport *report)
{
  g_strchomp (line);
  const char *start = line + strspn (line, " \t");
  if (*start == '\0' || is_comment (start))
    return;
  char *driver = split (line);
  char *description = driver ? split (driver) : NULL;
  char nothing[] = "";
  if (!driver || !add_meaning (self, g_strstrip (line), g_strstrip (driver),
                               g_strstrip (description ? description : nothing), report))
    report->n_skipped++;
}

void
pool_tag_catalog_add_text (PoolTagCatalog *self, const char *text, gsize size, PoolTagFileReport *ret_report)
{
  PoolTagFileReport report = { 0 };
  TagFile *file = tag_file_new ();
  const char *end = text + size;
  for (const char *at = text; at < end;)
    {
      const char *line_end = memchr (at, '\n', (gsize) (end - at));
      if (!line_end)
        line_end = end;
      g_autofree char *line = g_strndup (at, (gsize) (line_end - at));
      add_line (file, line, &report);
      at = line_end + 1;
    }
  g_ptr_array_add (self->files, file);
  if (ret_report)
    *ret_report = report;
}

void
pool_tag_catalog_remove_last (PoolTagCatalog *self)
{
  g_ptr_array_remove_index (self->files, self->files->len - 1);
}

/* --- Finding --------------------------------------------------------------------------------------------- */

static gboolean
pattern_matches (const PatternEntry *pattern, guint32 tag)
{
  for (guint i = 0; i < pattern->n_bytes; i++)
    if (pattern->bytes[i] != '?' && pattern->bytes[i] != (guint8) (tag >> (8 * i)))
      return FALSE;
  return TRUE;
}

static gboolean
find_in_file (const TagFile *self, guint32 tag, PoolTagMeaning *ret_meaning)
{
  const ExactEntry *exact = g_hash_table_lookup (self->exact, GUINT_TO_POINTER (tag));
  if (exact)
    {
      *ret_meaning = (PoolTagMeaning){ exact->driver, exact->description };
      return TRUE;
    }
  for (guint i = 0; i < self->patterns->len; i++)
    {
      const PatternEntry *pattern = &g_array_index (self->patterns, PatternEntry, i);
      if (pattern_matches (pattern, tag))
        {
          *ret_meaning = (PoolTagMeaning){ pattern->driver, pattern->description };
          return TRUE;
        }
    }
  return FALSE;
}

gboolean
pool_tag_catalog_find (const PoolTagCatalog *self, guint32 tag, PoolTagMeaning *ret_meaning)
{
  for (guint i = self->files->len; i-- > 0;)
    if (find_in_file (self->files->pdata[i], tag, ret_meaning))
      return TRUE;
  return FALSE;
}
