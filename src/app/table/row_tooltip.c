#include "app/table/row_tooltip.h"

#include "analysis/stack_addresses.h"
#include "app/rows/row_node.h"
#include "app/session/range_text.h"
#include "app/table/row_tooltip_owner.h"
#include "app/table/value_meaning.h"
#include "app/test_log.h"
#include "base/number_format.h"

#include <glib/gi18n.h>

/* More lines would hide the table. */
#define MAX_SHOWN_ADDRESSES 12

struct _RowTooltip
{
  PoolTreeValues *values; /* (owned) (nullable): of the row that was last asked for */
  PoolTreeRow row;
  char *text;                /* (owned) (nullable): when known */
  GtkWidget *widget;         /* (not owned) (nullable): where the pointer is */
  GCancellable *cancellable; /* (owned) (nullable): of the search for the text */
};

typedef struct
{
  PoolTreeValues *values; /* (owned) */
  PoolTreeRow row;
} Question;

/* Stacks */

static void
append_address (GString *text, const PoolTree *tree, const StackAddress *address, gboolean is_only)
{
  FrameDetail detail;
  if (!frame_names_get_detail (pool_tree_get_names (tree), pool_tree_get_trace (tree), address->frame, &detail))
    return;
  g_string_append_printf (text, "\n+0x%" G_GINT64_MODIFIER "x", detail.offset_bytes);
  if (detail.function.source_file != NULL && detail.function.line > 0)
    g_string_append_printf (text, "  %s @ %u", detail.function.source_file, detail.function.line);
  if (!is_only)
    {
      g_autofree char *size = format_bytes ((gint64) address->size_bytes);
      g_string_append_printf (text, "  (%s)", size);
    }
}

static void
append_folded_names (GString *text, const PoolTree *tree, guint32 frame)
{
  FrameDetail detail;
  if (!frame_names_get_detail (pool_tree_get_names (tree), pool_tree_get_trace (tree), frame, &detail)
      || detail.function.n_other_names == 0)
    return;
  g_auto (GStrv) names = symbol_match_dup_other_names (&detail.function);
  g_autofree char *listed = g_strjoinv ("\n  ", names);
  guint n_more = detail.function.n_other_names - g_strv_length (names);
  g_string_append_printf (text, "\n%s\n  %s", _ ("Folded onto the same code:"), listed);
  if (n_more > 0)
    {
      g_string_append (text, "\n  ");
      g_string_append_printf (text, ngettext ("and %u more function", "and %u more functions", n_more), n_more);
    }
}

/* Where in the function the calls are, what else the code is called, and where its module was. */
static gboolean
append_frame (GString *text, const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  const PoolTrace *trace = pool_tree_get_trace (tree);
  g_autoptr (GArray) addresses = stack_addresses_collect (values, row, cancellable);
  if (addresses == NULL)
    return FALSE;
  for (guint i = 0; i < MIN (addresses->len, MAX_SHOWN_ADDRESSES); i++)
    append_address (text, tree, &g_array_index (addresses, StackAddress, i), addresses->len == 1);
  if (addresses->len > MAX_SHOWN_ADDRESSES)
    {
      guint n_more = addresses->len - MAX_SHOWN_ADDRESSES;
      g_string_append_c (text, '\n');
      g_string_append_printf (text, ngettext ("and %u more place", "and %u more places", n_more), n_more);
    }
  if (addresses->len == 0)
    return TRUE;
  guint32 frame = g_array_index (addresses, StackAddress, 0).frame;
  append_folded_names (text, tree, frame);
  if (trace->frames[frame].image != POOL_INDEX_NONE)
    g_string_append_printf (text, "\n%s", trace->images[trace->frames[frame].image].path);
  return TRUE;
}

/* All dimensions */

