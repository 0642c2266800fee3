/* When events were lost, from marked buffers and from events that tell of it. */
#include "model/loss_list.h"

#define NONE G_MININT64

/* A buffer that begins at @first_ns, its last event at @last_ns; the header of the file begins at 0. */
typedef struct
{
  guint16 processor, flags;
  gint64 first_ns, last_ns;
} Buffer;

#define EVENTS ETL_BUFFER_FLAG_EVENTS_LOST
#define BUFFER ETL_BUFFER_FLAG_BUFFER_LOST
#define END_NS 100

/* @expected: "start-end" of each loss. */
static void
assert_losses (const Buffer *buffers, gsize n_buffers, const gint64 *moments_ns, gsize n_moments, const char *expected)
{
  EtlBufferInfo infos[8] = { 0 };
  gint64 last_ns[8];
  for (gsize i = 0; i < n_buffers; i++)
    {
      infos[i] = (EtlBufferInfo){ .processor = buffers[i].processor, .flags = buffers[i].flags,
                                  .first_ticks = buffers[i].first_ns, .offset = buffers[i].first_ns ? 4096 : 0 };
      last_ns[i] = buffers[i].last_ns;
    }
  EtlFile file = { .header = { .clock = { .frequency = NS_PER_SECOND } }, .buffers = infos, .n_buffers = n_buffers };
  const I64Column moments = { .values = (gint64 *) moments_ns, .n = n_moments };
  gsize n_losses;
  g_autofree PoolLoss *losses = loss_list_new (&file, last_ns, &moments, END_NS, &n_losses);
  g_autoptr (GString) text = g_string_new (NULL);
  for (gsize i = 0; i < n_losses; i++)
    g_string_append_printf (text, "%s%d-%d", i > 0 ? " " : "", (int) losses[i].start_ns, (int) losses[i].end_ns);
  g_assert_cmpstr (text->str, ==, expected);
  g_assert_true ((losses == NULL) == (n_losses == 0));
}

#define ASSERT_LOSSES(expected, ...)                                                                         \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    const Buffer buffers[] = { __VA_ARGS__ };                                                                \
    assert_losses (buffers, G_N_ELEMENTS (buffers), NULL, 0, expected);                                      \
  }                                                                                                          \
  G_STMT_END

static void
test_buffers (void)
{
  ASSERT_LOSSES ("", { 0, 0, 10, 15 }, { 1, 0, 12, 40 });
  /* Between the last event of the processor's buffer before and the marked one. */
  ASSERT_LOSSES ("15-30", { 0, 0, 10, 15 }, { 1, 0, 12, 28 }, { 0, BUFFER, 30, 35 });
  ASSERT_LOSSES ("15-30", { 0, 0, 10, 15 }, { 0, 0, 20, NONE }, { 0, BUFFER, 30, 35 });
  /* Before the first that is left nobody knows since when; nor where buffers of one processor overlap. */
  ASSERT_LOSSES ("12-12", { 0, 0, 10, 15 }, { 1, BUFFER, 12, 28 });
  ASSERT_LOSSES ("12-12", { 0, 0, 10, 15 }, { 0, BUFFER, 12, 28 });
  ASSERT_LOSSES ("30-30", { 0, 0, 0, 1 }, { 0, BUFFER, 30, 35 });
  /* Somewhere from the marked buffer to the processor's next, or to the end. */
  ASSERT_LOSSES ("10-30", { 0, EVENTS, 10, 15 }, { 1, 0, 12, 28 }, { 0, 0, 30, 35 });
  ASSERT_LOSSES ("12-100", { 0, 0, 10, 15 }, { 1, EVENTS, 12, 28 }, { 0, 0, 30, 35 });
  ASSERT_LOSSES ("15-40", { 0, 0, 10, 15 }, { 0, EVENTS | BUFFER, 30, 35 }, { 0, 0, 40, 45 });
}

/* Those that touch are one, and they ascend. */
static void
test_union (void)
{
  const Buffer buffers[] = { { 0, EVENTS, 10, 15 }, { 1, EVENTS, 12, 28 }, { 0, 0, 30, 35 }, { 1, 0, 40, 45 },
                             { 0, 0, 50, 55 }, { 1, BUFFER, 60, 65 } };
  const gint64 moments_ns[] = { 90, 5, 10, 40, 45, 59, 90 };
  assert_losses (buffers, G_N_ELEMENTS (buffers), NULL, 0, "10-40 45-60");
  assert_losses (buffers, G_N_ELEMENTS (buffers), moments_ns, G_N_ELEMENTS (moments_ns), "5-5 10-40 45-60 90-90");
  assert_losses (NULL, 0, moments_ns, 2, "5-5 90-90");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/loss-list/buffers", test_buffers);
  g_test_add_func ("/model/loss-list/union", test_union);
  return g_test_run ();
}
