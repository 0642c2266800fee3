#include "app/stack_copy.h"

#include "app/range_text.h"
#include "app/stack_addresses.h"
#include "app/tree_walk.h"
#include "base/number_format.h"
#include "export/module_report.h"

/* Counting the stacks below a row stops here; the text then says "more than". */
#define MAX_COUNTED_ROWS 100000

/* What the intervals of the row tell, beyond its sums. */
typedef struct
{
  guint64 smallest_bytes, largest_bytes;
  GHashTable *processes; /* (owned): row of processes to bytes (guint64, owned) */
} IntervalFacts;

static gboolean
collect_intervals (const StackCopy *self, IntervalFacts *facts, GCancellable *cancellable)
{
  const PoolTrace *trace = pool_tree_get_trace (pool_tree_values_get_tree (self->values));
  const PoolIntervals *intervals = &trace->intervals;
  facts->smallest_bytes = G_MAXUINT64;
  facts->processes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  for (gsize i = 0; i < intervals->n; i++)
    {
      if (i % 65536 == 0 && g_cancellable_is_cancelled (cancellable))
        return FALSE;
      if (!pool_tree_values_row_has_interval (self->values, self->row, i))
        continue;
      guint64 size_bytes = intervals->size_bytes[i];
      facts->smallest_bytes = MIN (facts->smallest_bytes, size_bytes);
      facts->largest_bytes = MAX (facts->largest_bytes, size_bytes);
      guint32 context = intervals->context[i];
      guint32 process = context < trace->n_contexts ? trace->contexts[context].process : POOL_INDEX_NONE;
      guint64 *sum = g_hash_table_lookup (facts->processes, GUINT_TO_POINTER (process));
      if (sum == NULL)
        {
          sum = g_new0 (guint64, 1);
          g_hash_table_insert (facts->processes, GUINT_TO_POINTER (process), sum);
        }
      *sum += size_bytes;
    }
  return TRUE;
}

/* The row above @row, or itself, that shows @dimension. */
static gboolean
find_row_of (const PoolTree *tree, PoolTreeRow row, Dimension dimension, PoolTreeRow *ret_row)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  while (row.level > 0)
    {
      if (grouping[row.level - 1] == dimension)
        {
          *ret_row = row;
          return TRUE;
        }
      PoolTreeRow parent;
      if (!pool_tree_get_parent (tree, row, &parent))
        break;
      row = parent;
    }
  return FALSE;
}

static char *
dup_text_of (const PoolTree *tree, PoolTreeRow row, Dimension dimension)
{
  PoolTreeRow found;
  return find_row_of (tree, row, dimension, &found) ? pool_tree_dup_row_text (tree, found) : NULL;
}

static const char *
get_fate (PoolTypeMask types)
{
  switch (types)
    {
    case 1 << POOL_TYPE_AIFO:
      return " not freed";
    case 1 << POOL_TYPE_AIFI:
      return " freed again";
    case 1 << POOL_TYPE_AOFI:
      return " allocated before and freed";
    case 1 << POOL_TYPE_AOFO:
      return " held throughout";
    default:
      return "";
    }
}

static void
append_what (const StackCopy *self, const IntervalFacts *facts, GString *text)
{
  PoolTree *tree = pool_tree_values_get_tree (self->values);
  PoolTreeSums sums = pool_tree_values_get_sums (self->values, self->row);
  g_autofree char *paged = dup_text_of (tree, self->row, DIMENSION_PAGED);
  g_autofree char *tag = dup_text_of (tree, self->row, DIMENSION_TAG);
  g_autofree char *size = format_bytes ((gint64) sums.size_bytes);
  g_autofree char *count = format_count ((gint64) sums.count);
  g_string_append_printf (text, "%s%s%s:", paged != NULL ? paged : "", paged != NULL ? " pool" : "Pool",
                          get_fate (self->row.types));
  if (tag != NULL)
    g_string_append_printf (text, " tag %s,", tag);
  g_string_append_printf (text, " %s in %s %s", size, count, sums.count == 1 ? "block" : "blocks");
  if (sums.count > 1)
    {
      g_autofree char *average = format_bytes ((gint64) (sums.size_bytes / sums.count));
      g_autofree char *exact = format_count ((gint64) facts->smallest_bytes);
      if (facts->smallest_bytes == facts->largest_bytes)
        g_string_append_printf (text, " of %s B", exact);
      else
        g_string_append_printf (text, ", %s on average", average);
    }
  /* The same row over all that was allocated inside tells how much of it came back. */
  PoolTypeMask inside = 1 << POOL_TYPE_AIFO | 1 << POOL_TYPE_AIFI;
  if (self->row.types == 1 << POOL_TYPE_AIFO)
    {
      PoolTreeRow all = { self->row.node, inside, self->row.level };
      PoolTreeRow freed = { self->row.node, 1 << POOL_TYPE_AIFI, self->row.level };
      g_autofree char *n_freed
          = format_count ((gint64) pool_tree_values_get_sums (self->values, freed).count);
      g_autofree char *n_all = format_count ((gint64) pool_tree_values_get_sums (self->values, all).count);
      g_string_append_printf (text, ", %s of %s freed", n_freed, n_all);
    }
  g_string_append_c (text, '\n');
}

