#include "analysis/sweep_groups.h"

#define LEAVES_OF_GROUP 64
#define MOST_GROUPS 256

/* The groups while they are made. */
typedef struct
{
  SweepGroups *groups;
  const MovingRow *rows; /* (array length=n_rows) */
  gsize n_rows;
  guint32 n_leaves;
  gsize n_places;
  guint32 *group_of_leaf; /* (array length=n_leaves) (owned) */
} Grouping;

/* How many rows have leaves on both sides of each leaf's beginning. Returns: (transfer full) (array length=n_leaves) */
static gint32 *
count_crossing_rows (const Grouping *self)
{
  gint32 *counts = g_new0 (gint32, (gsize) self->n_leaves + 1);
  for (gsize i = 0; i < self->n_rows; i++)
    {
      counts[self->rows[i].first_leaf + 1]++;
      counts[self->rows[i].end_leaf]--;
    }
  for (gsize leaf = 0; leaf < self->n_leaves; leaf++)
    counts[leaf + 1] += counts[leaf];
  return counts;
}

/* Ends each group where the fewest rows go on. */
static void
group_leaves (Grouping *self)
{
  guint32 n_leaves = self->n_leaves, n_in_group = MAX (LEAVES_OF_GROUP, n_leaves / MOST_GROUPS);
  g_autofree gint32 *n_crossing = count_crossing_rows (self);
  self->group_of_leaf = g_new (guint32, n_leaves);
  for (guint32 first = 0, end; first < n_leaves; first = end, self->groups->n_groups++)
    {
      end = MIN (first + n_in_group, n_leaves);
      for (guint32 leaf = end; leaf > first + n_in_group / 2; leaf--)
        end = n_crossing[leaf] < n_crossing[end] ? leaf : end;
      for (guint32 leaf = first; leaf < end; leaf++)
        self->group_of_leaf[leaf] = self->groups->n_groups;
    }
}

static inline gboolean
is_wide (const Grouping *self, const MovingRow *row)
{
  return self->group_of_leaf[row->first_leaf] != self->group_of_leaf[row->end_leaf - 1];
}

/* Counts the rows of each leaf and type in @counts; or, with @lists, puts them there, where @counts says. */
static void
visit_rows_of_leaves (const Grouping *self, gboolean wide, guint32 *counts, guint32 *lists)
{
  for (guint32 i = 0; i < self->n_rows; i++)
    {
      const MovingRow *row = &self->rows[i];
      if (is_wide (self, row) != wide)
        continue;
      for (guint type = 0; type < POOL_N_TYPES; type++)
        for (guint32 leaf = row->first_leaf; leaf < row->end_leaf && (row->types >> type & 1); leaf++)
          {
            guint32 number = counts[sweep_groups_get_place (self->n_leaves, leaf, type)]++;
            if (lists)
              lists[number] = i;
          }
    }
}

/* Whether two lists say the same. */
static gboolean
lists_equal (const guint32 *a, const guint32 *b)
{
  for (; *a == *b && *a != SWEEP_LIST_END; a++)
    b++;
  return *a == *b;
}

/* Lists the rows of each leaf and type behind the @n_listed numbers of the lists. Leaves with the same rows are given the same
 * list, so that less is to be read. Returns: how many there are now. */
static gsize
list_rows (Grouping *self, gboolean wide, gsize n_listed)
{
  g_autofree guint32 *ends = g_new0 (guint32, self->n_places), *firsts = g_new (guint32, self->n_places);
  visit_rows_of_leaves (self, wide, ends, NULL);
  for (gsize place = 0; place < self->n_places; place++)
    {
      firsts[place] = (guint32) n_listed;
      n_listed += (ends[place] + 1) / 2 * 2 + 1;
      ends[place] = firsts[place];
    }
  guint32 *lists = self->groups->lists = g_renew (guint32, self->groups->lists, n_listed);
  visit_rows_of_leaves (self, wide, ends, lists);
  for (gsize place = 0; place < self->n_places; place++)
    {
      SweepTarget *target = &self->groups->targets[place];
      guint32 *first = wide ? &target->wide : &target->narrow, end = ends[place];
      if (end > firsts[place])
        target->group = self->group_of_leaf[place % self->n_leaves];
      if ((end - firsts[place]) % 2 != 0)
        lists[end++] = (guint32) self->n_rows;
      lists[end] = SWEEP_LIST_END;
      *first = place > 0 && lists_equal (&lists[wide ? target[-1].wide : target[-1].narrow], &lists[firsts[place]])
                   ? (wide ? target[-1].wide : target[-1].narrow)
                   : firsts[place];
    }
  return n_listed;
}

void
sweep_groups_init (SweepGroups *self, const MovingRow *rows, gsize n_rows, guint32 n_leaves)
{
  *self = (SweepGroups){ .n_groups = 0 };
  Grouping grouping = { .groups = self, .rows = rows, .n_rows = n_rows, .n_leaves = n_leaves };
  grouping.n_places = sweep_groups_get_place (n_leaves, 0, POOL_N_TYPES);
  self->targets = g_new (SweepTarget, grouping.n_places);
  for (gsize place = 0; place < grouping.n_places; place++)
    self->targets[place].group = SWEEP_GROUP_NONE;
  group_leaves (&grouping);
  list_rows (&grouping, FALSE, list_rows (&grouping, TRUE, 0));
  g_free (grouping.group_of_leaf);
}

void
sweep_groups_clear (SweepGroups *self)
{
  g_free (self->lists);
  g_free (self->targets);
}
