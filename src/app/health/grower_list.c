#include "app/health/grower_list.h"

#include "export/leak_report.h"
#include "export/metric_text.h"

#include <glib/gi18n.h>

#define WIDE_RATE 124

typedef enum
{
  GROWER_TAG,
  GROWER_POOL,
  GROWER_VERDICT,
  GROWER_RATE,
  GROWER_NET,
  GROWER_FREED,
  GROWER_DRIVER,
  GROWER_MODULE,
  GROWER_PROCESS,
  N_GROWER_COLUMNS
} GrowerColumn;

static const struct
{
  const char *title, *tooltip;
  int width;
  gboolean is_number;
} columns[N_GROWER_COLUMNS] = {
  [GROWER_TAG] = { N_ ("Pool Tag"), N_ ("Enter shows the row in the table"), 72, FALSE },
  [GROWER_POOL] = { N_ ("Paged"), NULL, 74, FALSE },
  [GROWER_VERDICT] = { N_ ("Verdict"), NULL, 80, FALSE },
  [GROWER_RATE] = { N_ ("Rate"), N_ ("Growth by the time it took"), 78, TRUE },
  [GROWER_NET] = { N_ ("Net"), N_ ("Outstanding at the end less what was at the start"), 72, TRUE },
  [GROWER_FREED] = { N_ ("Freed %"), NULL, 66, TRUE },
  [GROWER_DRIVER] = { N_ ("Driver"), N_ ("Whose tag it is"), 94, FALSE },
  [GROWER_MODULE] = { N_ ("Module"), N_ ("Which module asked for most of it"), 96, FALSE },
  [GROWER_PROCESS] = { N_ ("Process"), N_ ("Which process ran at most of the allocations"), 150, FALSE },
};

static char *
dup_metric (const LeakRow *row, Metric metric)
{
  gint64 value;
  if (!row_metrics_get (&row->metrics, metric, &value))
    return g_strdup ("–");
  if (metric == METRIC_VERDICT)
    return g_strdup (_ (verdict_get_name ((Verdict) value)));
  return metric_format (metric, value);
}

static char *
dup_origin (const LeakRow *row, LeakOrigin origin)
{
  return g_strdup (row->origins[origin] != NULL ? row->origins[origin] : "");
}

/* The ranking is by Paged and Pool Tag. */
static char *
dup_text (const LeakRanking *ranking, const LeakRow *row, GrowerColumn column)
{
  switch (column)
    {
    case GROWER_TAG:
      return g_strdup (row->key[1]);
    case GROWER_POOL:
      return g_strdup (_ (row->key[0]));
    case GROWER_VERDICT:
      return dup_metric (row, METRIC_VERDICT);
    case GROWER_RATE:
      return leak_format_rate (row->metrics.growth_bytes, ranking->growth_seconds);
    case GROWER_NET:
      return dup_metric (row, METRIC_IMPACTING);
    case GROWER_FREED:
      return dup_metric (row, METRIC_FREED);
    case GROWER_DRIVER:
      return dup_origin (row, LEAK_ORIGIN_DRIVER);
    case GROWER_MODULE:
      return dup_origin (row, LEAK_ORIGIN_MODULE);
    case GROWER_PROCESS:
      return dup_origin (row, LEAK_ORIGIN_PROCESS);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* The whole row as one sentence for assistive technology. */
static void
label_row (GtkWidget *cell, const LeakRanking *ranking, const LeakRow *row)
{
  GtkWidget *widget = gtk_widget_get_parent (gtk_widget_get_parent (cell));
  g_autoptr (GString) label = g_string_new (NULL);
  for (GrowerColumn column = 0; column < N_GROWER_COLUMNS; column++)
    {
      g_autofree char *text = dup_text (ranking, row, column);
      if (*text != '\0')
        g_string_append_printf (label, "%s%s %s", label->len > 0 ? ", " : "", _ (columns[column].title), text);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str, -1);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *child = gtk_inscription_new (NULL);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (child), GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  /* A shortened text is taller than others: centred it would stand higher. */
  gtk_inscription_set_yalign (GTK_INSCRIPTION (child), 0);
  gtk_widget_set_valign (child, GTK_ALIGN_CENTER);
  if (columns[GPOINTER_TO_UINT (data)].is_number)
    gtk_inscription_set_xalign (GTK_INSCRIPTION (child), 1);
  gtk_list_item_set_child (item, child);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  const LeakRanking *ranking = g_object_get_data (G_OBJECT (factory), "ranking");
  guint position = gtk_list_item_get_position (item);
  if (ranking == NULL || position >= ranking->rows->len)
    return;
  const LeakRow *row = &g_array_index (ranking->rows, LeakRow, position);
  g_autofree char *text = dup_text (ranking, row, GPOINTER_TO_UINT (data));
  gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  gtk_widget_set_tooltip_text (child, *text != '\0' ? text : NULL);
  if (GPOINTER_TO_UINT (data) == GROWER_TAG)
    label_row (child, ranking, row);
}

static void
append_column (GtkColumnView *list, GrowerColumn column)
{
  gpointer data = GUINT_TO_POINTER (column);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), data);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), data);
  g_autoptr (GtkColumnViewColumn) view_column = gtk_column_view_column_new (_ (columns[column].title), factory);
  gtk_column_view_column_set_resizable (view_column, TRUE);
  gtk_column_view_column_set_fixed_width (view_column, columns[column].width);
  gtk_column_view_column_set_expand (view_column, column == GROWER_PROCESS);
  gtk_column_view_append_column (list, view_column);
}