static void
append_process (const PoolTrace *trace, const IntervalFacts *facts, GString *text)
{
  GHashTableIter iter;
  gpointer process, sum;
  guint32 heaviest = POOL_INDEX_NONE;
  guint64 most_bytes = 0;
  g_hash_table_iter_init (&iter, facts->processes);
  while (g_hash_table_iter_next (&iter, &process, &sum))
    if (*(guint64 *) sum >= most_bytes)
      {
        heaviest = GPOINTER_TO_UINT (process);
        most_bytes = *(guint64 *) sum;
      }
  if (g_hash_table_size (facts->processes) == 0 || heaviest == POOL_INDEX_NONE)
    return;
  g_autofree char *name = pool_process_dup_text (trace, heaviest);
  guint n_others = g_hash_table_size (facts->processes) - 1;
  g_string_append (text, name);
  if (n_others > 0)
    g_string_append_printf (text, " and %u other%s", n_others, n_others == 1 ? "" : "s");
  g_string_append (text, "; ");
}

static void
append_where (const StackCopy *self, const IntervalFacts *facts, GString *text)
{
  PoolTree *tree = pool_tree_values_get_tree (self->values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  TimeRange range = pool_tree_values_get_range (self->values);
  append_process (trace, facts, text);
  gint64 end_ns = range.end_ns == G_MAXINT64 ? pool_trace_get_end_ns (trace) : range.end_ns;
  g_autofree char *start = range_text_dup_time (trace, MAX (range.start_ns, 0), FALSE);
  g_autofree char *end = range_text_dup_time (trace, end_ns, FALSE);
  g_string_append_printf (text, "%s - %s of %s", start, end, trace->info.display_name);
  PoolTreeRow whole;
  g_autofree char *paged = dup_text_of (tree, self->row, DIMENSION_PAGED);
  g_autofree char *type = dup_text_of (tree, self->row, DIMENSION_TYPE);
  if (paged != NULL && find_row_of (tree, self->row, DIMENSION_PAGED, &whole)
      && !(whole.node == self->row.node && whole.level == self->row.level))
    {
      guint64 whole_bytes = pool_tree_values_get_sums (self->values, whole).size_bytes;
      guint64 own_bytes = pool_tree_values_get_sums (self->values, self->row).size_bytes;
      if (whole_bytes > 0)
        g_string_append_printf (text, "; %.0f %% of %s%s%s", 100 * (double) own_bytes / (double) whole_bytes,
                                paged, type != NULL ? " " : "", type != NULL ? type : "");
    }
  g_string_append_c (text, '\n');
}

static void
append_machine (const PoolTraceInfo *info, GString *text)
{
  if (info->os_major != 0 || info->os_build != 0)
    g_string_append_printf (text, "Windows %u.%u.%u %s", info->os_major, info->os_minor, info->os_build,
                            info->pointer_size == 4 ? "x86" : "x64");
  else
    g_string_append (text, "Windows of unknown version");
  if (info->start_filetime != 0)
    {
      g_autofree char *start = format_filetime (info->start_filetime, info->bias_minutes);
      int offset = -info->bias_minutes;
      g_string_append_printf (text, ", recorded %.16s %c%02d:%02d", start, offset < 0 ? '-' : '+',
                              ABS (offset) / 60, ABS (offset) % 60);
    }
  if (info->events_lost > 0 || info->buffers_lost > 0)
    g_string_append_printf (text, "; %u events and %u buffers lost", info->events_lost, info->buffers_lost);
  else
    g_string_append (text, "; no events lost");
  g_string_append (text, "; Poolscope " POOLSCOPE_VERSION "\n");
}

/* Frames */

static guint
count_stacks (const PoolTreeValues *values, PoolTreeRow row, gboolean *ret_is_more)
{
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (PoolTreeRow));
  guint n_stacks = 0;
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

static gboolean
is_frame (const PoolTree *tree, PoolTreeRow row)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  return row.level > 0 && dimension_is_stack (grouping[row.level - 1]);
}

