/* First every text is looked at once, then for every leaf how many nodes begin with it that have one of them, and only then
 * rows are gone through, in their order, where any of them can be. */
#include "analysis/pool_tree_find.h"

#include <string.h>

#include "analysis/caseless.h"
#include "analysis/glob.h"
#include "analysis/stack_leaves.h"

/* So many rows are gone through between two looks at the cancellable. */
#define ROWS_PER_CHECK 1024

typedef struct
{
  const PoolTreeValues *values;
  const PoolTree *tree;
  const PoolTreeSearch *search;
  GCancellable *cancellable;
  guint8 *frame_matches;                         /* (owned) (nullable): by text id of the frame names */
  guint8 *text_matches[POOL_TREE_MAX_LEVELS];    /* (owned) (nullable): by place in the layer's texts */
  /* By layer, (array length=n_leaves + 1) (owned): nodes that match, of those that begin with the leaves before each */
  guint64 *n_before[POOL_TREE_MAX_LEVELS + 1];
  guint last_range_level;                        /* the last level whose dimension of the range has the text */
  GArray *from_path;                             /* (owned): of PoolTreeRow, from the first level to @from */
  PoolTreeMatches *matches;
  gboolean has_passed_from;
} Finder;

static gboolean
has_text (const Finder *self, const char *text)
{
  return caseless_find (text, self->search->text, NULL) != NULL;
}

static gboolean
is_searched (const Finder *self, guint level)
{
  return self->search->column < 0 || (guint) self->search->column == level;
}

static gboolean
is_of_range (const PoolTree *tree, guint level)
{
  return dimension_get_scope (tree->grouping[level]) == DIMENSION_OF_RANGE;
}

static void
match_texts (Finder *self)
{
  for (guint level = 0; level < self->tree->n_levels; level++)
    {
      Dimension dimension = self->tree->grouping[level];
      if (!is_searched (self, level))
        continue;
      if (is_of_range (self->tree, level))
        {
          for (PoolIntervalType type = 0; type < POOL_N_TYPES; type++)
            if (has_text (self, dimension == DIMENSION_TYPE ? pool_interval_type_get_text (type)
                                                            : pool_impact_get_text (type)))
              self->last_range_level = level + 1;
        }
      else if (dimension_is_stack (dimension))
        {
          guint32 n_texts = frame_names_get_count (self->tree->names);
          if (self->frame_matches != NULL)
            continue;
          self->frame_matches = g_malloc (n_texts + 1u);
          for (guint32 i = 0; i < n_texts; i++)
            self->frame_matches[i] = has_text (self, frame_names_get_text (self->tree->names, i)) != FALSE;
        }
      else
        {
          char **texts = pool_tree_peek_layer (self->tree, self->tree->layer_of_level[level + 1])->texts;
          gsize n_texts = g_strv_length (texts);
          self->text_matches[level] = g_malloc (n_texts + 1u);
          for (gsize i = 0; i < n_texts; i++)
            self->text_matches[level][i] = has_text (self, texts[i]) != FALSE;
        }
    }
}

/* How many of the frames of @leaf from @depth on have the text. */
static guint
count_frames (const Finder *self, const PoolTreeLayer *layer, guint32 leaf, guint32 depth)
{
  gsize n_frames;
  const guint32 *frames = pool_tree_get_frames (self->tree, layer, leaf, &n_frames);
  guint n = 0;
  for (gsize i = depth; i < n_frames; i++)
    n += self->frame_matches[frame_names_get_text_id (self->tree->names, frames[i])];
  return n;
}

/* Of the nodes that begin with @leaf. */
static guint
count_nodes_of_leaf (const Finder *self, const PoolTreeLayer *layer, guint32 leaf)
{
  if (layer->number == 0 || !is_searched (self, layer->level - 1u))
    return 0;
  if (layer->stacks == NULL)
    return self->text_matches[layer->level - 1][pool_tree_layer_get_value (layer, leaf)];
  return count_frames (self, layer, leaf, stack_leaves_get_common_with_former (layer, leaf));
}

