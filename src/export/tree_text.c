#include "base/prefetch.h"
#include "base/row_shares.h"
#include "export/metric_text.h"
#include "export/tree_rows.h"

#define COLUMN_WIDTH 14
#define INDENT_WIDTH 2
#define ROWS_OF_SECTION 512
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

/* --- Rows ------------------------------------------------------------------------------------------------- */

/* The text of a column in the row written last. Rows often say the same as their parents. */
typedef struct
{
  gint64 value;
  gboolean has_value;
  GString *text; /* (owned): filled up to the width of the column */
} Cell;

/* Writes rows that follow each other. */
typedef struct
{
  const TreeExport *export;
  const TreeRows *rows;
  Cell *cells;      /* (array length=n_columns) (owned) */
  GString *numbers; /* (owned): of all columns */
  GString *scratch; /* (owned) */
  GString *lines;   /* (owned): what is written */
} RowWriter;

static void
row_writer_init (RowWriter *self, const TreeExport *export, const TreeRows *rows)
{
  *self = (RowWriter){ .export = export, .rows = rows, .numbers = g_string_new (NULL), .scratch = g_string_new (NULL),
                       .lines = g_string_new (NULL) };
  self->cells = g_new0 (Cell, export->n_columns);
}

static void
row_writer_clear (RowWriter *self)
{
  for (gsize column = 0; column < self->export->n_columns; column++)
    if (self->cells[column].text)
      g_string_free (self->cells[column].text, TRUE);
  g_free (self->cells);
  g_string_free (self->numbers, TRUE);
  g_string_free (self->scratch, TRUE);
  g_string_free (self->lines, TRUE);
}

static void
set_cell (RowWriter *self, gsize row, gsize column)
{
  Cell *cell = &self->cells[column];
  gint64 value;
  gboolean has_value = tree_rows_get_value (self->rows, row, column, &value);
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
set_numbers (RowWriter *self, gsize row)
{
  g_string_truncate (self->numbers, 0);
  for (gsize column = 0; column < self->export->n_columns; column++)
    {
      set_cell (self, row, column);
      g_string_append_len (self->numbers, self->cells[column].text->str, (gssize) self->cells[column].text->len);
    }
}

static void
write_line (RowWriter *self, const TreeRow *row, guint32 place)
{
  gsize n_spaces = INDENT_WIDTH * MIN (row->depth + place, MAX_INDENT_LEVELS);
  const PoolTree *tree = pool_tree_values_get_tree (self->export->values);
  if (row->n_others == 0)
    {
      text_append_line (self->lines, self->numbers, n_spaces, pool_tree_chain_get_text (&row->chain, tree, place));
      return;
    }
  g_autofree char *others = g_strdup_printf ("[Other] (%u %s)", row->n_others, row->n_others == 1 ? "row" : "rows");
  text_append_line (self->lines, self->numbers, n_spaces, others);
}

/* The names of frames lie in no order: begins to fetch those of @row. */
static void
prefetch_names (const RowWriter *self, gsize row)
{
  const PoolTree *tree = pool_tree_values_get_tree (self->export->values);
  const PoolTreeChain *chain = &self->rows->rows[row].chain;
  for (guint32 place = 0; chain->frames != NULL && place < MIN (chain->n_rows, MOST_PREFETCHED); place++)
    prefetch (pool_tree_chain_get_text (chain, tree, place));
}

static void
write_rows (RowWriter *self, gsize first, gsize end)
{
  for (gsize i = first; i < end; i++)
    {
      if (i + 1 < end)
        prefetch_names (self, i + 1);
      set_numbers (self, i);
      for (guint32 place = 0; place < tree_row_get_n_shown (&self->rows->rows[i]); place++)
        write_line (self, &self->rows->rows[i], place);
    }
}

/* --- Sections --------------------------------------------------------------------------------------------- */

/* A table in sections of ROWS_OF_SECTION rows, which threads write side by side and hand over in their order. */
typedef struct
{
  const TreeExport *export;
  TreeRows rows;
  guint n_sections, next_section; /* next: (atomic) */
  GMutex mutex; /* guards all below */
  GCond changed;
  TextOutput *output;
  guint n_handed_over;
} TextTable;

/* When it is their turn. Returns: whether more are wanted. */
static gboolean
hand_over (TextTable *self, guint section, GString **lines)
{
  g_mutex_lock (&self->mutex);
  while (self->n_handed_over < section)
    g_cond_wait (&self->changed, &self->mutex);
  text_output_take (self->output, lines);
  self->n_handed_over++;
  gboolean is_good = self->output->error == NULL;
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->mutex);
  return is_good;
}

static void
write_sections (guint share, gsize begin, gsize end, gpointer data)
{
  TextTable *self = data;
  RowWriter writer;
  gboolean is_wanted = TRUE;
  row_writer_init (&writer, self->export, &self->rows);
  for (guint section; (section = (guint) g_atomic_int_add (&self->next_section, 1)) < self->n_sections;)
    {
      gsize first = (gsize) section * ROWS_OF_SECTION;
      if (is_wanted)
        write_rows (&writer, first, MIN (first + ROWS_OF_SECTION, self->rows.n_rows));
      is_wanted = hand_over (self, section, &writer.lines);
    }
  row_writer_clear (&writer);
}

void
tree_export_write_text (const TreeExport *self, TextOutput *output)
{
  TextTable table = { .export = self, .output = output };
  tree_rows_init (&table.rows, self);
  write_header (self, output);
  table.n_sections = (guint) ((table.rows.n_rows + ROWS_OF_SECTION - 1) / ROWS_OF_SECTION);
  guint n_shares = MIN (row_shares_choose (G_MAXSIZE, ROW_SHARES_MAXIMUM), table.n_sections);
  g_mutex_init (&table.mutex);
  g_cond_init (&table.changed);
  row_shares_run (n_shares, n_shares, write_sections, &table);
  g_cond_clear (&table.changed);
  g_mutex_clear (&table.mutex);
  tree_rows_clear (&table.rows);
}
