/* Each finding of the health table, from a good trace with one thing wrong. */
#include "export/trace_health.h"

#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000000)

/* A trace of which nothing bad can be said, in memory of its own so that a test can spoil it. */
typedef struct
{
  PoolTrace trace;
  PoolSite sites[5];
  PoolImage image;
  PoolProcess process;
  gint64 allocated_ns[2], freed_ns[2];
  PoolLoss losses[1];
  guint64 size_bytes[2];
  guint32 interval_sites[2];
} GoodTrace;

static void
good_trace_init (GoodTrace *self)
{
  *self = (GoodTrace){
    .sites = { { 0, 0x6b61654c, POOL_SESSION_NONE, POOL_N_SPECIAL_STACKS },
               { .tag = 1 },
               { .tag = 2 },
               { .tag = 3 },
               { .tag = 4 } },
    .image = { .has_pdb_identity = TRUE },
    .process = { .image_name = (char *) "System" },
    .allocated_ns = { SECOND, 2 * SECOND },
    .freed_ns = { 3 * SECOND, POOL_TIME_NEVER },
    .size_bytes = { 10, 1000 },
  };
  PoolTrace *trace = &self->trace;
  trace->info = (PoolTraceInfo){ .display_name = (char *) "good.etl",
                                 .pointer_size = 8,
                                 .buffers_written = 7,
                                 .buffers_in_file = 7,
                                 .was_stopped_cleanly = TRUE,
                                 .first_pool_event_ns = SECOND,
                                 .last_event_ns = 100 * SECOND,
                                 .n_allocations = 2,
                                 .n_frees = 1,
                                 .n_allocations_with_stack = 2,
                                 .n_frees_with_stack = 1 };
  trace->intervals = (PoolIntervals){ .n = 2,
                                      .allocated_ns = self->allocated_ns,
                                      .freed_ns = self->freed_ns,
                                      .size_bytes = self->size_bytes,
                                      .site = self->interval_sites };
  trace->sites = self->sites;
  trace->n_sites = G_N_ELEMENTS (self->sites);
  trace->images = &self->image;
  trace->processes = &self->process;
  trace->n_images = trace->n_processes = 1;
}

static void
assert_findings (const GoodTrace *good, const char *expected)
{
  g_autoptr (GPtrArray) items = trace_health_list (&good->trace);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      g_string_append_printf (names, "%s%s", i > 0 ? " " : "", item->name);
      g_assert_null (strchr (item->sentence, '{'));
      g_assert_false (g_str_has_suffix (item->sentence, "."));
      g_assert_true (g_str_has_suffix (item->consequence, "."));
      g_assert_true (g_str_has_suffix (item->advice, "."));
    }
  g_assert_cmpstr (names->str, ==, expected);
}

/* Spoils one thing and tells which findings that must give. */
#define ASSERT_SPOILED(expected, ...)                                                                        \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    GoodTrace good;                                                                                          \
    good_trace_init (&good);                                                                                 \
    PoolTraceInfo *info = &good.trace.info;                                                                  \
    guint64 *counters = good.trace.counters.values;                                                          \
    (void) info;                                                                                             \
    (void) counters;                                                                                         \
    __VA_ARGS__;                                                                                             \
    assert_findings (&good, expected);                                                                       \
  }                                                                                                          \
  G_STMT_END

static void
test_good (void)
{
  ASSERT_SPOILED ("", );
}

static void
test_pool_events (void)
{
  ASSERT_SPOILED ("no-pool-events", info->n_allocations = info->n_frees = 0);
  ASSERT_SPOILED ("no-pool-activity", info->n_allocations = info->n_frees = 0;
                  info->has_group_masks = info->pool_was_on = TRUE);
  ASSERT_SPOILED ("no-pool-events", info->n_allocations = info->n_frees = 0; info->has_group_masks = TRUE);
  ASSERT_SPOILED ("no-allocations", info->n_allocations = 0);
  ASSERT_SPOILED ("no-frees", info->n_frees = 0);
}

