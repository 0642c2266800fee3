#include "app/rows/row_outline.h"

static void
outline_row_clear (gpointer data)
{
  OutlineRow *row = data;
  g_free (row->text);
  g_strfreev (row->places);
}

RowOutline *
row_outline_new (void)
{
  GArray *self = g_array_new (FALSE, TRUE, sizeof (OutlineRow));
  g_array_set_clear_func (self, outline_row_clear);
  return self;
}

gboolean
row_outline_add (RowOutline *self, const OutlineRow *row)
{
  guint last_depth = self->len > 0 ? g_array_index (self, OutlineRow, self->len - 1).depth : 0;
  if (self->len >= ROW_OUTLINE_MAX_ROWS || row->depth == 0 || row->depth > last_depth + 1)
    return FALSE;
  g_array_append_vals (self, row, 1);
  return TRUE;
}

RowOutline *
row_outline_new_path (const char *const *path)
{
  RowOutline *self = row_outline_new ();
  for (guint i = 0; path[i] != NULL; i++)
    {
      OutlineRow row = { i + 1, g_strdup (path[i]), NULL, TRUE, path[i + 1] == NULL };
      if (!row_outline_add (self, &row))
        outline_row_clear (&row);
    }
  return self;
}

/* Places of frames */

/* module+0xRVA, as the frame reads without symbols; NULL for frames that lie in no module. (transfer full) */
static char *
dup_place (const PoolTrace *trace, const PoolFrame *frame)
{
  if (frame->image == POOL_INDEX_NONE || frame->special != POOL_INDEX_NONE)
    return NULL;
  const PoolImage *image = &trace->images[frame->image];
  return g_strdup_printf ("%s+0x%" G_GINT64_MODIFIER "x", image->file_name, frame->address - image->base_address);
}

static gboolean
is_frame (const PoolTree *tree, PoolTreeRow row)
{
  gsize n_levels;
  return row.level > 0 && dimension_is_stack (pool_tree_get_grouping (tree, &n_levels)[row.level - 1]);
}

static char **
dup_strings (const GPtrArray *strings)
{
  char **result = g_new0 (char *, strings->len + 1);
  for (guint i = 0; i < strings->len; i++)
    result[i] = g_strdup (g_ptr_array_index (strings, i));
  return result;
}

/* Gives the frames among the rows, @texts (a set of their texts), their places where symbols name them. */
static void
add_places (RowOutline *self, GHashTable *texts, const PoolTree *tree)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  const FrameNames *names = pool_tree_get_names (tree);
  g_autoptr (GHashTable) places
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  for (gsize i = 0; i < trace->n_frames; i++)
    {
      const char *text = frame_names_get_text (names, frame_names_get_text_id (names, (guint32) i));
      g_autofree char *place = g_hash_table_contains (texts, text) ? dup_place (trace, &trace->frames[i]) : NULL;
      if (place == NULL || g_str_equal (place, text))
        continue;
      GPtrArray *of_text = g_hash_table_lookup (places, text);
      if (of_text == NULL)
        g_hash_table_insert (places, (gpointer) text, of_text = g_ptr_array_new_with_free_func (g_free));
      if (of_text->len < ROW_OUTLINE_MAX_PLACES)
        g_ptr_array_add (of_text, g_steal_pointer (&place));
    }
  for (guint i = 0; i < self->len; i++)
    {
      OutlineRow *row = &g_array_index (self, OutlineRow, i);
      GPtrArray *of_text = g_hash_table_lookup (places, row->text);
      if (of_text != NULL)
        row->places = dup_strings (of_text);
    }
}

RowOutline *
row_outline_new_shown (RowModel *rows)
{
  RowOutline *self = row_outline_new ();
  PoolTreeValues *values = row_model_get_values (rows);
  if (values == NULL)
    return self;
  PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GHashTable) frame_texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  RowNode *cursor = row_model_get_cursor (rows);
  for (guint i = 0; i < row_model_get_n_visible (rows) && self->len < ROW_OUTLINE_MAX_ROWS; i++)
    {
      RowNode *node = row_model_get_visible (rows, i);
      if (!node->is_open && node != cursor)
        continue;
      OutlineRow row = { node->depth + 1u, pool_tree_dup_row_text (tree, node->row), NULL, node->is_open, node == cursor };
      if (is_frame (tree, node->row))
        g_hash_table_add (frame_texts, g_strdup (row.text));
      if (!row_outline_add (self, &row))
        outline_row_clear (&row);
    }
  if (g_hash_table_size (frame_texts) > 0)
    add_places (self, frame_texts, tree);
  return self;
}

/* Finding them again */

