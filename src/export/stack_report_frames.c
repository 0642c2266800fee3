#include "export/stack_report_private.h"

#include "analysis/stack_addresses.h"
#include "export/text_output.h"

/* Counting the stacks below a row stops here; the text then says "more than". */
#define MAX_COUNTED_ROWS 100000
#define UNIX_SECONDS_OF_1990 631152000
#define SECONDS_1601_TO_1970 G_GINT64_CONSTANT (11644473600)
#define TICKS_PER_SECOND 10000000 /* of a FILETIME */

/* --- The way ----------------------------------------------------------------------------------------------- */

void
stack_way_init (StackWay *self, const PoolTreeValues *values, PoolTreeRow row)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  self->rows = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  PoolTreeRow above = row;
  do
    g_array_prepend_val (self->rows, above);
  while (pool_tree_get_parent (tree, above, &above) && above.level > 0);
  self->n_above = self->rows->len;
  g_autoptr (GArray) children = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  while (pool_tree_values_has_children (values, row))
    {
      g_array_set_size (children, 0);
      pool_tree_values_get_children (values, row, POOL_TREE_ORDER_DEFAULT, children);
      if (children->len == 0)
        break;
      row = g_array_index (children, PoolTreeRow, 0);
      g_array_append_val (self->rows, row);
    }
}

void
stack_way_clear (StackWay *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
}

/* --- Frames ------------------------------------------------------------------------------------------------ */

static guint
count_stacks (const PoolTreeValues *values, PoolTreeRow row, gboolean *ret_is_more)
{
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  guint n_stacks = 0;
  *ret_is_more = FALSE;
  g_array_append_val (pending, row);
  for (guint n_rows = 0; pending->len > 0; n_rows++)
    {
      if (n_rows > MAX_COUNTED_ROWS)
        {
          *ret_is_more = TRUE;
          break;
        }
      PoolTreeRow next = g_array_index (pending, PoolTreeRow, pending->len - 1);
      g_array_set_size (pending, pending->len - 1);
      if (!pool_tree_values_has_children (values, next))
        n_stacks++;
      else
        {
          n_stacks += pool_tree_values_get_own_sums (values, next).count > 0;
          pool_tree_values_get_children (values, next, POOL_TREE_ORDER_DEFAULT, pending);
        }
    }
  return n_stacks;
}

static void
append_heaviest (const PoolTreeValues *values, const StackWay *way, GString *text)
{
  gboolean is_more;
  guint n_stacks = count_stacks (values, stack_way_get_row (way), &is_more);
  if (n_stacks < 2)
    return;
  guint64 whole_bytes = pool_tree_values_get_sums (values, stack_way_get_row (way)).size_bytes;
  guint64 part_bytes = pool_tree_values_get_sums (values, stack_way_get_end (way)).size_bytes;
  g_string_append_printf (text, "heaviest of %s%u stacks, %u %%\n", is_more ? "more than " : "", n_stacks,
                          stack_report_get_percent (part_bytes, whole_bytes));
}

/* The lines of the frames of the way at @level of the grouping, outermost first. A row down to that of the report has
 * the addresses of all that the report is about, one below it those of the heaviest path.
 * Returns: (transfer full) (nullable): of char *; NULL when cancelled. */
static GPtrArray *
dup_lines_of_level (const PoolTreeValues *values, const StackWay *way, guint level, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  guint n_above = 0;
  for (guint i = 0; i < way->rows->len; i++)
    {
      PoolTreeRow row = g_array_index (way->rows, PoolTreeRow, i);
      if (row.level != level)
        continue;
      g_ptr_array_add (texts, pool_tree_dup_row_text (tree, row));
      n_above += i < way->n_above ? 1 : 0;
    }
  if (!stack_addresses_append_lines (values, stack_way_get_row (way), level, texts, n_above, lines, cancellable)
      || !stack_addresses_append_lines (values, stack_way_get_end (way), level, texts, texts->len, lines,
                                        cancellable))
    return NULL;
  return g_steal_pointer (&lines);
}

