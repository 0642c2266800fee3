/* What is remembered of a trace: written and read again, of other traces, broken in every way, too many of them. */
#include "app/state/state_json.h"
#include "app/state/trace_state_store.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

static TraceIdentity
get_identity (void)
{
  PoolTraceInfo info = { .file_size_bytes = 123456, .start_filetime = 132000000000000000, .end_filetime = 132000000010000000,
                         .frequency = 10000000, .n_processors = 4, .buffers_in_file = 17, .session_name = (char *) "NT Kernel Logger" };
  TraceIdentity self;
  trace_identity_init (&self, "/traces/pool \xff leak.etl", &info); /* a path need not be text */
  return self;
}

static ViewState *
new_view (void)
{
  ViewState *self = view_state_new ();
  self->title = g_strdup ("Köln \"1\"");
  self->range = (TimeRange){ 5, 17 };
  self->shown = (TimeRange){ 0, 99 };
  const char *conditions[] = { "tag=Leak", "size>=4KiB", NULL }, *groups[] = { "paged", "stack", NULL },
             *values[] = { "count", "trend", NULL }, *bands[] = { "NonPaged", NULL }, *graphs[] = { "count", "lifetimes", NULL };
  const char *places[] = { "myfault.sys+0x12", NULL };
  char ***lists[] = { &self->conditions, &self->groups, &self->values, &self->hidden_bands, &self->graphs };
  const char *const *texts[] = { conditions, groups, values, bands, graphs };
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_strfreev (*lists[i]);
      *lists[i] = g_strdupv ((char **) texts[i]);
    }
  ColumnWidth width = { g_strdup ("tag"), 150 };
  g_array_append_val (self->widths, width);
  self->sort = g_strdup ("peak");
  self->sort_is_ascending = TRUE;
  self->measure = g_strdup ("count");
  self->page = g_strdup ("icicle");
  self->divider = 0.375;
  self->divider_is_above = TRUE;
  OutlineRow rows[] = { { 1, g_strdup ("NonPaged"), NULL, TRUE, FALSE },
                        { 2, g_strdup ("myfault.sys!Leak"), g_strdupv ((char **) places), TRUE, TRUE },
                        { 1, g_strdup ("Paged"), NULL, TRUE, FALSE } };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_true (row_outline_add (self->rows, &rows[i]));
  return self;
}

static TraceState *
new_state (void)
{
  TraceState *self = trace_state_new ();
  g_ptr_array_add (self->views, view_state_new ());
  g_ptr_array_add (self->views, new_view ());
  self->current_view = 1;
  g_free (self->notes);
  self->notes = g_strdup ("Seen on build 19045.\nAsk the driver's owner.");
  return self;
}

static void
test_round_trip (void)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (TraceState) state = new_state ();
  g_autofree char *text = trace_state_write (state, &identity);
  g_autoptr (GError) error = NULL;
  g_autoptr (TraceState) found = trace_state_read (text, strlen (text), &identity, &error);
  g_assert_no_error (error);
  g_autofree char *again = trace_state_write (found, &identity);
  g_assert_cmpstr (again, ==, text);
  /* Equal texts could both lack something. */
  const ViewState *whole = g_ptr_array_index (found->views, 0), *view = g_ptr_array_index (found->views, 1);
  g_assert_true (time_range_equal (whole->range, TIME_RANGE_WHOLE) && *whole->groups == NULL && whole->rows->len == 0);
  g_assert_cmpuint (found->current_view, ==, 1);
  g_assert_cmpstr (found->notes, ==, state->notes);
  g_assert_cmpstr (view->title, ==, "Köln \"1\"");
  g_assert_true (time_range_equal (view->range, (TimeRange){ 5, 17 }));
  g_assert_true (time_range_equal (view->shown, (TimeRange){ 0, 99 }));
  g_assert_cmpstr (view->conditions[1], ==, "size>=4KiB");
  g_assert_cmpstr (view->groups[1], ==, "stack");
  g_assert_cmpstr (view->values[1], ==, "trend");
  g_assert_cmpstr (view->hidden_bands[0], ==, "NonPaged");
  g_assert_cmpstr (view->graphs[1], ==, "lifetimes");
  g_assert_cmpint (g_array_index (view->widths, ColumnWidth, 0).width_px, ==, 150);
  g_assert_cmpstr (view->sort, ==, "peak");
  g_assert_true (view->sort_is_ascending);
  g_assert_cmpstr (view->measure, ==, "count");
  g_assert_cmpfloat_with_epsilon (view->divider, 0.375, 1e-9);
  g_assert_cmpstr (view->page, ==, "icicle");
  g_assert_true (view->divider_is_above);
  const OutlineRow *row = &g_array_index (view->rows, OutlineRow, 1);
  g_assert_cmpuint (view->rows->len, ==, 3);
  g_assert_cmpstr (row->text, ==, "myfault.sys!Leak");
  g_assert_cmpstr (row->places[0], ==, "myfault.sys+0x12");
  g_assert_true (row->depth == 2 && row->is_open && row->is_current);
}