/* Texts of the frames above and at @row, then along @way; outermost first. */
static GPtrArray *
collect_frames (const PoolTree *tree, PoolTreeRow row, GArray *way)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func (g_free);
  for (PoolTreeRow above = row; above.level > 0;)
    {
      if (is_frame (tree, above))
        g_ptr_array_insert (frames, 0, pool_tree_dup_row_text (tree, above));
      PoolTreeRow parent;
      if (!pool_tree_get_parent (tree, above, &parent))
        break;
      above = parent;
    }
  for (guint i = 0; i < way->len; i++)
    if (is_frame (tree, g_array_index (way, PoolTreeRow, i)))
      g_ptr_array_add (frames, pool_tree_dup_row_text (tree, g_array_index (way, PoolTreeRow, i)));
  return frames;
}

/* Version, date and identity of the image called @name, when anything is known. */
static void
append_module (const PoolTrace *trace, const char *name, GString *text)
{
  const PoolImage *image = NULL;
  for (gsize i = 0; i < trace->n_images; i++)
    if (g_strcmp0 (trace->images[i].file_name, name) == 0
        && (image == NULL || (!image->has_pdb_identity && trace->images[i].has_pdb_identity)))
      image = &trace->images[i];
  if (image == NULL)
    return;
  g_autoptr (GString) line = g_string_new (NULL);
  if (image->file_version != NULL)
    g_string_append_printf (line, " %s", image->file_version);
  /* Newer builds put a hash where the time stamp was; what lies after the recording is no date. */
  gint64 recorded = trace->info.start_filetime / 10000000 - G_GINT64_CONSTANT (11644473600);
  if (image->time_date_stamp > 631152000 && image->time_date_stamp < recorded)
    {
      g_autoptr (GDateTime) built = g_date_time_new_from_unix_utc (image->time_date_stamp);
      g_autofree char *date = g_date_time_format (built, "%Y-%m-%d");
      g_string_append_printf (line, "%sbuilt %s", image->file_version != NULL ? ", " : " ", date);
    }
  if (image->has_pdb_identity)
    {
      g_autofree char *key = symbol_modules_dup_pdb_key (image);
      g_string_append_printf (line, "%sPDB %s", line->len > 0 ? ", " : " ", key);
    }
  if (line->len > 0)
    g_string_append_printf (text, "%s%s\n", name, line->str);
}

static void
append_modules (const PoolTrace *trace, GPtrArray *frames, GString *text)
{
  g_autoptr (GHashTable) done = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < frames->len; i++)
    {
      const char *frame = g_ptr_array_index (frames, i);
      const char *end = strpbrk (frame, "!");
      if (end == NULL)
        end = strstr (frame, "+0x");
      if (end == NULL)
        continue;
      char *name = g_strndup (frame, (gsize) (end - frame));
      if (g_hash_table_add (done, name))
        append_module (trace, name, text);
    }
}

char *
stack_copy_dup_text (const StackCopy *self, GCancellable *cancellable)
{
  PoolTree *tree = pool_tree_values_get_tree (self->values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  IntervalFacts facts = { 0 };
  g_autoptr (GString) text = g_string_new (self->is_markdown ? "```\n" : NULL);
  gboolean is_done = collect_intervals (self, &facts, cancellable);
  if (is_done)
    {
      append_what (self, &facts, text);
      append_where (self, &facts, text);
      append_machine (&trace->info, text);
    }
  g_clear_pointer (&facts.processes, g_hash_table_unref);
  if (!is_done)
    return NULL;

  g_autoptr (GArray) way = tree_walk_find_heaviest (self->values, self->row);
  g_autoptr (GPtrArray) frames = collect_frames (tree, self->row, way);
  gboolean is_more = FALSE;
  PoolTreeRow innermost = way->len > 0 ? g_array_index (way, PoolTreeRow, way->len - 1) : self->row;
  g_autoptr (GPtrArray) lines = stack_addresses_dup_lines (self->values, innermost, frames, cancellable);
  if (lines == NULL)
    return NULL;
  guint n_stacks = count_stacks (self->values, self->row, &is_more);
  if (n_stacks > 1 && way->len > 0 && frames->len > 0)
    {
      PoolTreeRow end = g_array_index (way, PoolTreeRow, way->len - 1);
      double whole = (double) pool_tree_values_get_sums (self->values, self->row).size_bytes;
      double part = (double) pool_tree_values_get_sums (self->values, end).size_bytes;
      g_string_append_printf (text, "heaviest of %s%u stacks, %.0f %%\n", is_more ? "more than " : "",
                              n_stacks, whole > 0 ? 100 * part / whole : 0);
    }
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (
        text, "  %s\n", (char *) g_ptr_array_index (lines, self->innermost_first ? lines->len - 1 - i : i));
  append_modules (trace, frames, text);
  if (self->is_markdown)
    g_string_append (text, "```\n");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
