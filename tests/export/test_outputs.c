/* Text, CSV and JSON as they reach the stream. */
#include "export/csv_output.h"
#include "export/json_document.h"
#include "export/metric_text.h"
#include "export/tree_rows.h"
#include "output_fixture.h"
#include "trace_fixture.h"

#include <string.h>

static void
test_csv_quoting (void)
{
  static const struct
  {
    const char *text, *expected;
  } fields[] = {
    { "plain", "plain" },
    { "", "" },
    { "Irp ", "Irp " },
    { "a,b", "\"a,b\"" },
    { "\"", "\"\"\"\"" },
    { "say \"no\"", "\"say \"\"no\"\"\"" },
    { "two\nlines", "\"two\nlines\"" },
    { "return\r", "\"return\r\"" },
    { "Größe;=1", "Größe;=1" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      OutputFixture fixture;
      output_fixture_init (&fixture);
      CsvOutput csv = { &fixture.output, FALSE };
      csv_output_add_field (&csv, fields[i].text);
      csv_output_add_integer (&csv, G_MININT64);
      csv_output_add_unsigned (&csv, G_MAXUINT64);
      csv_output_end_row (&csv);
      csv_output_add_field (&csv, fields[i].text);
      csv_output_end_row (&csv);
      g_autofree char *written = output_fixture_finish (&fixture);
      g_autofree char *expected = g_strdup_printf ("%s,-9223372036854775808,18446744073709551615\n%s\n",
                                                   fields[i].expected, fields[i].expected);
      g_assert_cmpstr (written, ==, expected);
    }
}

static void
test_line_safe (void)
{
  OutputFixture fixture;
  output_fixture_init (&fixture);
  text_output_add_line_safe (&fixture.output, "a\nb\x1b[2J\x7f\tü");
  text_output_add_padded (&fixture.output, "ü\u202f1", 5, TRUE);
  text_output_add_padded (&fixture.output, "long text", 3, FALSE);
  text_output_add_padded (&fixture.output, "x", 3, FALSE);
  g_autofree char *written = output_fixture_finish (&fixture);
  g_assert_cmpstr (written, ==, "a\\x0ab\\x1b[2J\\x7f\\x09ü  ü\u202f1long textx  ");
}

/* The first error is kept, and nothing more is written behind it. */
static void
test_write_error (void)
{
  char room[1000];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_auto (TextOutput) output = { 0 };
  g_autoptr (GError) error = NULL;
  text_output_init (&output, stream);
  for (guint i = 0; i < 100000; i++)
    text_output_printf (&output, "line %u\n", i);
  g_assert_nonnull (output.error);
  g_assert_false (text_output_finish (&output, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

/* Much text is written by a thread, in the same order; of an output that is not finished nothing is left over. */
static void
test_much_text (void)
{
  OutputFixture fixture;
  g_autoptr (GString) expected = g_string_new (NULL), piece = g_string_new (NULL), lines = g_string_new (NULL);
  output_fixture_init (&fixture);
  for (guint i = 0; i < 30000; i++)
    {
      g_string_printf (piece, "%u,", i);
      gboolean is_safe = i % 3 > 0;
      g_string_append_printf (expected, "%u,%*s%s\n%u;\\x09", i, (int) (i % 90), "", is_safe ? "a name" : "a\\x0aname", i);
      text_append_line (lines, piece, i % 90, is_safe ? "a name" : "a\nname");
      text_output_take (&fixture.output, &lines);
      g_assert_cmpuint (lines->len, ==, 0);
      text_output_printf (&fixture.output, "%u;", i);
      text_output_add_line_safe (&fixture.output, "\t");
    }
  g_autofree char *written = output_fixture_finish (&fixture);
  g_assert_cmpuint (expected->len, >, 1000000);
  g_assert_cmpstr (written, ==, expected->str);
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  g_auto (TextOutput) unfinished = { 0 };
  text_output_init (&unfinished, stream);
  for (guint i = 0; i < 3; i++)
    text_output_add (&unfinished, expected->str);
}

/* What is written of the rows of @export, the header left out, one after the other. */
static void
append_expected_rows (const TreeExport *export, GString *expected)
{
  g_auto (TreeRows) rows = { 0 };
  g_autoptr (GString) number = g_string_new (NULL);
  const PoolTree *tree = pool_tree_values_get_tree (export->values);
  tree_rows_init (&rows, export);
  for (gsize i = 0; i < rows.n_rows; i++)
    for (guint32 place = 0; place < tree_row_get_n_shown (&rows.rows[i]); place++)
      {
        for (gsize column = 0; column < export->n_columns; column++)
          {
            gint64 value;
            g_assert_true (tree_rows_get_value (&rows, i, column, &value));
            g_string_truncate (number, 0);
            metric_append (number, export->columns[column], value);
            text_append_padded (expected, number->str, 14, TRUE);
            g_string_append (expected, "  ");
          }
        for (guint depth = 0; depth < rows.rows[i].depth + place; depth++)
          g_string_append (expected, "  ");
        g_string_append (expected, pool_tree_chain_get_text (&rows.rows[i].chain, tree, place));
        g_string_append_c (expected, '\n');
      }
}

/* A table so long that several threads write it, in the order of its rows; and without an end where it cannot be written. */
static void
test_long_table (void)
{
  const TimeRangeText range_text = TIME_RANGE_TEXT_WHOLE;
  const Dimension grouping[] = { DIMENSION_TAG, DIMENSION_SIZE };
  const Metric columns[] = { METRIC_COUNT, METRIC_SIZE, METRIC_PEAK };
  g_autoptr (PoolTrace) trace = trace_fixture_make_even (20000, 3000);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  g_autoptr (PoolTree) tree = pool_tree_new (trace, names, grouping, G_N_ELEMENTS (grouping), NULL, NULL, NULL);
  g_autoptr (PoolTreeValues) values = pool_tree_values_new (tree, TIME_RANGE_WHOLE, NULL, NULL);
  const TreeExport export = { .values = values, .range = &range_text, .columns = columns,
                              .n_columns = G_N_ELEMENTS (columns), .sort = METRIC_SIZE, .limit = TREE_EXPORT_NO_LIMIT };
  g_autoptr (GString) expected = g_string_new (NULL);
  append_expected_rows (&export, expected);
  OutputFixture fixture;
  output_fixture_init (&fixture);
  tree_export_write_text (&export, &fixture.output);
  g_autofree char *written = output_fixture_finish (&fixture);
  g_assert_cmpstr (strchr (written, '\n') + 1, ==, expected->str);

  char room[1000];
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new (room, sizeof room, NULL, NULL);
  g_auto (TextOutput) output = { 0 };
  g_autoptr (GError) error = NULL;
  text_output_init (&output, stream);
  tree_export_write_text (&export, &output);
  g_assert_false (text_output_finish (&output, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
}

static void
assert_json (const char *text, const PoolTrace *trace)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  JsonObject *root = json_node_get_object (json_parser_get_root (parser));
  g_assert_cmpstr (json_object_get_string_member (root, "schema"), ==, "poolscope-table-1");
  g_assert_cmpstr (json_object_get_string_member (root, "trace"), ==, trace->info.display_name);
  g_assert_cmpint (json_object_get_int_member (root, "large"), ==, G_MAXINT64);
  g_assert_cmpint (json_object_get_int_member (root, "small"), ==, G_MININT64);
  g_assert_cmpint (json_object_get_int_member (root, "time"), ==, 7);
  g_assert_true (json_object_get_null_member (root, "before"));
  JsonObject *range = json_object_get_object_member (root, "range");
  g_assert_cmpint (json_object_get_int_member (range, "start_ns"), ==, 5);
  g_assert_true (json_object_get_null_member (range, "end_ns"));
  JsonArray *rows = json_object_get_array_member (root, "rows");
  g_assert_cmpuint (json_array_get_length (rows), ==, 1);
  JsonObject *first = json_array_get_object_element (rows, 0);
  g_assert_cmpstr (json_object_get_string_member (first, "text"), ==, "back\\slash \x01 }");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (first, "children")), ==, 0);
}

static void
test_json_values (void)
{
  const PoolTrace trace = { .info.display_name = (char *) "a \"name\"\n.etl" };
  OutputFixture fixture;
  output_fixture_init (&fixture);
  g_autoptr (JsonBuilder) builder = json_document_begin ("table", &trace);
  json_document_add_unsigned (builder, "large", G_MAXUINT64);
  json_document_add_integer (builder, "small", G_MININT64);
  json_document_add_time (builder, "before", POOL_TIME_BEFORE);
  json_document_add_time (builder, "time", 7);
  json_document_add_range (builder, &(TimeRangeText){ { 5, G_MAXINT64 }, TRUE, FALSE });
  json_document_write_open (builder, "rows", &fixture.output);
  g_autoptr (JsonBuilder) row = json_builder_new ();
  json_builder_begin_object (row);
  json_document_add_string (row, "text", "back\\slash \x01 }");
  json_document_write_open_row (row, &fixture.output);
  text_output_add (&fixture.output, "]}");
  json_document_write_close (&fixture.output);
  g_autofree char *written = output_fixture_finish (&fixture);
  assert_json (written, &trace);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/csv/quoting", test_csv_quoting);
  g_test_add_func ("/export/text/line-safe", test_line_safe);
  g_test_add_func ("/export/text/write-error", test_write_error);
  g_test_add_func ("/export/text/much", test_much_text);
  g_test_add_func ("/export/text/long-table", test_long_table);
  g_test_add_func ("/export/json/values", test_json_values);
  return g_test_run ();
}
