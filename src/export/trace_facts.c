#include "export/trace_facts.h"

#include "analysis/leak_ranking.h"
#include "base/row_shares.h"

#include <string.h>

#define POOL_TYPE_VERIFIER 0x40u

/* By text: the low byte is shown first. */
static int
compare_tags (gconstpointer a, gconstpointer b)
{
  guint32 left = GUINT32_SWAP_LE_BE (*(const guint32 *) a);
  guint32 right = GUINT32_SWAP_LE_BE (*(const guint32 *) b);
  return (left > right) - (left < right);
}

static void
collect_tags (TraceFacts *self, const PoolTrace *trace)
{
  self->tags = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  for (gsize i = 0; i < trace->n_sites; i++)
    {
      const PoolSite *site = &trace->sites[i];
      self->has_verifier = self->has_verifier || (site->pool_type & POOL_TYPE_VERIFIER) != 0;
      if (g_hash_table_add (seen, GUINT_TO_POINTER (site->tag)))
        g_array_append_val (self->tags, site->tag);
    }
  g_array_sort (self->tags, compare_tags);
}

typedef struct
{
  const PoolTrace *trace;
  gint64 last_loss_ns;
  TraceFacts of_shares[ROW_SHARES_MAXIMUM]; /* the sums alone */
} IntervalFacts;

static void
add_share (guint share, gsize begin, gsize end, gpointer data)
{
  IntervalFacts *self = data;
  const PoolTrace *trace = self->trace;
  const PoolIntervals *intervals = &trace->intervals;
  TraceFacts sums = { 0 };
  for (gsize i = begin; i < end; i++)
    {
      const PoolSite *site = &trace->sites[intervals->site[i]];
      if (pool_tag_is_recorders (site->tag))
        sums.n_recorder_blocks++;
      if (i < intervals->n_before || intervals->freed_ns[i] != POOL_TIME_NEVER)
        continue;
      sums.aifo_bytes += intervals->size_bytes[i];
      if (intervals->allocated_ns[i] < self->last_loss_ns)
        sums.aifo_bytes_before_loss += intervals->size_bytes[i];
      if (site->stack >= POOL_N_SPECIAL_STACKS)
        sums.aifo_bytes_with_stack += intervals->size_bytes[i];
    }
  self->of_shares[share] = sums;
}

static void
add_intervals (TraceFacts *self, const PoolTrace *trace)
{
  IntervalFacts facts = { .trace = trace, .last_loss_ns = pool_trace_get_last_loss_ns (trace) };
  guint n_shares = row_shares_choose (trace->intervals.n, ROW_SHARES_MAXIMUM);
  row_shares_run (trace->intervals.n, n_shares, add_share, &facts);
  for (guint share = 0; share < n_shares; share++)
    {
      const TraceFacts *sums = &facts.of_shares[share];
      self->n_recorder_blocks += sums->n_recorder_blocks;
      self->aifo_bytes += sums->aifo_bytes;
      self->aifo_bytes_before_loss += sums->aifo_bytes_before_loss;
      self->aifo_bytes_with_stack += sums->aifo_bytes_with_stack;
    }
}

TraceFacts
trace_facts_collect (const PoolTrace *trace)
{
  TraceFacts self = { 0 };
  collect_tags (&self, trace);
  add_intervals (&self, trace);
  for (gsize i = 0; i < trace->n_images; i++)
    self.n_images_with_identity += trace->images[i].has_pdb_identity ? 1 : 0;
  for (gsize i = 0; i < trace->n_processes; i++)
    self.n_named_processes += trace->processes[i].image_name ? 1 : 0;
  return self;
}

void
trace_facts_clear (TraceFacts *self)
{
  g_clear_pointer (&self->tags, g_array_unref);
}

char *
trace_facts_dup_tag_list (const TraceFacts *self)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < self->tags->len; i++)
    {
      g_autofree char *tag = pool_tag_dup_text (g_array_index (self->tags, guint32, i));
      g_string_append_printf (text, strchr (tag, ' ') ? "%s“%s”" : "%s%s", i > 0 ? ", " : "", tag);
    }
  return g_string_free (text, FALSE);
}
