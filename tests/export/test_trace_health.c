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
                                 .file_size_bytes = 64 * 1024,
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

/* @expected: "name: sentence" of each finding, a line each. */
static void
assert_findings (const GoodTrace *good, const char *expected)
{
  g_autoptr (GPtrArray) items = trace_health_list (&good->trace);
  g_autoptr (GString) findings = g_string_new (NULL);
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      g_string_append_printf (findings, "%s%s: %s", i > 0 ? "\n" : "", item->name, item->sentence);
      g_assert_null (strchr (item->sentence, '{'));
      g_assert_false (g_str_has_suffix (item->sentence, "."));
      g_assert_true (g_str_has_suffix (item->consequence, "."));
      g_assert_true (g_str_has_suffix (item->advice, "."));
    }
  g_assert_cmpstr (findings->str, ==, expected);
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

#define UNTIMED                                                                                              \
  "loss-at-unknown-time: nothing in the trace tells when events were lost: all of the 0.977 KiB allocated and " \
  "not freed are in doubt"

static void
test_good (void)
{
  ASSERT_SPOILED ("", );
}

static void
test_pool_events (void)
{
  const char *no_events = "no-pool-events: there are no pool events in this trace";
  ASSERT_SPOILED (no_events, info->n_allocations = info->n_frees = 0);
  ASSERT_SPOILED ("no-pool-activity: pool events were switched on, but none was recorded",
                  info->n_allocations = info->n_frees = 0;
                  info->has_group_masks = info->pool_was_on = TRUE);
  ASSERT_SPOILED (no_events, info->n_allocations = info->n_frees = 0; info->has_group_masks = TRUE);
  ASSERT_SPOILED ("no-allocations: there are frees but no allocations in this trace", info->n_allocations = 0);
  ASSERT_SPOILED ("no-frees: there are no frees in this trace", info->n_frees = 0);
}

static void
test_losses (void)
{
  ASSERT_SPOILED ("events-lost: events were lost while recording (3)\n" UNTIMED, counters[IMPORT_EVENTS_LOST] = 3);
  ASSERT_SPOILED ("buffers-lost: buffers were lost while recording (3)\n" UNTIMED,
                  counters[IMPORT_BUFFERS_LOST] = 3);
  ASSERT_SPOILED ("events-lost: events were lost while recording (3)\n"
                  "doubtful-leaks: 0.977 KiB of the 0.977 KiB allocated and not freed predate the last loss, at 2.001 s",
                  counters[IMPORT_EVENTS_LOST] = 3; good.losses[0].end_ns = 2 * SECOND + SECOND / 1000;
                  info->losses = good.losses; info->n_losses = 1);
  ASSERT_SPOILED ("", good.losses[0].end_ns = 2 * SECOND; info->losses = good.losses; info->n_losses = 1);
  ASSERT_SPOILED ("frees-of-lost-allocations: there are frees of blocks whose allocation was lost (1)",
                  counters[IMPORT_POOL_FREES_ALLOCATION_LOST] = 1);
  ASSERT_SPOILED ("frees-not-seen: frees were provably lost: addresses were allocated again without a free between (1)",
                  counters[IMPORT_POOL_FREES_NOT_SEEN] = 1);
  ASSERT_SPOILED ("blocks-of-before: there are frees of blocks allocated before the trace (1)",
                  counters[IMPORT_POOL_FREES_BEFORE_TRACE] = 1);
}

static void
test_file (void)
{
  ASSERT_SPOILED ("cut-short: the file ends in the middle of a buffer, after 64 KiB",
                  info->is_cut_short = TRUE; info->was_stopped_cleanly = FALSE);
  ASSERT_SPOILED ("not-stopped: the recording was not ended properly", info->was_stopped_cleanly = FALSE);
  ASSERT_SPOILED ("buffers-missing: the file holds 6 of the 7 buffers that were written",
                  info->buffers_in_file = 6);
  ASSERT_SPOILED ("", info->buffers_in_file = 6; info->log_file_mode = 0x2);
  ASSERT_SPOILED ("ragged-start: the recording wrapped: it is complete only from 1.250 s on",
                  info->complete_from_ns = SECOND + SECOND / 4);
  ASSERT_SPOILED ("", info->complete_from_ns = SECOND);
  ASSERT_SPOILED ("STACK_KEYS_UNDEFINED: 1 stack keys were used but never defined; their stacks show as [No stack]",
                  counters[IMPORT_STACK_KEYS_UNDEFINED] = 1);
}