static gboolean
count_nodes (Finder *self)
{
  for (guint number = 0; number < self->tree->n_layers; number++)
    {
      const PoolTreeLayer *layer = pool_tree_peek_layer (self->tree, number);
      guint64 *n_before = self->n_before[number] = g_new (guint64, (gsize) layer->n_leaves + 1);
      n_before[0] = 0;
      for (guint32 i = 0; i < layer->n_leaves; i++)
        {
          n_before[i + 1] = n_before[i] + count_nodes_of_leaf (self, layer, i);
          if (i % ROWS_PER_CHECK == 0 && g_cancellable_is_cancelled (self->cancellable))
            return FALSE;
        }
    }
  return TRUE;
}

/* Whether a node of a deeper layer that holds intervals of @run may have the text. */
static gboolean
may_match_in_layers_below (const Finder *self, PoolLeafRun run)
{
  for (guint number = run.layer->number + 1; number < self->tree->n_layers; number++)
    {
      run = pool_tree_lower_leaf_run (self->tree, run, pool_tree_peek_layer (self->tree, number));
      if (self->n_before[number][run.end] > self->n_before[number][run.first])
        return TRUE;
    }
  return FALSE;
}

/* Whether a row below @row may have the text. */
static gboolean
may_match_below (const Finder *self, PoolTreeRow row)
{
  if (row.level < self->last_range_level)
    return TRUE;
  PoolLeafRun run = pool_tree_get_leaf_run (self->tree, row);
  if (may_match_in_layers_below (self, run))
    return TRUE;
  const PoolTreeLayer *layer = run.layer;
  if (layer->stacks == NULL || row.level > layer->level || !is_searched (self, layer->level - 1u))
    return FALSE;
  /* Frames that continue the first stack, and those that part from it. */
  return count_frames (self, layer, run.first, row.depth + 1) > 0
         || self->n_before[layer->number][run.end] > self->n_before[layer->number][run.first + 1];
}

static gboolean
row_matches (const Finder *self, PoolTreeRow row)
{
  guint level = row.level - 1u;
  if (!is_searched (self, level))
    return FALSE;
  if (is_of_range (self->tree, level))
    return has_text (self, pool_tree_get_row_text (self->tree, row));
  guint32 value = pool_tree_get_row_value (self->tree, row);
  return dimension_is_stack (self->tree->grouping[level]) ? self->frame_matches[value]
                                                          : self->text_matches[level][value];
}

/* Rows of one parent, on the way through the tree. */
typedef struct
{
  GArray *rows; /* (owned) */
  guint next;
} Siblings;

static void
siblings_clear (gpointer siblings)
{
  g_array_unref (((Siblings *) siblings)->rows);
}

static void
push_children (const Finder *self, GArray *way, PoolTreeRow row)
{
  Siblings siblings = { g_array_new (FALSE, FALSE, sizeof (PoolTreeRow)), 0 };
  pool_tree_values_get_children (self->values, row, self->search->order, siblings.rows);
  g_array_append_val (way, siblings);
}

/* Takes in one row at @depth; returns whether its children are to be gone through. */
static gboolean
visit (Finder *self, PoolTreeRow row, guint depth)
{
  gboolean matches = row_matches (self, row), may_go_down = may_match_below (self, row);
  if (!self->has_passed_from && depth < self->from_path->len
      && pool_tree_row_equal (g_array_index (self->from_path, PoolTreeRow, depth), row))
    {
      gboolean is_from = depth + 1 == self->from_path->len;
      if (is_from || !may_go_down)
        {
          self->has_passed_from = TRUE;
          self->matches->has_from = is_from && matches;
          self->matches->n_before_from = self->matches->rows->len + (matches && !is_from ? 1 : 0);
        }
    }
  if (matches)
    g_array_append_val (self->matches->rows, row);
  return may_go_down;
}

