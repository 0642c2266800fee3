#include "analysis/stack_branches.h"

#define FEW 64
#define MANY 4096

/* (transfer full): the least of each @n_each of @values (array length=n). */
static guint32 *
find_least (const guint32 *values, guint32 n, guint32 n_each)
{
  guint32 *least = g_new (guint32, (gsize) n / n_each + 1);
  for (gsize first = 0, i = 0; first < n; first += n_each, i++)
    {
      least[i] = G_MAXUINT32;
      for (gsize j = first; j < MIN (first + n_each, n); j++)
        least[i] = MIN (least[i], values[j]);
    }
  return least;
}

void
stack_branches_init (StackBranches *self, guint32 *common, guint32 n)
{
  *self = (StackBranches){ .common = common, .n = n, .least_of_64 = find_least (common, n, FEW) };
  self->least_of_4096 = find_least (self->least_of_64, n / FEW + (n % FEW > 0), MANY / FEW);
}

void
stack_branches_clear (StackBranches *self)
{
  g_clear_pointer (&self->common, g_free);
  g_clear_pointer (&self->least_of_64, g_free);
  g_clear_pointer (&self->least_of_4096, g_free);
}

guint32
stack_branches_find_end (const StackBranches *self, guint32 stack, guint32 depth)
{
  gsize i = (gsize) stack + 1;
  while (i < self->n)
    if (i % MANY == 0 && self->least_of_4096[i / MANY] > depth)
      i += MANY;
    else if (i % FEW == 0 && self->least_of_64[i / FEW] > depth)
      i += FEW;
    else if (self->common[i] > depth)
      i++;
    else
      return (guint32) i;
  return self->n;
}

guint32
stack_branches_find_start (const StackBranches *self, guint32 stack, guint32 depth)
{
  guint32 i = stack;
  while (i > 0 && self->common[i] > depth)
    {
      i--;
      while (i % MANY == MANY - 1 && self->least_of_4096[i / MANY] > depth)
        i -= MANY;
      while (i % FEW == FEW - 1 && self->least_of_64[i / FEW] > depth)
        i -= FEW;
    }
  return i;
}

guint32
stack_branches_get_common (const StackBranches *self, guint32 first, guint32 end)
{
  guint32 least = G_MAXUINT32;
  for (gsize i = (gsize) first + 1; i < end;)
    if (i % MANY == 0 && i + MANY <= end)
      {
        least = MIN (least, self->least_of_4096[i / MANY]);
        i += MANY;
      }
    else if (i % FEW == 0 && i + FEW <= end)
      {
        least = MIN (least, self->least_of_64[i / FEW]);
        i += FEW;
      }
    else
      {
        least = MIN (least, self->common[i]);
        i++;
      }
  return least;
}
