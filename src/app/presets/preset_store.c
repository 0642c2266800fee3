#include "app/presets/preset_store.h"

#include "app/presets/preset_id.h"
#include "app/presets/table_preset.h"
#include "app/state/state_json.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

struct _PresetStore
{
  GObject parent_instance;
  char *path;          /* (owned) */
  GPtrArray *presets;  /* (owned): of UserPreset */
  GPtrArray *problems; /* (owned): of char* */
  gboolean is_broken;  /* the file is not to be written over */
};

G_DEFINE_FINAL_TYPE (PresetStore, preset_store, G_TYPE_OBJECT)

static guint changed_signal;

static void
preset_store_finalize (GObject *object)
{
  PresetStore *self = PRESET_STORE (object);
  g_free (self->path);
  g_ptr_array_unref (self->presets);
  g_ptr_array_unref (self->problems);
  G_OBJECT_CLASS (preset_store_parent_class)->finalize (object);
}

static void
preset_store_class_init (PresetStoreClass *class)
{
  G_OBJECT_CLASS (class)->finalize = preset_store_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
preset_store_init (PresetStore *self)
{
  self->presets = g_ptr_array_new_with_free_func ((GDestroyNotify) user_preset_free);
  self->problems = g_ptr_array_new_with_free_func (g_free);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_utf8_collate ((*(UserPreset *const *) a)->name, (*(UserPreset *const *) b)->name);
}

/* FALSE with @error; a file that is not there is no error. */
static gboolean
load (PresetStore *self, GError **error)
{
  g_autofree char *text = NULL;
  gsize n_bytes;
  GStatBuf status;
  if (g_stat (self->path, &status) != 0 && errno == ENOENT)
    return TRUE;
  if (!g_file_get_contents (self->path, &text, &n_bytes, error))
    return FALSE;
  GPtrArray *presets = user_presets_read (text, n_bytes, self->problems, error);
  if (presets == NULL)
    return FALSE;
  g_ptr_array_unref (self->presets);
  self->presets = presets;
  g_ptr_array_sort (self->presets, compare_names);
  /* What was left out must not be lost by the next write. */
  self->is_broken = self->problems->len > 0;
  return TRUE;
}

PresetStore *
preset_store_new (const char *path)
{
  PresetStore *self = g_object_new (PRESET_TYPE_STORE, NULL);
  g_autoptr (GError) error = NULL;
  self->path = g_strdup (path);
  if (!load (self, &error))
    {
      self->is_broken = TRUE;
      g_ptr_array_add (self->problems, g_strdup (error->message));
    }
  return self;
}

PresetStore *
preset_store_get_default (void)
{
  static PresetStore *store;
  if (store == NULL)
    {
      g_autofree char *path = g_build_filename (g_get_user_data_dir (), "poolscope", "presets.json", NULL);
      store = preset_store_new (path);
    }
  return store;
}

const GPtrArray *
preset_store_get_problems (PresetStore *self)
{
  return self->problems;
}

char *
preset_store_dup_problem_text (PresetStore *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_string_append_printf (text, _ ("The presets in %s could not all be read, and nothing is written over them:"),
                          self->path);
  for (guint i = 0; i < self->problems->len; i++)
    g_string_append_printf (text, "\n%s", (const char *) g_ptr_array_index (self->problems, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

const GPtrArray *
preset_store_get_presets (PresetStore *self)
{
  return self->presets;
}

static gboolean
find (PresetStore *self, const char *name, guint *ret_index)
{
  for (guint i = 0; i < self->presets->len; i++)
    if (g_str_equal (((UserPreset *) g_ptr_array_index (self->presets, i))->name, name))
      {
        *ret_index = i;
        return TRUE;
      }
  return FALSE;
}

const UserPreset *
preset_store_find (PresetStore *self, const char *name)
{
  guint index;
  return find (self, name, &index) ? g_ptr_array_index (self->presets, index) : NULL;
}

/* Changes */

static gboolean
write_file (PresetStore *self, const GPtrArray *presets, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = user_presets_write (presets);
  g_autofree char *folder = g_path_get_dirname (self->path);
  if (self->is_broken)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("The presets in %s could not all be read (%s), and are not written over. Mend or move the file, then "
                      "start Poolscope again."),
                   self->path, (const char *) g_ptr_array_index (self->problems, 0));
      return FALSE;
    }
  if (presets->len > USER_PRESETS_MAX)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE, _ ("There can be at most %d presets. Delete one first."),
                   USER_PRESETS_MAX);
      return FALSE;
    }
  if (g_mkdir_with_parents (folder, 0700) != 0)
    g_set_error (&reason, G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));
  else
    g_file_set_contents_full (self->path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason);
  if (reason == NULL)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The presets could not be written to %s: %s"), self->path,
               reason->message);
  return FALSE;
}