/* Appends lines, each behind a line break. FALSE when cancelled. */
static gboolean
append_details (GString *text, const PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (values), &n_levels);
  switch (grouping[row.level - 1])
    {
    case DIMENSION_STACK:
    case DIMENSION_FREE_STACK:
    case DIMENSION_FRAME_TAGS:
      return append_frame (text, values, row, cancellable);
    case DIMENSION_TAG:
      return row_tooltip_append_tag (text, values, row, cancellable);
    case DIMENSION_PROCESS:
      return row_tooltip_append_process (text, values, row, cancellable);
    default:
      return TRUE;
    }
}

/* What the text itself stands for; of what depends on the range, the range. */
static void
append_meaning (GString *text, const PoolTreeValues *values, PoolTreeRow row, const char *own_text)
{
  const PoolTree *tree = pool_tree_values_get_tree (values);
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (tree, &n_levels);
  const char *meaning = row.level > 0 ? value_meaning_get (grouping[row.level - 1], own_text) : NULL;
  if (meaning == NULL)
    return;
  g_string_append_printf (text, "\n%s", meaning);
  if (dimension_get_scope (grouping[row.level - 1]) != DIMENSION_OF_RANGE)
    return;
  g_autofree char *range = range_text_dup (pool_tree_get_trace (tree), pool_tree_values_get_range (values), FALSE);
  g_string_append_c (text, '\n');
  g_string_append_printf (text, _ ("Range: %s"), range);
}

char *
row_tooltip_dup_text (PoolTreeValues *values, PoolTreeRow row, GCancellable *cancellable)
{
  g_autofree char *own_text = pool_tree_dup_row_text (pool_tree_values_get_tree (values), row);
  g_autoptr (GString) text = g_string_new (own_text);
  append_meaning (text, values, row, own_text);
  if (row.level > 0 && !append_details (text, values, row, cancellable))
    return NULL;
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The search */

static void
question_free (gpointer data)
{
  Question *self = data;
  pool_tree_values_unref (self->values);
  g_free (self);
}

static void
run_question (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Question *question = data;
  char *text = row_tooltip_dup_text (question->values, question->row, cancellable);
  if (text != NULL)
    g_task_return_pointer (task, text, g_free);
  else
    g_task_return_error_if_cancelled (task);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), NULL);
  if (text == NULL)
    return; /* cancelled: @data may be gone */
  RowTooltip *self = data;
  self->text = g_steal_pointer (&text);
  g_clear_object (&self->cancellable);
  g_autofree char *on_one_line = g_strescape (self->text, NULL);
  test_log_add ("tooltip %s", on_one_line);
  if (self->widget != NULL)
    gtk_widget_trigger_tooltip_query (self->widget);
}

static void
set_widget (RowTooltip *self, GtkWidget *widget)
{
  g_set_weak_pointer (&self->widget, widget);
}

RowTooltip *
row_tooltip_new (void)
{
  return g_new0 (RowTooltip, 1);
}

void
row_tooltip_free (RowTooltip *self)
{
  row_tooltip_forget (self);
  g_free (self);
}

void
row_tooltip_forget (RowTooltip *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->values, pool_tree_values_unref);
  g_clear_pointer (&self->text, g_free);
  set_widget (self, NULL);
}

gboolean
row_tooltip_query (RowTooltip *self, PoolTreeValues *values, PoolTreeRow row, GtkWidget *widget,
                   GtkTooltip *tooltip)
{
  if (self->values != values || !pool_tree_row_equal (self->row, row))
    {
      row_tooltip_forget (self);
      self->values = pool_tree_values_ref (values);
      self->row = row;
      self->cancellable = g_cancellable_new ();
      Question *question = g_new (Question, 1);
      *question = (Question){ pool_tree_values_ref (values), row };
      g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, on_answer, self);
      g_task_set_task_data (task, question, question_free);
      g_task_run_in_thread (task, run_question);
    }
  set_widget (self, widget);
  g_autofree char *own_text = pool_tree_dup_row_text (pool_tree_values_get_tree (values), row);
  gtk_tooltip_set_text (tooltip, self->text != NULL ? self->text : own_text);
  return TRUE;
}