static void
test_losses (void)
{
  ASSERT_SPOILED ("events-lost doubtful-leaks", counters[IMPORT_EVENTS_LOST] = 3);
  ASSERT_SPOILED ("buffers-lost doubtful-leaks", counters[IMPORT_BUFFERS_LOST] = 3);
  ASSERT_SPOILED ("doubtful-leaks", good.losses[0].end_ns = 2 * SECOND + 1; info->losses = good.losses;
                  info->n_losses = 1);
  ASSERT_SPOILED ("", good.losses[0].end_ns = 2 * SECOND; info->losses = good.losses; info->n_losses = 1);
  ASSERT_SPOILED ("cut-short", info->is_cut_short = TRUE; info->was_stopped_cleanly = FALSE);
  ASSERT_SPOILED ("not-stopped", info->was_stopped_cleanly = FALSE);
  ASSERT_SPOILED ("buffers-missing", info->buffers_in_file = 6);
  ASSERT_SPOILED ("", info->buffers_in_file = 6; info->log_file_mode = 0x2);
  ASSERT_SPOILED ("ragged-start", info->complete_from_ns = SECOND + 1);
  ASSERT_SPOILED ("", info->complete_from_ns = SECOND);
  ASSERT_SPOILED ("frees-of-lost-allocations", counters[IMPORT_POOL_FREES_ALLOCATION_LOST] = 1);
  ASSERT_SPOILED ("frees-not-seen", counters[IMPORT_POOL_FREES_NOT_SEEN] = 1);
  ASSERT_SPOILED ("STACK_KEYS_UNDEFINED", counters[IMPORT_STACK_KEYS_UNDEFINED] = 1);
  ASSERT_SPOILED ("", counters[IMPORT_POOL_FREES_BEFORE_TRACE] = 1);
}

static void
test_contents (void)
{
  ASSERT_SPOILED ("no-stacks", info->n_allocations_with_stack = 0);
  ASSERT_SPOILED ("stacks-missing", good.interval_sites[1] = 1);
  ASSERT_SPOILED ("", good.interval_sites[0] = 1);
  ASSERT_SPOILED ("no-free-stacks", info->n_frees_with_stack = 0);
  ASSERT_SPOILED ("no-images", good.trace.n_images = 0);
  ASSERT_SPOILED ("no-image-identities", good.image.has_pdb_identity = FALSE);
  ASSERT_SPOILED ("no-processes", good.process.image_name = NULL);
  ASSERT_SPOILED ("no-processes", good.trace.n_processes = 0);
  ASSERT_SPOILED ("few-tags", good.sites[4].tag = 3);
  ASSERT_SPOILED ("short-trace", info->last_event_ns = 60 * SECOND - 1);
  ASSERT_SPOILED ("verifier", good.sites[2].pool_type = 0x40);
  ASSERT_SPOILED ("recorder-blocks", good.sites[0].tag = 0x42777445);
}

static void
test_sentence (void)
{
  GoodTrace good;
  good_trace_init (&good);
  good.trace.info.buffers_in_file = 6;
  g_autoptr (GPtrArray) items = trace_health_list (&good.trace);
  const TraceHealthItem *item = items->pdata[0];
  g_assert_cmpstr (item->sentence, ==, "the file holds 6 of the 7 buffers that were written");
  g_assert_cmpstr (trace_health_severity_get_name (item->severity), ==, "serious");
  static const char *const values[] = { "one", NULL };
  g_autofree char *filled = trace_health_fill_template ("{2}{1}, {3} and {1", values);
  g_assert_cmpstr (filled, ==, "one, {3} and {1");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/health/good", test_good);
  g_test_add_func ("/export/health/pool-events", test_pool_events);
  g_test_add_func ("/export/health/losses", test_losses);
  g_test_add_func ("/export/health/contents", test_contents);
  g_test_add_func ("/export/health/sentence", test_sentence);
  return g_test_run ();
}
