#include "analysis/sweep_groups.h"

#define LEAVES_OF_GROUP 64
#define MOST_GROUPS 256

/* How many rows have leaves on both sides of each leaf's beginning. Returns: (transfer full) (array length=n_leaves) */
static gint32 *
count_crossing_rows (const SweepGroups *self)
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
group_leaves (SweepGroups *self)
{
  guint32 n_leaves = self->n_leaves, n_in_group = MAX (LEAVES_OF_GROUP, n_leaves / MOST_GROUPS);
  g_autofree gint32 *n_crossing = count_crossing_rows (self);
  self->group_of_leaf = g_new (guint32, n_leaves);
  for (guint32 first = 0, end; first < n_leaves; first = end, self->n_groups++)
    {
      end = MIN (first + n_in_group, n_leaves);
      for (guint32 leaf = end; leaf > first + n_in_group / 2; leaf--)
        end = n_crossing[leaf] < n_crossing[end] ? leaf : end;
      for (guint32 leaf = first; leaf < end; leaf++)
        self->group_of_leaf[leaf] = self->n_groups;
    }
}

static inline gboolean
is_wide (const SweepGroups *self, const MovingRow *row)
{
  return self->group_of_leaf[row->first_leaf] != self->group_of_leaf[row->end_leaf - 1];
}

/* Counts the rows of each leaf and type in @counts; or, with @list, puts them there, where @counts says. */
static void
visit_rows_of_leaves (const SweepGroups *self, gboolean wide, guint32 *counts, guint32 *list)
{
  for (guint32 i = 0; i < self->n_rows; i++)
    {
      const MovingRow *row = &self->rows[i];
      if (is_wide (self, row) != wide)
        continue;
      for (guint type = 0; type < POOL_N_TYPES; type++)
        for (guint32 leaf = row->first_leaf; leaf < row->end_leaf && (row->types >> type & 1); leaf++)
          {
            guint32 number = counts[sweep_groups_get_place (self, leaf, type)]++;
            if (list)
              list[number] = i;
          }
    }
}

/* Leaves with the same rows are given the same list, so that less is to be read. */
static void
share_lists (RowsOfLeaves *self, gsize n_places)
{
  for (gsize place = 1; place < n_places; place++)
    {
      const guint32 *former = &self->rows[self->first[place - 1]], *list = &self->rows[self->first[place]];
      while (*former == *list && *list != ROWS_OF_LEAVES_END)
        former++, list++;
      if (*former == *list)
        self->first[place] = self->first[place - 1];
    }
}

/* Lists the rows of each leaf and type, by counting first. */
static void
rows_of_leaves_init (RowsOfLeaves *self, const SweepGroups *groups, gboolean wide)
{
  gsize n_places = sweep_groups_get_place (groups, 0, POOL_N_TYPES);
  g_autofree guint32 *ends = g_new0 (guint32, n_places + 1);
  visit_rows_of_leaves (groups, wide, ends, NULL);
  self->first = g_new (guint32, n_places + 1);
  self->first[0] = 0;
  for (gsize place = 0; place < n_places; place++)
    {
      self->first[place + 1] = self->first[place] + ends[place] + 1;
      ends[place] = self->first[place];
    }
  self->rows = g_new (guint32, self->first[n_places]);
  visit_rows_of_leaves (groups, wide, ends, self->rows);
  for (gsize place = 0; place < n_places; place++)
    self->rows[ends[place]] = ROWS_OF_LEAVES_END;
  share_lists (self, n_places);
}

static void
rows_of_leaves_clear (RowsOfLeaves *self)
{
  g_free (self->first);
  g_free (self->rows);
}

void
sweep_groups_init (SweepGroups *self, const MovingRow *rows, gsize n_rows, guint32 n_leaves)
{
  *self = (SweepGroups){ .rows = rows, .n_rows = n_rows, .n_leaves = n_leaves };
  group_leaves (self);
  rows_of_leaves_init (&self->wide, self, TRUE);
  rows_of_leaves_init (&self->narrow, self, FALSE);
}

void
sweep_groups_clear (SweepGroups *self)
{
  g_free (self->group_of_leaf);
  rows_of_leaves_clear (&self->wide);
  rows_of_leaves_clear (&self->narrow);
}