/* A row on the way to the one being looked for. */
typedef struct
{
  PoolTreeRow row;
  GArray *children;          /* (nullable): of PoolTreeRow, the opening's; NULL where the row is closed */
  GHashTable *child_of_text; /* (owned) (nullable): text (owned) to PoolTreeRow in children; made when first asked */
} Level;

static void
level_clear (gpointer data)
{
  g_clear_pointer (&((Level *) data)->child_of_text, g_hash_table_unref);
}

static void
open_level (GArray *levels, const PoolTreeValues *values, PoolTreeOrder order, PoolTreeRow row, gboolean is_open,
            GArray *openings)
{
  Level level = { row, NULL, NULL };
  if (is_open && (row.level == 0 || pool_tree_values_has_children (values, row)))
    {
      RowOpening opening = { row, g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)) };
      pool_tree_values_get_children (values, row, order, opening.children);
      g_array_append_val (openings, opening);
      level.children = opening.children;
    }
  g_array_append_val (levels, level);
}

static const PoolTreeRow *
find_child (Level *level, const PoolTree *tree, const char *text)
{
  if (level->children == NULL)
    return NULL;
  if (level->child_of_text == NULL)
    {
      level->child_of_text = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < level->children->len; i++)
        {
          PoolTreeRow *child = &g_array_index (level->children, PoolTreeRow, i);
          g_hash_table_insert (level->child_of_text, pool_tree_dup_row_text (tree, *child), child);
        }
    }
  return g_hash_table_lookup (level->child_of_text, text);
}

/* The texts that the frames of @self have in @tree by their places: those without symbols once had their place as
 * text. (transfer full): place (owned) to text (not owned) */
static GHashTable *
find_frame_texts (const RowOutline *self, const PoolTree *tree)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  const FrameNames *names = pool_tree_get_names (tree);
  GHashTable *text_of_place = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < self->len; i++)
    {
      const OutlineRow *row = &g_array_index (self, OutlineRow, i);
      if (strstr (row->text, "+0x") != NULL)
        g_hash_table_insert (text_of_place, g_strdup (row->text), NULL);
      for (char **place = row->places; place != NULL && *place != NULL; place++)
        g_hash_table_insert (text_of_place, g_strdup (*place), NULL);
    }
  for (gsize i = 0; g_hash_table_size (text_of_place) > 0 && i < trace->n_frames; i++)
    {
      g_autofree char *place = dup_place (trace, &trace->frames[i]);
      if (place != NULL && g_hash_table_contains (text_of_place, place))
        g_hash_table_insert (text_of_place, g_steal_pointer (&place),
                             (gpointer) frame_names_get_text (names, frame_names_get_text_id (names, (guint32) i)));
    }
  return text_of_place;
}

static const PoolTreeRow *
find_row (const OutlineRow *row, Level *parent, const PoolTree *tree, GHashTable *text_of_place)
{
  const PoolTreeRow *child = find_child (parent, tree, row->text);
  const char *text = g_hash_table_lookup (text_of_place, row->text);
  if (child == NULL && text != NULL)
    child = find_child (parent, tree, text);
  for (guint i = 0; child == NULL && row->places != NULL && row->places[i] != NULL; i++)
    {
      text = g_hash_table_lookup (text_of_place, row->places[i]);
      if (text != NULL)
        child = find_child (parent, tree, text);
    }
  return child;
}

gboolean
row_outline_find (const RowOutline *self, const PoolTreeValues *values, PoolTreeOrder order, GArray *openings,
                  PoolTreeRow *ret_current)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GHashTable) text_of_place = find_frame_texts (self, tree);
  g_autoptr (GArray) levels = g_array_new (FALSE, FALSE, sizeof (Level));
  gboolean is_found = FALSE;
  g_array_set_clear_func (levels, level_clear);
  open_level (levels, values, order, POOL_TREE_ROOT, TRUE, openings);
  *ret_current = POOL_TREE_ROOT;
  for (guint i = 0; i < self->len; i++)
    {
      const OutlineRow *row = &g_array_index (self, OutlineRow, i);
      if (row->depth < levels->len)
        g_array_set_size (levels, row->depth);
      Level *parent = &g_array_index (levels, Level, levels->len - 1);
      /* Rows below one that is not there are not there either. */
      const PoolTreeRow *child = row->depth == levels->len ? find_row (row, parent, tree, text_of_place) : NULL;
      if (row->is_current)
        {
          *ret_current = child != NULL ? *child : parent->row;
          is_found = child != NULL;
        }
      if (child != NULL)
        open_level (levels, values, order, *child, row->is_open, openings);
    }
  return is_found;
}