static void
append_list (GString *text, const char *words, char **globs)
{
  if (globs[0] == NULL)
    return;
  g_autofree char *listed = g_strjoinv (", ", globs);
  g_string_append (text, words);
  text_append_line_safe (text, listed);
  g_string_append_c (text, '\n');
}

/* What the lines do not show of the stack as it was recorded. */
static void
append_reading (const FrameNames *names, GString *text)
{
  const StackOptions *options = frame_names_get_options (names);
  if (options == NULL)
    return;
  append_list (text, "without the frames folded away: ", options->folds);
  append_list (text, "one line for frames in a row of the modules: ", options->groups);
}

gboolean
stack_report_append_frames (const StackReport *self, const StackWay *way, GString *text, GCancellable *cancellable)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (self->values), &n_levels);
  gboolean has_frames = FALSE;
  for (guint i = 0; i < n_levels; i++)
    {
      if (!dimension_is_stack (grouping[i]))
        continue;
      g_autoptr (GPtrArray) lines = dup_lines_of_level (self->values, way, i + 1, cancellable);
      if (lines == NULL)
        return FALSE;
      if (lines->len == 0)
        continue;
      if (!has_frames)
        {
          append_heaviest (self->values, way, text);
          append_reading (pool_tree_get_names (pool_tree_values_get_tree (self->values)), text);
        }
      has_frames = TRUE;
      if (grouping[i] != DIMENSION_STACK)
        g_string_append_printf (text, "%s:\n", dimension_get_display_name (grouping[i]));
      for (guint line = 0; line < lines->len; line++)
        {
          g_string_append (text, "  ");
          text_append_line_safe (text, lines->pdata[self->innermost_first ? lines->len - 1 - line : line]);
          g_string_append_c (text, '\n');
        }
    }
  return TRUE;
}

/* --- Module ------------------------------------------------------------------------------------------------ */

/* The image to which the allocations of @stack are put down: of several of that name, the one in the stack. */
static const PoolImage *
find_allocating_image (const PoolTree *tree, guint32 stack)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  const Attribution *attribution = frame_names_get_attribution (pool_tree_get_names (tree));
  const char *name = attribution_get_text (attribution, attribution_get_module (attribution, stack));
  gsize n_frames;
  const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
  for (gsize i = n_frames; i > 0; i--)
    {
      guint32 image = trace->frames[frames[i - 1]].image;
      if (image != POOL_INDEX_NONE && g_strcmp0 (trace->images[image].file_name, name) == 0)
        return &trace->images[image];
    }
  return NULL;
}

/* Newer builds put a hash where the time was: what lies after the recording, or before the format, is no date. */
static gboolean
is_date (const PoolTrace *trace, gint64 time_date_stamp)
{
  gint64 start_filetime = trace->info.start_filetime;
  return time_date_stamp > UNIX_SECONDS_OF_1990
         && time_date_stamp < start_filetime / TICKS_PER_SECOND - SECONDS_1601_TO_1970;
}

void
stack_report_append_module (const PoolTree *tree, guint32 stack, GString *text)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  const PoolImage *image = find_allocating_image (tree, stack);
  if (image == NULL)
    return;
  g_autoptr (GString) line = g_string_new (NULL);
  const char *separator = " ";
  if (image->file_version != NULL)
    {
      g_string_append (line, separator);
      text_append_line_safe (line, image->file_version);
      separator = ", ";
    }
  if (is_date (trace, image->time_date_stamp))
    {
      g_autoptr (GDateTime) built = g_date_time_new_from_unix_utc (image->time_date_stamp);
      g_string_append_printf (line, "%sbuilt %04d-%02d-%02d", separator, g_date_time_get_year (built),
                              g_date_time_get_month (built), g_date_time_get_day_of_month (built));
      separator = ", ";
    }
  g_autofree char *key = symbol_modules_dup_pdb_key (image);
  if (key != NULL)
    g_string_append_printf (line, "%sPDB %s", separator, key);
  if (line->len == 0)
    return;
  text_append_line_safe (text, image->file_name);
  g_string_append_printf (text, "%s\n", line->str);
}