static gboolean
go_through_rows (Finder *self)
{
  g_autoptr (GArray) way = g_array_new (FALSE, FALSE, sizeof (Siblings));
  guint n_rows = 0;
  g_array_set_clear_func (way, siblings_clear);
  push_children (self, way, POOL_TREE_ROOT);
  while (way->len > 0)
    {
      Siblings *siblings = &g_array_index (way, Siblings, way->len - 1);
      if (siblings->next == siblings->rows->len)
        {
          g_array_set_size (way, way->len - 1);
          continue;
        }
      if (self->matches->rows->len == POOL_TREE_MAX_MATCHES)
        {
          self->matches->is_limited = TRUE;
          break;
        }
      if (n_rows++ % ROWS_PER_CHECK == 0 && g_cancellable_is_cancelled (self->cancellable))
        return FALSE;
      PoolTreeRow row = g_array_index (siblings->rows, PoolTreeRow, siblings->next++);
      if (visit (self, row, way->len - 1))
        push_children (self, way, row);
    }
  if (!self->has_passed_from)
    self->matches->n_before_from = self->search->from.level > 0 ? self->matches->rows->len : 0;
  return TRUE;
}

PoolTreeMatches *
pool_tree_values_find (const PoolTreeValues *self, const PoolTreeSearch *search, GCancellable *cancellable)
{
  Finder finder = { .values = self, .tree = self->tree, .search = search, .cancellable = cancellable };
  finder.matches = g_atomic_rc_box_new0 (PoolTreeMatches);
  finder.matches->rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  finder.from_path = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  for (PoolTreeRow row = search->from; row.level > 0; pool_tree_get_parent (self->tree, row, &row))
    g_array_prepend_val (finder.from_path, row);
  gboolean is_done = pool_tree_values_need_all (self, cancellable);
  if (is_done)
    {
      match_texts (&finder);
      is_done = count_nodes (&finder) && go_through_rows (&finder);
    }
  g_array_unref (finder.from_path);
  for (gsize i = 0; i < G_N_ELEMENTS (finder.n_before); i++)
    g_free (finder.n_before[i]);
  g_free (finder.frame_matches);
  for (guint level = 0; level < self->tree->n_levels; level++)
    g_free (finder.text_matches[level]);
  if (!is_done)
    g_clear_pointer (&finder.matches, pool_tree_matches_unref);
  return finder.matches;
}

PoolTreeMatches *
pool_tree_matches_ref (PoolTreeMatches *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
matches_clear (gpointer matches)
{
  g_array_unref (((PoolTreeMatches *) matches)->rows);
}

void
pool_tree_matches_unref (PoolTreeMatches *self)
{
  g_atomic_rc_box_release_full (self, matches_clear);
}

/* "[Nn]tfs" for "ntfs": each letter in both cases. */
static char *
dup_caseless_pattern (const char *text)
{
  GString *pattern = g_string_new (NULL);
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar character = g_utf8_get_char (text);
      gunichar lower = g_unichar_tolower (character), upper = g_unichar_toupper (character);
      if (lower != upper)
        {
          g_string_append_c (pattern, '[');
          g_string_append_unichar (pattern, lower);
          g_string_append_unichar (pattern, upper);
          g_string_append_c (pattern, ']');
          continue;
        }
      char single[7] = { 0 };
      g_unichar_to_utf8 (character, single);
      g_autofree char *escaped = glob_escape (single);
      g_string_append (pattern, escaped);
    }
  return g_string_free (pattern, FALSE);
}

char *
pool_tree_matches_dup_pattern (const PoolTreeMatches *self, const PoolTree *tree, guint column, const char *text)
{
  g_autofree char *spelling = NULL;
  for (guint i = 0; i < self->rows->len; i++)
    {
      PoolTreeRow row = g_array_index (self->rows, PoolTreeRow, i);
      const char *row_text = pool_tree_get_row_text (tree, row), *end = NULL;
      const char *place = caseless_find (row_text, text, &end);
      if (pool_tree_row_get_column (row) != column || place == NULL)
        continue;
      if (spelling == NULL)
        spelling = g_strndup (place, (gsize) (end - place));
      else if (strstr (row_text, spelling) == NULL)
        {
          g_autofree char *caseless = dup_caseless_pattern (text);
          return g_strconcat ("*", caseless, "*", NULL);
        }
    }
  g_autofree char *escaped = glob_escape (spelling != NULL ? spelling : text);
  return g_strconcat ("*", escaped, "*", NULL);
}
