/* Where the paths of stacks part, against a look at every stack. */
#include "analysis/stack_branches.h"

#define N_ROUNDS 30
#define N_QUERIES 300

static guint32
slow_end (const guint32 *common, guint32 n, guint32 stack, guint32 depth)
{
  guint32 end = stack + 1;
  while (end < n && common[end] > depth)
    end++;
  return end;
}

static guint32
slow_start (const guint32 *common, guint32 stack, guint32 depth)
{
  while (common[stack] > depth)
    stack--;
  return stack;
}

static guint32
slow_common (const guint32 *common, guint32 first, guint32 end)
{
  guint32 least = G_MAXUINT32;
  for (guint32 i = first + 1; i < end; i++)
    least = MIN (least, common[i]);
  return least;
}

/* Few paths part near the root, or all do: runs of all lengths. */
static guint32 *
make_common (GRand *random, guint32 n)
{
  guint32 *common = g_new0 (guint32, n + 1);
  int rarity = 1 << g_rand_int_range (random, 0, 14);
  for (guint32 i = 1; i < n; i++)
    common[i] = (guint32) (g_rand_int_range (random, 0, rarity) == 0 ? g_rand_int_range (random, 0, 3)
                                                                     : g_rand_int_range (random, 3, 9));
  return common;
}

static void
test_random (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (5);
  for (guint round = 0; round < N_ROUNDS; round++)
    {
      guint32 n = (guint32) g_rand_int_range (random, 1, round % 2 ? 300 : 30000);
      guint32 *common = make_common (random, n);
      StackBranches branches;
      stack_branches_init (&branches, common, n);
      for (guint i = 0; i < N_QUERIES; i++)
        {
          guint32 stack = (guint32) g_rand_int_range (random, 0, (gint32) n);
          guint32 depth = (guint32) g_rand_int_range (random, 0, 10);
          guint32 end = stack_branches_find_end (&branches, stack, depth);
          g_assert_cmpuint (end, ==, slow_end (common, n, stack, depth));
          g_assert_cmpuint (stack_branches_find_start (&branches, stack, depth), ==, slow_start (common, stack, depth));
          g_assert_cmpuint (stack_branches_get_common (&branches, stack, end), ==, slow_common (common, stack, end));
        }
      stack_branches_clear (&branches);
    }
}

static void
test_none (void)
{
  StackBranches branches;
  stack_branches_init (&branches, g_new0 (guint32, 1), 0);
  g_assert_cmpuint (branches.n, ==, 0);
  stack_branches_clear (&branches);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/stack-branches/random", test_random);
  g_test_add_func ("/analysis/stack-branches/none", test_none);
  return g_test_run ();
}