/* Takes over @presets when they could be written. */
static gboolean
replace (PresetStore *self, GPtrArray *presets, GError **error)
{
  g_ptr_array_sort (presets, compare_names);
  if (!write_file (self, presets, error))
    {
      g_ptr_array_unref (presets);
      return FALSE;
    }
  g_ptr_array_unref (self->presets);
  self->presets = presets;
  g_signal_emit (self, changed_signal, 0);
  return TRUE;
}

/* Copies of all presets but the one of @name (nullable). */
static GPtrArray *
copy_without (PresetStore *self, const char *name)
{
  GPtrArray *copies = g_ptr_array_new_with_free_func ((GDestroyNotify) user_preset_free);
  for (guint i = 0; i < self->presets->len; i++)
    {
      const UserPreset *preset = g_ptr_array_index (self->presets, i);
      if (g_strcmp0 (preset->name, name) != 0)
        g_ptr_array_add (copies, user_preset_copy (preset));
    }
  return copies;
}

gboolean
preset_store_put (PresetStore *self, const UserPreset *preset, GError **error)
{
  if (!user_preset_check_name (preset->name, error))
    return FALSE;
  GPtrArray *presets = copy_without (self, preset->name);
  g_ptr_array_add (presets, user_preset_copy (preset));
  return replace (self, presets, error);
}

gboolean
preset_store_rename (PresetStore *self, const char *name, const char *new_name, GError **error)
{
  const UserPreset *preset = preset_store_find (self, name);
  g_return_val_if_fail (preset != NULL, FALSE);
  if (!user_preset_check_name (new_name, error))
    return FALSE;
  UserPreset *renamed = user_preset_copy (preset);
  g_free (renamed->name);
  renamed->name = g_strstrip (g_strdup (new_name));
  if (!g_str_equal (renamed->name, name) && preset_store_find (self, renamed->name) != NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, _ ("There is a preset “%s” already. Choose another name."),
                   renamed->name);
      user_preset_free (renamed);
      return FALSE;
    }
  GPtrArray *presets = copy_without (self, name);
  g_ptr_array_add (presets, renamed);
  return replace (self, presets, error);
}

gboolean
preset_store_remove (PresetStore *self, const char *name, GError **error)
{
  return replace (self, copy_without (self, name), error);
}

/* By id */

gboolean
preset_store_resolve (PresetStore *self, const char *id, ColumnLayout *ret_layout, PoolTreeOrder *ret_order,
                      const UserPreset **ret_own)
{
  const char *own_name = preset_id_get_own_name (id);
  const UserPreset *own = own_name != NULL ? preset_store_find (self, own_name) : NULL;
  const TablePreset *built_in = table_preset_find (id);
  if (own == NULL && built_in == NULL)
    return FALSE;
  if (own != NULL)
    {
      *ret_layout = own->layout;
      *ret_order = own->order;
    }
  else
    {
      table_preset_get_layout (built_in, ret_layout);
      *ret_order = table_preset_get_order (built_in);
    }
  if (ret_own != NULL)
    *ret_own = own;
  return TRUE;
}

char *
preset_store_dup_matching (PresetStore *self, const ColumnLayout *layout, PoolTreeOrder order)
{
  for (guint i = 0; i < n_table_presets; i++)
    {
      ColumnLayout of_preset;
      table_preset_get_layout (&table_presets[i], &of_preset);
      if (column_layout_equal (&of_preset, layout)
          && pool_tree_order_equal (table_preset_get_order (&table_presets[i]), order))
        return g_strdup (table_presets[i].name);
    }
  for (guint i = 0; i < self->presets->len; i++)
    {
      const UserPreset *preset = g_ptr_array_index (self->presets, i);
      if (column_layout_equal (&preset->layout, layout) && pool_tree_order_equal (preset->order, order))
        return preset_id_for_own (preset->name);
    }
  return NULL;
}
