/* The order of all stacks and where their paths part, against a look at every stack. */
#include "analysis/frame_names.h"
#include "trace_fixture.h"

#define N_ROUNDS 40
#define N_QUERIES 300

/* Few paths part near the root, or all do: runs of all lengths. Some stacks are the same. */
static PoolTrace *
make_trace (GRand *random, guint n_stacks)
{
  TraceFixture *fixture = trace_fixture_new ();
  gint32 n_frames = 1 << g_rand_int_range (random, 0, 8);
  for (guint i = 0; i < n_stacks; i++)
    {
      guint64 stack[6];
      for (guint depth = 0; depth < G_N_ELEMENTS (stack); depth++)
        stack[depth] = 0x1000 + (guint64) g_rand_int_range (random, 0, depth % 2 ? n_frames : 2);
      trace_fixture_add_stack (fixture, stack, (gsize) g_rand_int_range (random, 1, G_N_ELEMENTS (stack) + 1));
    }
  return trace_fixture_finish (fixture, 1);
}

static const guint32 *
get_frames (const FrameNames *names, const PoolTrace *trace, const StackOrder *order, guint32 rank, gsize *ret_n)
{
  return frame_names_get_stack (names, trace, STACK_VIEW_FRAMES, order->stacks[rank], ret_n);
}

static guint32
slow_common (const FrameNames *names, const PoolTrace *trace, const StackOrder *order, guint32 a, guint32 b)
{
  gsize n_a, n_b, n = 0;
  const guint32 *frames_a = get_frames (names, trace, order, a, &n_a), *frames_b = get_frames (names, trace, order, b, &n_b);
  while (n < n_a && n < n_b
         && frame_names_get_text_id (names, frames_a[n]) == frame_names_get_text_id (names, frames_b[n]))
    n++;
  return (guint32) n;
}

static void
check_order (GRand *random, guint n_stacks)
{
  g_autoptr (PoolTrace) trace = make_trace (random, n_stacks);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  const StackOrder *order = frame_names_get_stack_order (names, trace, STACK_VIEW_FRAMES);
  for (guint i = 0; i < N_QUERIES; i++)
    {
      guint32 rank = (guint32) g_rand_int_range (random, 0, (gint32) order->n_ranks), start = rank, end = rank + 1;
      gsize n_frames;
      get_frames (names, trace, order, rank, &n_frames);
      guint32 depth = (guint32) g_rand_int_range (random, 0, (gint32) n_frames);
      while (start > 0 && slow_common (names, trace, order, start - 1, rank) > depth)
        start--;
      while (end < order->n_ranks && slow_common (names, trace, order, rank, end) > depth)
        end++;
      g_assert_cmpuint (stack_order_find_end (order, rank, depth), ==, end);
      g_assert_cmpuint (stack_order_find_start (order, rank, depth), ==, start);
      guint32 other = (guint32) g_rand_int_range (random, 0, (gint32) order->n_ranks);
      if (other != rank)
        g_assert_cmpuint (stack_order_get_common (order, MIN (rank, other), MAX (rank, other)), ==,
                          slow_common (names, trace, order, rank, other));
    }
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (guint round = 0; round < N_ROUNDS; round++)
    check_order (random, (guint) g_rand_int_range (random, 0, round % 2 ? 10 : 1500));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/stack-order/random", test_random);
  return g_test_run ();
}