/* Each member of the identity tells traces apart, in the text and in the file's name. */
static void
test_other_traces (void)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (TraceState) state = new_state ();
  g_autofree char *text = trace_state_write (state, &identity);
  g_autofree char *key = trace_identity_dup_key (&identity);
  for (guint i = 0; i < 8; i++)
    {
      g_auto (TraceIdentity) other = get_identity ();
      char **texts[] = { &other.path, &other.session_name };
      if (i < 2)
        {
          g_free (*texts[i]);
          *texts[i] = g_strdup ("/other");
        }
      other.size_bytes += i == 2;
      other.start_filetime += i == 3;
      other.end_filetime += i == 4;
      other.frequency += i == 5;
      other.n_processors += i == 6;
      other.n_buffers += i == 7;
      g_autofree char *other_key = trace_identity_dup_key (&other);
      g_autoptr (GError) error = NULL;
      g_assert_null (trace_state_read (text, strlen (text), &other, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      g_assert_cmpstr (key, !=, other_key);
    }
}

static void
assert_refused (const char *text, gssize n_bytes)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (GError) error = NULL;
  g_assert_null (trace_state_read (text, n_bytes < 0 ? strlen (text) : (gsize) n_bytes, &identity, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void
test_refused (void)
{
  static const char *const texts[] = { "", "null", "[]", "{", "\xff", "{\"schema\": 5}", "{\"schema\": \"poolscope-table-1\"}",
                                       "{\"schema\": \"poolscope-trace-state\", \"version\": 2}" };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], -1);
  /* A comment or a string of another kind must not hide how deep it goes. */
  static const char *const beginnings[] = { "", "//\"\n", "/*\"*/", "'\"'", "\"\\\"\"" };
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    {
      g_autoptr (GString) deep = g_string_new (beginnings[i]);
      for (guint n = 0; n < 500000; n++)
        g_string_append_c (deep, '[');
      assert_refused (deep->str, (gssize) deep->len);
    }
  g_autofree char *large = g_strnfill (STATE_JSON_MAX_BYTES + 1, ' ');
  assert_refused (large, -1);
}

/* Values out of bounds and of other types: the rest of the state stays. */
static void
test_odd_values (void)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (TraceState) state = trace_state_new ();
  g_autofree char *text = trace_state_write (state, &identity);
  char *views = strstr (text, "\"views\" : [");
  g_assert_nonnull (views);
  *views = '\0';
  g_autofree char *odd = g_strconcat (
      text,
      "\"views\" : [5, null, {\"range\": {\"start\": 7, \"end\": 7}, \"shown\": [], \"filter\": [1, \"a=b\", {}], "
      "\"groups\": \"tag\", \"widths\": [{\"column\": \"tag\", \"width\": 1e9}, {\"width\": 5}, 3], \"sort\": false, "
      "\"divider permille\": 5000, \"rows\": [{\"depth\": 2, \"text\": \"no parent\"}, {\"depth\": 1, \"text\": \"first\"}, "
      "{\"depth\": 3, \"text\": \"too deep\"}, {\"depth\": -1, \"text\": \"\"}, {\"depth\": 1}, {\"depth\": 2, \"text\": \"second\"}]}]}",
      NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (TraceState) found = trace_state_read (odd, strlen (odd), &identity, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->views->len, ==, 1);
  const ViewState *view = g_ptr_array_index (found->views, 0);
  g_assert_true (time_range_equal (view->range, TIME_RANGE_WHOLE) && time_range_equal (view->shown, TIME_RANGE_WHOLE));
  g_assert_cmpuint (g_strv_length (view->conditions), ==, 1);
  g_assert_true (*view->groups == NULL && view->widths->len == 0 && view->sort == NULL);
  g_assert_cmpfloat (view->divider, ==, 1);
  g_assert_cmpuint (view->rows->len, ==, 2);
  g_assert_cmpstr (g_array_index (view->rows, OutlineRow, 1).text, ==, "second");
}

/* Files damaged at random are read or refused. */
static void
test_damage (void)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  g_autoptr (TraceState) state = new_state ();
  g_autofree char *text = trace_state_write (state, &identity);
  gsize n_bytes = strlen (text);
  guint n_read = 0, n_refused = 0;
  for (guint i = 0; i < 2000; i++)
    {
      g_autofree char *damaged = g_memdup2 (text, n_bytes);
      for (int n = g_rand_int_range (random, 1, 4); n > 0; n--)
        damaged[g_rand_int_range (random, 0, (int) n_bytes)] = "{}[]\",:0-9\\ntx\xff"[g_rand_int_range (random, 0, 15)];
      gsize n_kept = g_rand_boolean (random) ? n_bytes : (gsize) g_rand_int_range (random, 0, (int) n_bytes);
      /* Exactly so many bytes, so that a read beyond them is seen. */
      g_autofree char *exact = g_memdup2 (damaged, n_kept);
      g_autoptr (GError) error = NULL;
      g_autoptr (TraceState) found = trace_state_read (exact, n_kept, &identity, &error);
      g_assert_true ((found == NULL) == (error != NULL));
      found != NULL ? n_read++ : n_refused++;
    }
  g_assert_cmpuint (n_read, >, 0);
  g_assert_cmpuint (n_refused, >, 0);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n = 0;
  while (g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

static void
test_store (void)
{
  g_auto (TraceIdentity) identity = get_identity ();
  g_autoptr (TraceState) state = new_state ();
  g_autoptr (GError) error = NULL;
  g_autofree char *top = g_dir_make_tmp ("poolscope-state-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (top, "a", "b", NULL);
  g_assert_null (trace_state_store_load (folder, &identity, &error));
  g_assert_no_error (error);
  g_assert_true (trace_state_store_forget (folder, &identity, &error));
  g_assert_true (trace_state_store_save (folder, &identity, state, &error));
  g_autoptr (TraceState) found = trace_state_store_load (folder, &identity, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->notes, ==, state->notes);

  /* A broken file is told by its name and left where it is. */
  g_autofree char *key = trace_identity_dup_key (&identity);
  g_autofree char *name = g_strconcat (key, ".json", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_assert_true (g_file_set_contents (path, "{}", -1, NULL));
  g_assert_null (trace_state_store_load (folder, &identity, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_assert_nonnull (strstr (error->message, path));
  g_clear_error (&error);

  /* The oldest go, the one just written stays. */
  for (int i = 0; i < TRACE_STATE_STORE_MAX_FILES + 10; i++)
    {
      g_autofree char *old_name = g_strdup_printf ("%032d.json", i);
      g_autofree char *old_path = g_build_filename (folder, old_name, NULL);
      struct utimbuf times = { .actime = 1000000 + i, .modtime = 1000000 + i };
      g_assert_true (g_file_set_contents (old_path, "{}", -1, NULL));
      g_assert_cmpint (g_utime (old_path, &times), ==, 0);
    }
  g_assert_true (trace_state_store_save (folder, &identity, state, &error));
  g_assert_cmpuint (count_files (folder), ==, TRACE_STATE_STORE_MAX_FILES);
  g_autofree char *oldest_name = g_strdup_printf ("%032d.json", 10);
  g_autofree char *oldest = g_build_filename (folder, oldest_name, NULL);
  g_assert_false (g_file_test (oldest, G_FILE_TEST_EXISTS));
  g_autoptr (TraceState) kept = trace_state_store_load (folder, &identity, &error);
  g_assert_nonnull (kept);
  g_assert_true (trace_state_store_forget (folder, &identity, &error));
  g_assert_cmpuint (count_files (folder), ==, TRACE_STATE_STORE_MAX_FILES - 1);

  /* What would not be read again is not written. */
  g_free (state->notes);
  state->notes = g_strnfill (2 << 20, 'x');
  g_assert_false (trace_state_store_save (folder, &identity, state, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  for (const char *left; (left = g_dir_read_name (directory)) != NULL;)
    {
      g_autofree char *left_path = g_build_filename (folder, left, NULL);
      g_unlink (left_path);
    }
  g_autofree char *middle = g_build_filename (top, "a", NULL);
  g_rmdir (folder);
  g_rmdir (middle);
  g_rmdir (top);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trace-state/round-trip", test_round_trip);
  g_test_add_func ("/trace-state/other-traces", test_other_traces);
  g_test_add_func ("/trace-state/refused", test_refused);
  g_test_add_func ("/trace-state/odd-values", test_odd_values);
  g_test_add_func ("/trace-state/damage", test_damage);
  g_test_add_func ("/trace-state/store", test_store);
  return g_test_run ();
}
