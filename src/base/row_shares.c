#include "base/row_shares.h"

/* Below this a thread costs more than it brings. */
#define MINIMUM_ROWS_PER_THREAD 200000

typedef struct
{
  guint number;
  gsize begin, end;
  RowShareFunc func;
  gpointer data;
} Share;

guint
row_shares_choose (gsize n_rows, gsize most)
{
  gsize n_shares = MIN (n_rows / MINIMUM_ROWS_PER_THREAD, most);
  return (guint) CLAMP (MIN (n_shares, g_get_num_processors ()), 1, ROW_SHARES_MAXIMUM);
}

static gpointer
share_run (gpointer data)
{
  const Share *self = data;
  self->func (self->number, self->begin, self->end, self->data);
  return NULL;
}

void
row_shares_run (gsize n_rows, guint n_shares, RowShareFunc func, gpointer data)
{
  Share shares[ROW_SHARES_MAXIMUM];
  GThread *threads[ROW_SHARES_MAXIMUM] = { NULL };
  for (guint i = 0; i < n_shares; i++)
    {
      gsize end = i + 1 == n_shares ? n_rows : n_rows / n_shares * (i + 1);
      shares[i] = (Share){ i, n_rows / n_shares * i, end, func, data };
      if (i > 0)
        threads[i] = g_thread_try_new ("pool-rows", share_run, &shares[i], NULL);
    }
  for (guint i = 0; i < n_shares; i++)
    if (threads[i] == NULL)
      share_run (&shares[i]);
  for (guint i = 1; i < n_shares; i++)
    if (threads[i] != NULL)
      g_thread_join (threads[i]);
}