static void
test_contents (void)
{
  const char *no_processes = "no-processes: there are no process events in this trace";
  ASSERT_SPOILED ("no-stacks: there are no stacks in this trace", info->n_allocations_with_stack = 0);
  ASSERT_SPOILED ("stacks-missing: only 0 % of the bytes allocated and not freed have a stack",
                  good.interval_sites[1] = 1);
  ASSERT_SPOILED ("", good.interval_sites[0] = 1);
  ASSERT_SPOILED ("stacks-missing: only 94 % of the bytes allocated and not freed have a stack",
                  good.interval_sites[0] = 1; good.freed_ns[0] = POOL_TIME_NEVER; good.size_bytes[0] = 53;
                  good.size_bytes[1] = 947);
  ASSERT_SPOILED ("no-free-stacks: frees have no stacks in this trace", info->n_frees_with_stack = 0);
  ASSERT_SPOILED ("no-images: there are no image events in this trace", good.trace.n_images = 0);
  ASSERT_SPOILED ("no-image-identities: there are no image identities in this trace: it was not merged",
                  good.image.has_pdb_identity = FALSE);
  ASSERT_SPOILED (no_processes, good.process.image_name = NULL);
  ASSERT_SPOILED (no_processes, good.trace.n_processes = 0);
  ASSERT_SPOILED ("few-tags: only these pool tags were recorded: \\x01\\x00\\x00\\x00, \\x02\\x00\\x00\\x00, "
                  "\\x03\\x00\\x00\\x00, Leak; probably a tag filter was set",
                  good.sites[4].tag = 3);
  ASSERT_SPOILED ("short-trace: the trace is only 30 s long", info->last_event_ns = 30 * SECOND);
  ASSERT_SPOILED ("verifier: Driver Verifier was on", good.sites[2].pool_type = 0x40);
  ASSERT_SPOILED ("recorder-blocks: the blocks of the recording itself are among the numbers "
                  "(2 with tags EtwB, EtwD, EtwR)",
                  good.sites[0].tag = 0x42777445);
}

static void
test_order (void)
{
  GoodTrace good;
  good_trace_init (&good);
  good.trace.info.buffers_in_file = 6;
  good.trace.info.last_event_ns = 30 * SECOND;
  good.trace.counters.values[IMPORT_BUFFERS_DAMAGED] = 2;
  good.trace.info.n_frees_with_stack = 0;
  g_autoptr (GPtrArray) items = trace_health_list (&good.trace);
  g_assert_cmpuint (items->len, ==, 4);
  TraceHealthSeverity severity = TRACE_HEALTH_SERIOUS;
  for (guint i = 0; i < items->len; i++)
    {
      const TraceHealthItem *item = items->pdata[i];
      g_assert_cmpint (item->severity, <=, severity);
      severity = item->severity;
    }
  g_assert_cmpstr (trace_health_severity_get_name (TRACE_HEALTH_SERIOUS), ==, "serious");
}

/* A translation may put the values where its language wants them. */
static void
test_translation (void)
{
  const TraceHealthItem item = { .values = { (char *) "one", NULL, (char *) "three" } };
  const TraceHealthItem count = { .values = { (char *) "3" }, .is_count = TRUE };
  g_autofree char *filled = trace_health_item_dup_sentence (&item, "{3}{2}{1}, {4} and {1");
  g_autofree char *counted = trace_health_item_dup_sentence (&count, "búferes {1}");
  g_assert_cmpstr (filled, ==, "threeone, {4} and {1");
  g_assert_cmpstr (counted, ==, "3 búferes {1}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/export/health/good", test_good);
  g_test_add_func ("/export/health/pool-events", test_pool_events);
  g_test_add_func ("/export/health/losses", test_losses);
  g_test_add_func ("/export/health/contents", test_contents);
  g_test_add_func ("/export/health/file", test_file);
  g_test_add_func ("/export/health/order", test_order);
  g_test_add_func ("/export/health/translation", test_translation);
  return g_test_run ();
}
