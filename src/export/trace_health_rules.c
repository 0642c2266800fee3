#include "export/trace_health_rules.h"

#include "base/number_format.h"
#include "base/tick_clock.h"

#include <glib/gi18n-lib.h>

#define SHORT_TRACE_NS (60 * NS_PER_SECOND)
#define FEW_TAGS 4 /* as many as a pool tag filter takes */
#define GOOD_STACK_PERCENT 95

static gboolean
has_pool_events (const PoolTrace *trace)
{
  return trace->info.n_allocations + trace->info.n_frees > 0;
}

static gboolean
pool_was_not_recorded (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return !has_pool_events (trace) && !(trace->info.has_group_masks && trace->info.pool_was_on);
}

static gboolean
pool_was_idle (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return !has_pool_events (trace) && trace->info.has_group_masks && trace->info.pool_was_on;
}

static gboolean
no_allocations (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->info.n_frees > 0 && trace->info.n_allocations == 0;
}

static gboolean
no_frees (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->info.n_allocations > 0 && trace->info.n_frees == 0;
}

static gboolean
show_count (guint64 count, char **values)
{
  if (count > 0)
    values[0] = format_count ((gint64) MIN (count, (guint64) G_MAXINT64));
  return count > 0;
}

static void
show_bytes (guint64 n_bytes, char **value)
{
  *value = format_bytes ((gint64) MIN (n_bytes, (guint64) G_MAXINT64));
}

static gboolean
events_lost (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (pool_trace_get_n_events_lost (trace), values);
}

static gboolean
buffers_lost (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (pool_trace_get_n_buffers_lost (trace), values);
}

static gboolean
doubtful_leaks (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  if (facts->aifo_bytes_before_loss == 0 || pool_trace_has_untimed_loss (trace))
    return FALSE;
  show_bytes (facts->aifo_bytes_before_loss, &values[0]);
  show_bytes (facts->aifo_bytes, &values[1]);
  values[2] = format_time (pool_trace_get_last_loss_ns (trace), NS_PER_SECOND / 1000);
  return TRUE;
}

static gboolean
loss_at_unknown_time (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  show_bytes (facts->aifo_bytes, &values[0]);
  return facts->aifo_bytes > 0 && pool_trace_has_untimed_loss (trace);
}

static gboolean
cut_short (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  show_bytes (trace->info.file_size_bytes, &values[0]);
  return trace->info.is_cut_short;
}

static gboolean
not_stopped (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return !trace->info.is_cut_short && !trace->info.was_stopped_cleanly;
}

static gboolean
buffers_missing (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  gsize read = trace->info.buffers_in_file, written = trace->info.buffers_written;
  if (trace->info.is_cut_short || (trace->info.log_file_mode & 0x2) != 0 || written <= read)
    return FALSE;
  values[0] = format_count ((gint64) read);
  values[1] = format_count ((gint64) written);
  return TRUE;
}

static gboolean
ragged_start (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  if (!has_pool_events (trace) || trace->info.complete_from_ns <= pool_trace_get_data_start_ns (trace))
    return FALSE;
  values[0] = format_time (trace->info.complete_from_ns, NS_PER_SECOND / 1000);
  return TRUE;
}

static gboolean
unknown_frees (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (trace->counters.values[IMPORT_POOL_FREES_ALLOCATION_LOST], values);
}

static gboolean
blocks_of_before (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (trace->counters.values[IMPORT_POOL_FREES_BEFORE_TRACE], values);
}

static gboolean
frees_not_seen (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (trace->counters.values[IMPORT_POOL_FREES_NOT_SEEN], values);
}

static gboolean
no_stacks (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->info.n_allocations > 0 && trace->info.n_allocations_with_stack == 0;
}

static gboolean
stacks_missing (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  if (trace->info.n_allocations_with_stack == 0 || facts->aifo_bytes == 0)
    return FALSE;
  guint percent = (guint) (100 * (unsigned __int128) facts->aifo_bytes_with_stack / facts->aifo_bytes);
  values[0] = g_strdup_printf ("%u", percent);
  return percent < GOOD_STACK_PERCENT;
}

static gboolean
no_free_stacks (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->info.n_frees > 0 && trace->info.n_frees_with_stack == 0;
}

static gboolean
no_images (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->n_images == 0;
}

static gboolean
no_identities (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return trace->n_images > 0 && facts->n_images_with_identity == 0;
}

static gboolean
no_processes (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return facts->n_named_processes == 0;
}

