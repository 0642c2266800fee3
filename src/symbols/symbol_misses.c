#include "symbols/symbol_misses.h"

#include <errno.h>
#include <glib/gstdio.h>

#define EXPIRY_S (24 * 60 * 60) /* the symbols of fresh builds appear days after them */

struct _SymbolMisses
{
  GMutex mutex;
  GHashTable *seen; /* (element-type utf8): hashes of what this process missed */
  char *folder;
};

SymbolMisses *
symbol_misses_new (const char *store)
{
  SymbolMisses *self = g_new0 (SymbolMisses, 1);
  g_mutex_init (&self->mutex);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folder = g_build_filename (store, ".missing", NULL);
  return self;
}

void
symbol_misses_free (SymbolMisses *self)
{
  g_mutex_clear (&self->mutex);
  g_hash_table_unref (self->seen);
  g_free (self->folder);
  g_free (self);
}

static char *
dup_hash (const char *what)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA1, what, -1);
}

static gboolean
is_fresh (const char *path)
{
  GStatBuf status;
  if (g_stat (path, &status) != 0)
    return FALSE;
  gint64 age_s = g_get_real_time () / G_USEC_PER_SEC - (gint64) status.st_mtime;
  return age_s >= 0 && age_s < EXPIRY_S;
}

gboolean
symbol_misses_contain (SymbolMisses *self, const char *what)
{
  g_autofree char *hash = dup_hash (what);
  g_autofree char *path = g_build_filename (self->folder, hash, NULL);
  g_mutex_lock (&self->mutex);
  gboolean is_seen = g_hash_table_contains (self->seen, hash);
  g_mutex_unlock (&self->mutex);
  return is_seen || is_fresh (path);
}

/* Removes the files of @self's folder that are old, or all. */
static void
sweep (const SymbolMisses *self, gboolean all)
{
  g_autoptr (GDir) entries = g_dir_open (self->folder, 0, NULL);
  const char *entry;
  while (entries && (entry = g_dir_read_name (entries)))
    {
      g_autofree char *path = g_build_filename (self->folder, entry, NULL);
      if (all || !is_fresh (path))
        g_unlink (path);
    }
}

void
symbol_misses_add (SymbolMisses *self, const char *what)
{
  char *hash = dup_hash (what);
  g_autofree char *path = g_build_filename (self->folder, hash, NULL);
  g_mutex_lock (&self->mutex);
  gboolean is_first = g_hash_table_size (self->seen) == 0;
  g_hash_table_add (self->seen, hash);
  g_mutex_unlock (&self->mutex);
  if (is_first)
    sweep (self, FALSE);
  /* Where the store cannot be written, this process alone remembers. */
  if (g_mkdir_with_parents (self->folder, 0777) == 0)
    g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_NONE, 0666, NULL);
}

void
symbol_misses_forget (SymbolMisses *self)
{
  g_mutex_lock (&self->mutex);
  g_hash_table_remove_all (self->seen);
  g_mutex_unlock (&self->mutex);
  sweep (self, TRUE);
}
