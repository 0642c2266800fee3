#include "base/prefetch.h"
#include "export/metric_text.h"
#include "export/tree_rows.h"

#define COLUMN_WIDTH 14
#define INDENT_WIDTH 2
#define MOST_PREFETCHED 32   /* names at once */
#define MAX_INDENT_LEVELS 128 /* deeper stacks are not moved further to the right */

static void
write_header (const TreeExport *self, TextOutput *output)
{
  for (gsize i = 0; i < self->n_columns; i++)
    {
      text_output_add_padded (output, metric_get_display_name (self->columns[i]), COLUMN_WIDTH, TRUE);
      text_output_add (output, "  ");
    }
  gsize n_levels;
  const Dimension *grouping = pool_tree_get_grouping (pool_tree_values_get_tree (self->values), &n_levels);
  for (gsize i = 0; i < n_levels; i++)
    {
      text_output_add (output, i > 0 ? " / " : "");
      text_output_add (output, dimension_get_display_name (grouping[i]));
    }
  text_output_add (output, "\n");
}

/* The text of a column in the row written last. Rows often say the same as their parents. */
typedef struct
{
  gint64 value;
  gboolean has_value;
  GString *text; /* (owned): filled up to the width of the column */
} Cell;

typedef struct
{
  const TreeExport *export;
  TreeRows rows;
  Cell *cells;      /* (array length=n_columns) (owned) */
  GString *numbers; /* (owned): of all columns */
  GString *scratch; /* (owned) */
} TextTable;

static void
text_table_init (TextTable *self, const TreeExport *export)
{
  *self = (TextTable){ .export = export, .numbers = g_string_new (NULL), .scratch = g_string_new (NULL) };
  tree_rows_init (&self->rows, export);
  self->cells = g_new0 (Cell, export->n_columns);
}

static void
text_table_clear (TextTable *self)
{
  for (gsize column = 0; column < self->export->n_columns; column++)
    if (self->cells[column].text)
      g_string_free (self->cells[column].text, TRUE);
  g_free (self->cells);
  g_string_free (self->numbers, TRUE);
  g_string_free (self->scratch, TRUE);
  tree_rows_clear (&self->rows);
}

static void
set_cell (TextTable *self, gsize row, gsize column)
{
  Cell *cell = &self->cells[column];
  gint64 value;
  gboolean has_value = tree_rows_get_value (&self->rows, row, column, &value);
  if (cell->text && cell->has_value == has_value && (!has_value || cell->value == value))
    return;
  cell->has_value = has_value;
  cell->value = value;
  g_string_truncate (self->scratch, 0);
  if (has_value)
    metric_append (self->scratch, self->export->columns[column], value);
  else
    g_string_append (self->scratch, "–");
  cell->text = cell->text ? g_string_truncate (cell->text, 0) : g_string_new (NULL);
  text_append_padded (cell->text, self->scratch->str, COLUMN_WIDTH, TRUE);
  g_string_append (cell->text, "  ");
}

/* The numbers of @row, which all rows of its chain have. */
static void
set_numbers (TextTable *self, gsize row)
{
  g_string_truncate (self->numbers, 0);
  for (gsize column = 0; column < self->export->n_columns; column++)
    {
      set_cell (self, row, column);
      g_string_append_len (self->numbers, self->cells[column].text->str, (gssize) self->cells[column].text->len);
    }
}

static void
write_line (const TextTable *self, const TreeRow *row, guint32 place, TextOutput *output)
{
  gsize n_spaces = INDENT_WIDTH * MIN (row->depth + place, MAX_INDENT_LEVELS);
  const PoolTree *tree = pool_tree_values_get_tree (self->export->values);
  if (row->n_others == 0)
    {
      text_output_add_line (output, self->numbers, n_spaces, pool_tree_chain_get_text (&row->chain, tree, place));
      return;
    }
  g_autofree char *others = g_strdup_printf ("[Other] (%u %s)", row->n_others, row->n_others == 1 ? "row" : "rows");
  text_output_add_line (output, self->numbers, n_spaces, others);
}

/* The names of frames lie in no order: begins to fetch those of @row. */
static void
prefetch_names (const TextTable *self, gsize row)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->export->values);
  const PoolTreeChain *chain = &self->rows.rows[row].chain;
  for (guint32 place = 0; chain->frames != NULL && place < MIN (chain->n_rows, MOST_PREFETCHED); place++)
    prefetch (pool_tree_chain_get_text (chain, tree, place));
}

void
tree_export_write_text (const TreeExport *self, TextOutput *output)
{
  TextTable table;
  text_table_init (&table, self);
  write_header (self, output);
  for (gsize i = 0; i < table.rows.n_rows && !output->error; i++)
    {
      if (i + 1 < table.rows.n_rows)
        prefetch_names (&table, i + 1);
      set_numbers (&table, i);
      for (guint32 place = 0; place < tree_row_get_n_shown (&table.rows.rows[i]); place++)
        write_line (&table, &table.rows.rows[i], place, output);
    }
  text_table_clear (&table);
}
