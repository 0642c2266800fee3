#include "analysis/stack_addresses.h"

#include "base/number_format.h"

/* A function is rarely called from more places of another; more would hide the stack. */
#define MAX_SHOWN_ADDRESSES 6

/* How many rows of the level of @row there are down to it: frames of its stack. */
static guint
count_rows_of_level (const PoolTree *tree, PoolTreeRow row)
{
  guint n_rows = 1;
  PoolTreeRow parent;
  for (; pool_tree_get_parent (tree, row, &parent) && parent.level == row.level; row = parent)
    n_rows++;
  return n_rows;
}

/* The bytes of each stack of @dimension below @row: (transfer full) (nullable): NULL when cancelled. */
static GHashTable *
weigh_stacks (const PoolTreeValues *values, PoolTreeRow row, Dimension dimension, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  DimensionSource source
      = dimension_source_at_range (trace, pool_tree_get_names (tree), pool_tree_values_get_range (values));
  g_autoptr (GHashTable) bytes_of_stack = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (gsize i = 0; i < trace->intervals.n; i++)
    {
      if (i % 65536 == 0 && g_cancellable_is_cancelled (cancellable))
        return NULL;
      if (!pool_tree_values_row_has_interval (values, row, i))
        continue;
      gpointer stack = GUINT_TO_POINTER ((guint) dimension_get_value (dimension, &source, i));
      guint64 *sum = g_hash_table_lookup (bytes_of_stack, stack);
      if (sum == NULL)
        {
          sum = g_new0 (guint64, 1);
          g_hash_table_insert (bytes_of_stack, stack, sum);
        }
      *sum += trace->intervals.size_bytes[i];
    }
  return g_steal_pointer (&bytes_of_stack);
}

static int
compare_addresses (gconstpointer a, gconstpointer b)
{
  const StackAddress *first = a, *second = b;
  if (first->size_bytes != second->size_bytes)
    return first->size_bytes > second->size_bytes ? -1 : 1;
  return first->frame < second->frame ? -1 : first->frame > second->frame;
}

/* The frames at @depth of the stacks, heaviest first: (transfer full): of StackAddress. */
static GArray *
collect_addresses (const PoolTree *tree, Dimension dimension, GHashTable *bytes_of_stack, guint depth)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  GArray *addresses = g_array_new (FALSE, FALSE, sizeof (StackAddress));
  GHashTableIter iter;
  gpointer stack, sum;
  g_hash_table_iter_init (&iter, bytes_of_stack);
  while (g_hash_table_iter_next (&iter, &stack, &sum))
    {
      gsize n_frames;
      const guint32 *frames = frame_names_get_stack (pool_tree_get_names (tree), trace,
                                                     dimension_get_stack_view (dimension), GPOINTER_TO_UINT (stack),
                                                     &n_frames);
      guint i = 0;
      if (depth >= n_frames || frames[depth] >= trace->n_frames)
        continue; /* a tag or a module has no address of its own */
      while (i < addresses->len && g_array_index (addresses, StackAddress, i).frame != frames[depth])
        i++;
      if (i == addresses->len)
        g_array_append_val (addresses, ((StackAddress){ .frame = frames[depth] }));
      g_array_index (addresses, StackAddress, i).size_bytes += *(guint64 *) sum;
    }
  g_array_sort (addresses, compare_addresses);
  return addresses;
}

static void
append_other_names (GString *line, const SymbolMatch *function)
{
  if (function->n_other_names == 0)
    return;
  g_auto (GStrv) names = symbol_match_dup_other_names (function);
  g_autofree char *listed = g_strjoinv (", ", names);
  guint n_more = function->n_other_names - g_strv_length (names);
  g_string_append_printf (line, " (same code: %s", listed);
  if (n_more > 0)
    g_string_append_printf (line, ", %u more", n_more);
  g_string_append_c (line, ')');
}

static void
append_line (const PoolTree *tree, const char *text, const GArray *addresses, GPtrArray *lines)
{
  const PoolTrace *trace = pool_tree_get_trace (tree);
  g_autoptr (GString) line = g_string_new (text);
  for (guint i = 0; i < addresses->len; i++)
    {
      const StackAddress *address = &g_array_index (addresses, StackAddress, i);
      FrameDetail detail;
      if (!frame_names_get_detail (pool_tree_get_names (tree), trace, address->frame, &detail))
        continue;
      g_autofree char *size = format_bytes ((gint64) address->size_bytes);
      if (i == MAX_SHOWN_ADDRESSES)
        {
          g_string_append_printf (line, ", %u more", addresses->len - i);
          break;
        }
      g_string_append_printf (line, "%s+0x%" G_GINT64_MODIFIER "x", i > 0 ? ", " : "", detail.offset_bytes);
      if (detail.function.source_file != NULL && detail.function.line > 0)
        {
          g_autofree char *file = frame_detail_dup_file_name (&detail);
          g_string_append_printf (line, " [%s @ %u]", file, detail.function.line);
        }
      if (addresses->len > 1)
        g_string_append_printf (line, " %s", size);
      if (i == 0)
        append_other_names (line, &detail.function);
    }
  g_ptr_array_add (lines, g_string_free (g_steal_pointer (&line), FALSE));
}

GArray *
stack_addresses_collect (const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  gsize n_levels;
  Dimension dimension = pool_tree_get_grouping (tree, &n_levels)[row.level - 1];
  g_autoptr (GHashTable) bytes_of_stack = weigh_stacks (values, row, dimension, cancellable);
  return bytes_of_stack != NULL
             ? collect_addresses (tree, dimension, bytes_of_stack, count_rows_of_level (tree, row) - 1)
             : NULL;
}

gboolean
stack_addresses_append_lines (const PoolTreeValues *values, PoolTreeRow row, guint level, const GPtrArray *texts,
                              guint end_text, GPtrArray *lines, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  gsize n_levels;
  Dimension dimension = pool_tree_get_grouping (tree, &n_levels)[level - 1];
  if (lines->len >= end_text)
    return TRUE;
  g_autoptr (GHashTable) bytes_of_stack = weigh_stacks (values, row, dimension, cancellable);
  if (bytes_of_stack == NULL)
    return FALSE;
  while (lines->len < end_text)
    {
      g_autoptr (GArray) addresses = collect_addresses (tree, dimension, bytes_of_stack, lines->len);
      append_line (tree, texts->pdata[lines->len], addresses, lines);
    }
  return TRUE;
}
