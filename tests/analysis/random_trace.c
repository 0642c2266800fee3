#include "random_trace.h"

#include "trace_fixture.h"

#define N_STACKS 7
#define N_SITES 9

static guint32
pick (GRand *random, guint32 n)
{
  return (guint32) g_rand_int_range (random, 0, (gint32) n);
}

/* Stacks that share beginnings, that are the beginning of others, and two images of one name so that
 * different addresses read the same. */
static void
add_stacks (TraceFixture *fixture, GRand *random)
{
  trace_fixture_add_image (fixture, "same.sys", 0x1000, 0x100);
  trace_fixture_add_image (fixture, "same.sys", 0x2000, 0x100);
  trace_fixture_add_image (fixture, "other.sys", 0x3000, 0x100);
  trace_fixture_add_image (fixture, "NDIS.SYS", 0x4000, 0x100);
  trace_fixture_map_image (fixture, trace_fixture_add_image (fixture, "user.dll", 0x5000, 0x100), 0);
  static const guint64 addresses[] = { 0x1010, 0x2010, 0x1020, 0x3010, 0x9999, 0x4010, 0x5010 };
  for (guint i = 0; i < N_STACKS; i++)
    {
      guint64 stack[5];
      gsize n_frames = 1 + pick (random, G_N_ELEMENTS (stack));
      for (gsize j = 0; j < n_frames; j++)
        stack[j] = addresses[pick (random, j == 0 ? 2 : G_N_ELEMENTS (addresses))];
      trace_fixture_add_stack (fixture, stack, n_frames);
    }
}

static void
add_sites_and_contexts (TraceFixture *fixture, GRand *random)
{
  const guint32 tags[] = { FIXTURE_TAG ('I', 'r', 'p', ' '), FIXTURE_TAG ('I', 'r', 'p', 'x'),
                           FIXTURE_TAG ('L', 'e', 'a', 'k') };
  const guint32 types[] = { 0, 1, 0x200, 0x204, 0x21 };
  for (guint i = 0; i < N_SITES; i++)
    {
      guint32 stack = i < POOL_N_SPECIAL_STACKS ? i : POOL_N_SPECIAL_STACKS + pick (random, N_STACKS);
      guint32 session = pick (random, 3) == 0 ? pick (random, 2) : POOL_SESSION_NONE;
      trace_fixture_add_site (fixture, types[pick (random, G_N_ELEMENTS (types))],
                              tags[pick (random, G_N_ELEMENTS (tags))], session, stack);
    }
  trace_fixture_add_process (fixture, "a.exe", 4, 1);
  trace_fixture_add_process (fixture, "a.exe", 4, 2);
  trace_fixture_add_process (fixture, "b.exe", 8, 1);
  trace_fixture_add_context (fixture, POOL_INDEX_NONE, POOL_INDEX_NONE);
  for (guint i = 0; i < 4; i++)
    {
      guint32 context = trace_fixture_add_context (fixture, pick (random, 3),
                                                   pick (random, 2) ? 100 + pick (random, 2) : POOL_INDEX_NONE);
      if (pick (random, 2))
        trace_fixture_add_thread (fixture, context, pick (random, 4));
    }
  trace_fixture_add_service (fixture, 1, 1, "Early");
  trace_fixture_add_service (fixture, 1, 2, "Late");
  trace_fixture_add_service (fixture, 2, 3, "Only");
}

