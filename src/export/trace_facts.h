/* Sums over a whole trace that reports and the health table need: one pass over its columns. */
#pragma once

#include "model/pool_trace.h"

typedef struct
{
  GArray *tags;                              /* (owned): guint32, every tag of a site, ordered by text */
  guint64 aifo_bytes, aifo_bytes_with_stack; /* allocated in the trace and not freed in it */
  guint64 aifo_bytes_before_loss;            /* of these, allocated before events were last lost */
  guint64 n_recorder_blocks;                 /* blocks of the event recorder's own tags */
  gsize n_images_with_identity, n_named_processes;
  gboolean has_verifier;
} TraceFacts;

/* Costs a look at each interval. The result is to be cleared. */
TraceFacts trace_facts_collect (const PoolTrace *trace);
void trace_facts_clear (TraceFacts *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (TraceFacts, trace_facts_clear)

/* Returns: (transfer full): the tags with commas between, those with blanks in quotation marks. */
char *trace_facts_dup_tag_list (const TraceFacts *self);
