#include "app/rows/row_path.h"

/* More open rows than this are not worth the time: nobody opened them one by one. */
#define MAX_TRANSLATED_ROWS 500

/* Texts of one row by dimension: one text, or one per frame. (owned) */
typedef struct
{
  GPtrArray *texts[N_DIMENSIONS]; /* (nullable) */
} RowKey;

static void
row_key_clear (RowKey *self)
{
  for (guint i = 0; i < N_DIMENSIONS; i++)
    g_clear_pointer (&self->texts[i], g_ptr_array_unref);
}

static void
row_key_fill (RowKey *self, const PoolTree *tree, PoolTreeRow row)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  while (row.level > 0)
    {
      Dimension dimension = grouping[row.level - 1];
      if (self->texts[dimension] == NULL)
        self->texts[dimension] = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_insert (self->texts[dimension], 0, pool_tree_dup_row_text (tree, row));
      PoolTreeRow parent;
      if (!pool_tree_get_parent (tree, row, &parent))
        break;
      row = parent;
    }
}

/* The child of @row whose text is @text. */
static gboolean
find_child (const PoolTreeValues *values, PoolTreeRow row, const char *text, PoolTreeRow *ret_child)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
  for (guint i = 0; i < children->len; i++)
    {
      PoolTreeRow child = g_array_index (children, PoolTreeRow, i);
      g_autofree char *child_text = pool_tree_dup_row_text (tree, child);
      if (strcmp (child_text, text) == 0)
        {
          *ret_child = child;
          return TRUE;
        }
    }
  return FALSE;
}

/* The text that each frame has now, by the text it had: symbols arrived meanwhile. NULL when none did.
 * Returns: (transfer full) (nullable): texts are borrowed from the names. */
static GHashTable *
find_renamed_frames (const PoolTree *old_tree, const PoolTree *tree)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  const FrameNames *old_names = pool_tree_get_names (old_tree), *names = pool_tree_get_names (tree);
  if (old_names == names)
    return NULL;
  GHashTable *renamed = g_hash_table_new (g_str_hash, g_str_equal);
  for (gsize i = 0; i < trace->n_frames; i++)
    {
      const char *old_text = frame_names_get_text (old_names, frame_names_get_text_id (old_names, (guint32) i));
      const char *text = frame_names_get_text (names, frame_names_get_text_id (names, (guint32) i));
      if (strcmp (old_text, text) != 0)
        g_hash_table_insert (renamed, (gpointer) old_text, (gpointer) text);
    }
  return renamed;
}

static void
row_key_rename_frames (RowKey *self, GHashTable *renamed)
{
  for (guint dimension = 0; renamed != NULL && dimension < N_DIMENSIONS; dimension++)
    for (guint i = 0; self->texts[dimension] != NULL && dimension_is_stack ((Dimension) dimension)
                      && i < self->texts[dimension]->len;
         i++)
      {
        char **text = (char **) &g_ptr_array_index (self->texts[dimension], i);
        const char *new_text = g_hash_table_lookup (renamed, *text);
        if (new_text == NULL)
          continue;
        g_free (*text);
        *text = g_strdup (new_text);
      }
}

/* Goes down from the root along @key as far as the new grouping allows; the rows on the way go to @open. */
static PoolTreeRow
follow_key (const RowKey *key, const PoolTreeValues *values, RowSet *open, gboolean opens_last)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (values), &n_levels);
  PoolTreeRow row = POOL_TREE_ROOT;
  for (gsize level = 0; level < n_levels; level++)
    {
      GPtrArray *texts = key->texts[grouping[level]];
      for (guint i = 0; texts != NULL && i < texts->len; i++)
        {
          PoolTreeRow child;
          if (!find_child (values, row, g_ptr_array_index (texts, i), &child))
            return row;
          if (row.level > 0)
            row_set_add (open, row);
          row = child;
        }
      if (texts == NULL)
        break;
    }
  if (opens_last && row.level > 0)
    row_set_add (open, row);
  return row;
}

void
row_path_translate (const PoolTree *old_tree, const TreeShown *shown, const PoolTreeValues *values,
                    TreeShown *ret_shown)
{
  g_autoptr (GHashTable) renamed = find_renamed_frames (old_tree, pool_tree_values_get_tree (values));
  guint n_done = 0;
  GHashTableIter iter;
  gpointer row;
  if (shown->open != NULL)
    {
      g_hash_table_iter_init (&iter, shown->open);
      while (g_hash_table_iter_next (&iter, &row, NULL) && n_done++ < MAX_TRANSLATED_ROWS)
        {
          RowKey key = { 0 };
          row_key_fill (&key, old_tree, *(PoolTreeRow *) row);
          row_key_rename_frames (&key, renamed);
          follow_key (&key, values, ret_shown->open, TRUE);
          row_key_clear (&key);
        }
    }
  ret_shown->cursor = POOL_TREE_ROOT;
  if (shown->cursor.level == 0)
    return;
  RowKey key = { 0 };
  row_key_fill (&key, old_tree, shown->cursor);
  row_key_rename_frames (&key, renamed);
  ret_shown->cursor = follow_key (&key, values, ret_shown->open, FALSE);
  row_key_clear (&key);
}