static gboolean
few_tags (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  if (facts->tags->len == 0 || facts->tags->len > FEW_TAGS)
    return FALSE;
  values[0] = trace_facts_dup_tag_list (facts);
  return TRUE;
}

static gboolean
short_trace (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  if (!has_pool_events (trace) || trace->info.last_event_ns >= SHORT_TRACE_NS)
    return FALSE;
  values[0] = format_duration (trace->info.last_event_ns);
  return TRUE;
}

static gboolean
verifier_on (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return facts->has_verifier;
}

static gboolean
recorder_tags (const PoolTrace *trace, const TraceFacts *facts, char **values)
{
  return show_count (facts->n_recorder_blocks, values);
}

/* In the order in which they are shown. */
const TraceHealthRule trace_health_rules[] = {
  { "no-pool-events", TRACE_HEALTH_SERIOUS, pool_was_not_recorded,
    N_ ("there are no pool events in this trace"),
    N_ ("Nothing can be said about pool memory."),
    N_ ("Record with pool events switched on: “wpr -start GeneralProfile -start Pool”, or with xperf "
        "“-on PROC_THREAD+LOADER+POOL -stackwalk PoolAlloc+PoolFree”.") },
  { "no-pool-activity", TRACE_HEALTH_SERIOUS, pool_was_idle,
    N_ ("pool events were switched on, but none was recorded"), N_ ("Nothing can be said about pool memory."),
    N_ ("Check the pool tag filter of the recording profile, and record while the leak goes on.") },
  { "no-allocations", TRACE_HEALTH_SERIOUS, no_allocations,
    N_ ("there are frees but no allocations in this trace"),
    N_ ("What was allocated and never freed cannot be seen."),
    N_ ("Record allocations too: the keyword Pool covers both.") },
  { "no-frees", TRACE_HEALTH_SERIOUS, no_frees, N_ ("there are no frees in this trace"),
    N_ ("Everything that was allocated looks as if it had never been freed."),
    N_ ("Record frees too: the keyword Pool covers both.") },
  { "events-lost", TRACE_HEALTH_SERIOUS, events_lost, N_ ("events were lost while recording ({1})"),
    N_ ("Blocks whose free was lost look leaked, and blocks whose allocation was lost are missing."),
    N_ ("Record with more or larger buffers (1024 of 1024 KB) and to a fast drive.") },
  { "buffers-lost", TRACE_HEALTH_SERIOUS, buffers_lost, N_ ("buffers were lost while recording ({1})"),
    N_ ("Blocks whose free was lost look leaked, and blocks whose allocation was lost are missing."),
    N_ ("Record with more or larger buffers (1024 of 1024 KB) and to a fast drive.") },
  { "doubtful-leaks", TRACE_HEALTH_SERIOUS, doubtful_leaks,
    N_ ("{1} of the {2} allocated and not freed predate the last loss, at {3}"),
    N_ ("Their frees may be among what was lost."),
    N_ ("Group by Doubt, or look at what was allocated after the last loss.") },
  { "loss-at-unknown-time", TRACE_HEALTH_SERIOUS, loss_at_unknown_time,
    N_ ("nothing in the trace tells when events were lost: all of the {1} allocated and not freed are in doubt"),
    N_ ("Any of their frees may be among what was lost."),
    N_ ("Record with more or larger buffers (1024 of 1024 KB) and to a fast drive.") },
  { "cut-short", TRACE_HEALTH_SERIOUS, cut_short, N_ ("the file ends in the middle of a buffer, after {1}"),
    N_ ("What was recorded behind that point is missing, and blocks freed there look leaked."),
    N_ ("Copy the file again, and compare its size with the original's.") },
  { "buffers-missing", TRACE_HEALTH_SERIOUS, buffers_missing,
    N_ ("the file holds {1} of the {2} buffers that were written"),
    N_ ("What the missing buffers held is not in the numbers."),
    N_ ("Copy the file again, and compare its size with the original's.") },
  { "not-stopped", TRACE_HEALTH_WARNING, not_stopped, N_ ("the recording was not ended properly"),
    N_ ("The last buffers may be missing, and blocks freed in them look leaked."),
    N_ ("Stop the recording with “wpr -stop” or “xperf -d” before the file is copied or the "
        "machine is switched off.") },
  { "ragged-start", TRACE_HEALTH_WARNING, ragged_start,
    N_ ("the recording wrapped: it is complete only from {1} on"),
    N_ ("Numbers before that moment miss events of some processors."),
    N_ ("Use the range from there on; or record to a file instead of a circular buffer, or with more "
        "buffers.") },
  { "frees-of-lost-allocations", TRACE_HEALTH_WARNING, unknown_frees,
    N_ ("there are frees of blocks whose allocation was lost ({1})"),
    N_ ("They stand under [Allocation lost]: counted, but without a stack and not part of any size over time."),
    N_ ("Record with more or larger buffers (1024 of 1024 KB) and to a fast drive.") },
  { "frees-not-seen", TRACE_HEALTH_WARNING, frees_not_seen,
    N_ ("frees were provably lost: addresses were allocated again without a free between ({1})"),
    N_ ("The older blocks count as freed at that moment; others whose free was lost look leaked."),
    N_ ("Record with more or larger buffers (1024 of 1024 KB) and to a fast drive.") },
  { "no-stacks", TRACE_HEALTH_WARNING, no_stacks, N_ ("there are no stacks in this trace"),
    N_ ("It can be told which tag grows, but not which code allocates it."),
    N_ ("Record stacks of PoolAllocation and PoolAllocationSession; with xperf “-stackwalk "
        "PoolAlloc+PoolAllocSession”.") },
  { "stacks-missing", TRACE_HEALTH_WARNING, stacks_missing,
    /* xgettext:no-c-format */
    N_ ("only {1} % of the bytes allocated and not freed have a stack"),
    N_ ("The rest stands under [No stack]."),
    N_ ("On 64-bit Windows 7 switch paging of drivers off first (“wpr -disablepagingexecutive on”, then "
        "restart); else record with more buffers.") },
  { "no-images", TRACE_HEALTH_WARNING, no_images, N_ ("there are no image events in this trace"),
    N_ ("Stacks show bare addresses, and no driver can be named."),
    N_ ("Record image loads too: keywords ProcessThread and Loader in a profile, PROC_THREAD+LOADER with "
        "xperf.") },
  { "no-image-identities", TRACE_HEALTH_WARNING, no_identities,
    N_ ("there are no image identities in this trace: it was not merged"),
    N_ ("Symbols cannot be found; frames read module+offset."),
    N_ ("Save with “wpr -stop FILE” or merge with “xperf -merge” or “xperf -d” on the machine that "
        "recorded.") },
  { "no-processes", TRACE_HEALTH_WARNING, no_processes, N_ ("there are no process events in this trace"),
    N_ ("Processes show as numbers or as [Unknown]."),
    N_ ("Record processes too: keyword ProcessThread in a profile, PROC_THREAD with xperf.") },
  { "few-tags", TRACE_HEALTH_NOTE, few_tags,
    N_ ("only these pool tags were recorded: {1}; probably a tag filter was set"),
    N_ ("Totals are those of these tags, not the machine's."),
    N_ ("Record without a tag filter to see the whole pool.") },
  { "no-free-stacks", TRACE_HEALTH_NOTE, no_free_stacks, N_ ("frees have no stacks in this trace"),
    N_ ("It cannot be told which code frees."),
    N_ ("To see who frees, record stacks of PoolFree and PoolFreeSession too.") },
  { "blocks-of-before", TRACE_HEALTH_NOTE, blocks_of_before,
    N_ ("there are frees of blocks allocated before the trace ({1})"),
    N_ ("They stand under [Before trace] and [Unknown], whose net they lower: by stack or process, a cache that only "
        "turns over looks like growth."),
    N_ ("To see who allocates them, start the recording before they are allocated.") },
  { "short-trace", TRACE_HEALTH_NOTE, short_trace, N_ ("the trace is only {1} long"),
    N_ ("A cache that still fills looks like a leak."),
    N_ ("Record for several minutes while the leak goes on.") },
  { "verifier", TRACE_HEALTH_NOTE, verifier_on, N_ ("Driver Verifier was on"),
    N_ ("Its allocations are larger and freed later than usual."),
    N_ ("Switch Driver Verifier off to see usual numbers.") },
  { "recorder-blocks", TRACE_HEALTH_NOTE, recorder_tags,
    N_ ("the blocks of the recording itself are among the numbers ({1} with tags EtwB, EtwD, EtwR)"),
    N_ ("They grow as long as the recording lasts and are no leak; they are not among the suspects."),
    N_ ("Leave these tags out with a filter.") },
};

const gsize trace_health_n_rules = G_N_ELEMENTS (trace_health_rules);