/* The header of a column has no tooltip of its own. */
static void
explain_headers (GtkWidget *list)
{
  GtkWidget *button = gtk_widget_get_first_child (gtk_widget_get_first_child (list));
  for (GrowerColumn column = 0; button != NULL && column < N_GROWER_COLUMNS; column++)
    {
      if (columns[column].tooltip != NULL)
        gtk_widget_set_tooltip_text (button, _ (columns[column].tooltip));
      button = gtk_widget_get_next_sibling (button);
    }
}

GtkWidget *
grower_list_new (void)
{
  /* Not the tree grid that a column view says to be: nothing opens here. */
  GtkWidget *list = g_object_new (GTK_TYPE_COLUMN_VIEW, "accessible-role", GTK_ACCESSIBLE_ROLE_GRID, "reorderable",
                                  FALSE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What grew the most"), -1);
  for (GrowerColumn column = 0; column < N_GROWER_COLUMNS; column++)
    append_column (GTK_COLUMN_VIEW (list), column);
  explain_headers (list);
  return list;
}

void
grower_list_show (GtkColumnView *list, const LeakRanking *ranking)
{
  GListModel *view_columns = gtk_column_view_get_columns (list);
  g_autoptr (GtkStringList) rows = gtk_string_list_new (NULL);
  gtk_column_view_set_model (list, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (view_columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (view_columns, i);
      g_object_set_data (G_OBJECT (gtk_column_view_column_get_factory (column)), "ranking", (gpointer) ranking);
      /* Of a short trace the rate is told with its time. */
      if (i == GROWER_RATE && ranking != NULL)
        gtk_column_view_column_set_fixed_width (column, ranking->growth_seconds < 1 ? WIDE_RATE : columns[i].width);
    }
  for (guint i = 0; ranking != NULL && i < ranking->rows->len; i++)
    gtk_string_list_append (rows, g_array_index (ranking->rows, LeakRow, i).key[1]);
  /* Nothing is selected as long as nobody looks: the current row is the table's. */
  g_autoptr (GtkSingleSelection) model = g_object_new (GTK_TYPE_SINGLE_SELECTION, "autoselect", FALSE,
                                                       "can-unselect", TRUE, "model", rows, NULL);
  gtk_column_view_set_model (list, GTK_SELECTION_MODEL (model));
}

gboolean
grower_list_grab_focus (GtkColumnView *list)
{
  GtkSelectionModel *selection = gtk_column_view_get_model (list);
  g_autoptr (GtkBitset) selected = gtk_selection_model_get_selection (selection);
  if (gtk_bitset_is_empty (selected))
    gtk_selection_model_select_item (selection, 0, TRUE);
  /* The column view itself would give it to its headers, its list to no row. All rows fit and stand in their order. */
  GtkWidget *rows = gtk_widget_get_next_sibling (gtk_widget_get_first_child (GTK_WIDGET (list)));
  GtkWidget *row = gtk_widget_get_first_child (rows);
  for (guint i = gtk_bitset_is_empty (selected) ? 0 : gtk_bitset_get_minimum (selected); i > 0 && row != NULL; i--)
    row = gtk_widget_get_next_sibling (row);
  return gtk_widget_grab_focus (row != NULL ? row : rows);
}