PoolTrace *
random_trace_new (GRand *random)
{
  TraceFixture *fixture = trace_fixture_new ();
  add_stacks (fixture, random);
  add_sites_and_contexts (fixture, random);
  guint n_blocks = pick (random, 45);
  for (guint i = 0; i < n_blocks; i++)
    {
      FixtureBlock block = { .size_bytes = 10 + pick (random, 5),
                             .site = POOL_N_SPECIAL_STACKS + pick (random, N_SITES - POOL_N_SPECIAL_STACKS),
                             .context = pick (random, 5),
                             .free_stack = POOL_STACK_NONE,
                             .processor = pick (random, 4) ? (guint16) pick (random, 2) : G_MAXUINT16,
                             .freed_ns = POOL_TIME_NEVER };
      block.allocated_ns = pick (random, RANDOM_TRACE_LAST_NS + 1);
      switch (pick (random, 6))
        {
        case 0:
          block.site = POOL_STACK_BEFORE_TRACE;
          block.freed_ns = block.allocated_ns;
          block.allocated_ns = POOL_TIME_BEFORE;
          break;
        case 1:
          block.site = POOL_STACK_ALLOCATION_LOST;
          block.freed_ns = block.allocated_ns;
          break;
        case 2:
          break;
        case 3:
          block.site = POOL_STACK_NONE;
          G_GNUC_FALLTHROUGH;
        default:
          block.freed_ns
              = block.allocated_ns + pick (random, RANDOM_TRACE_LAST_NS + 1 - (guint32) block.allocated_ns);
        }
      if (block.freed_ns != POOL_TIME_NEVER && pick (random, 2))
        block.free_stack = pick (random, POOL_N_SPECIAL_STACKS + N_STACKS);
      if (block.freed_ns != POOL_TIME_NEVER && block.allocated_ns >= 0 && block.site != POOL_STACK_ALLOCATION_LOST
          && pick (random, 4) == 0)
        trace_fixture_add_overwritten_block (fixture, block);
      else
        trace_fixture_add_block (fixture, block);
    }
  PoolTrace *trace = trace_fixture_finish (fixture, RANDOM_TRACE_LAST_NS);
  PoolTraceInfo *info = &trace->info;
  info->complete_from_ns = pick (random, 3) ? 0 : pick (random, RANDOM_TRACE_LAST_NS);
  info->n_losses = pick (random, 3);
  info->losses = g_new (PoolLoss, info->n_losses);
  for (gsize i = 0; i < info->n_losses; i++)
    {
      gint64 start_ns = (gint64) i * RANDOM_TRACE_LAST_NS / 2;
      info->losses[i] = (PoolLoss){ start_ns, start_ns + pick (random, RANDOM_TRACE_LAST_NS / 2) };
    }
  return trace;
}

TimeRange
random_range (GRand *random)
{
  if (pick (random, 5) == 0)
    return TIME_RANGE_WHOLE;
  TimeRange range = { pick (random, RANDOM_TRACE_LAST_NS + 3), G_MAXINT64 };
  if (pick (random, 5))
    range.end_ns = range.start_ns + pick (random, RANDOM_TRACE_LAST_NS + 3 - (guint32) range.start_ns);
  return range;
}

gsize
random_grouping (GRand *random, Dimension ret_grouping[POOL_TREE_MAX_LEVELS])
{
  static const Dimension usual[] = { DIMENSION_TYPE, DIMENSION_PAGED, DIMENSION_TAG, DIMENSION_STACK };
  if (pick (random, 4) == 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (usual); i++)
        ret_grouping[i] = usual[i];
      return G_N_ELEMENTS (usual);
    }
  Dimension all[N_DIMENSIONS];
  for (guint i = 0; i < N_DIMENSIONS; i++)
    all[i] = (Dimension) i;
  gsize n = pick (random, 6);
  for (gsize i = 0; i < n; i++)
    {
      guint32 other = (guint32) i + pick (random, N_DIMENSIONS - (guint32) i);
      ret_grouping[i] = all[other];
      all[other] = all[i];
    }
  return n;
}

char **
random_conditions (GRand *random, gboolean with_types)
{
  static const char *const conditions[] = {
    "type=AIF?",      "impact!=Transient", "type!=AOF*",        "tag=Irp",        "tag=Irp?",
    "tag!=L*",        "stack=other*",      "stack!=*+0x20",     "process=a.exe*", "process=* #2",
    "cpu=[01]",       "size!=1[0-2]",      "thread=\\[Unkn*",   "session=1",      "pooltype=NonPaged*",
    "module=same*", "module!=[[]Unk*", "driver=nt!*", "service=*Late", "service!=Only", "sizeclass=8 B*",
    "age=[<]1 s", "age!=[[]Before*", "paged=Paged",    "freestack=same*",   "stack=[[]Before*",  "freestack!=[[]No stack]",
    "size>10",       "size<=11B",         "lifetime<5ns",      "lifetime>=4ns",  "allocated>=12ns",
    "allocated<9ns", "freed<20ns",        "freed>=11ns",       "age<=6ns",       "age>3ns",
    "stacktag=Same",  "stacktag!=[[]No tag]", "frametags=*\\\\*", "stack=same.sys!*",
  };
  GStrvBuilder *builder = g_strv_builder_new ();
  for (guint n = pick (random, 3); n > 0; n--)
    {
      guint32 first = with_types ? 0 : 3;
      g_strv_builder_add (builder, conditions[first + pick (random, G_N_ELEMENTS (conditions) - first)]);
    }
  char **list = g_strv_builder_end (builder);
  g_strv_builder_unref (builder);
  return list;
}

PoolTree *
random_tree_new (GRand *random)
{
  Dimension grouping[POOL_TREE_MAX_LEVELS];
  g_autoptr (PoolTrace) trace = random_trace_new (random);
  g_autoptr (FrameNames) names = frame_names_new (trace);
  gsize n_levels = random_grouping (random, grouping);
  return pool_tree_new (trace, names, grouping, n_levels, NULL, NULL, NULL);
}
