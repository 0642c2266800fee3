#include "trace_lines.h"

#include "slow_model.h"

static char *
format_stack (const PoolTrace *trace, guint32 stack)
{
  static const char *const specials[] = { "[No stack]", "[Before trace]", "[Allocation lost]" };
  GString *text = g_string_new (NULL);
  gsize n_frames;
  const guint32 *frames = pool_trace_get_stack (trace, stack, &n_frames);
  for (gsize i = 0; i < n_frames; i++)
    {
      const PoolFrame *frame = &trace->frames[frames[i]];
      if (i)
        g_string_append_c (text, ';');
      if (frame->special != POOL_INDEX_NONE)
        g_string_append (text, specials[frame->special]);
      else
        g_string_append_printf (text, "%" G_GINT64_MODIFIER "x", frame->address);
    }
  return g_string_free (text, FALSE);
}

static char *
format_row (const PoolTrace *trace, gsize row)
{
  const PoolIntervals *intervals = &trace->intervals;
  const PoolSite *site = &trace->sites[intervals->site[row]];
  const PoolContext *context = &trace->contexts[intervals->context[row]];
  g_autofree char *stack = format_stack (trace, site->stack);
  g_autofree char *free_stack = format_stack (trace, intervals->free_stack[row]);
  gint64 allocated_ns = intervals->allocated_ns[row];
  IntervalLine line = { .address = intervals->address[row],
                        .size_bytes = intervals->size_bytes[row],
                        .type = site->pool_type,
                        .tag = site->tag,
                        .session = site->session,
                        .allocated_ns = allocated_ns == POOL_TIME_BEFORE ? -1 : allocated_ns,
                        .freed_ns = intervals->freed_ns[row],
                        .thread_id = context->thread_id,
                        .process_id = TRACE_UNKNOWN,
                        .processor = intervals->processor[row] == G_MAXUINT16 ? TRACE_UNKNOWN
                                                                              : intervals->processor[row],
                        .stack = stack,
                        .free_stack = intervals->freed_ns[row] == POOL_TIME_NEVER ? NULL : free_stack };
  if (context->process != POOL_INDEX_NONE)
    {
      line.process_id = trace->processes[context->process].process_id;
      line.process_name = trace->processes[context->process].image_name;
    }
  if (context->thread != POOL_INDEX_NONE)
    line.sub_process_tag = trace->threads[context->thread].sub_process_tag;
  return interval_line_format (&line);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* One line per interval, sorted. Returns: (transfer full) (element-type utf8) */
GPtrArray *
trace_lines_new (const PoolTrace *trace)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  for (gsize row = 0; row < trace->intervals.n; row++)
    g_ptr_array_add (lines, format_row (trace, row));
  g_ptr_array_sort (lines, compare_lines);
  return lines;
}

/* Asserts what is promised of the order of rows. */
void
trace_lines_check_columns (const PoolTrace *trace)
{
  const PoolIntervals *intervals = &trace->intervals;
  gsize n_freed = 0;
  for (gsize row = 0; row < intervals->n; row++)
    {
      g_assert_cmpint (intervals->allocated_ns[row] == POOL_TIME_BEFORE, ==, row < intervals->n_before);
      g_assert_cmpint (intervals->allocated_ns[row], <=, intervals->freed_ns[row]);
      if (row > 0)
        g_assert_cmpint (intervals->allocated_ns[row - 1], <=, intervals->allocated_ns[row]);
      if (row > 0 && row < intervals->n_before)
        g_assert_cmpint (intervals->freed_ns[row - 1], <=, intervals->freed_ns[row]);
      n_freed += intervals->freed_ns[row] != POOL_TIME_NEVER;
    }
  g_assert_cmpuint (intervals->n_freed, ==, n_freed);
  for (gsize i = 0; i < n_freed; i++)
    {
      g_assert_cmpint (intervals->freed_ns[intervals->free_order[i]], !=, POOL_TIME_NEVER);
      if (i > 0)
        g_assert_cmpint (intervals->freed_ns[intervals->free_order[i - 1]], <=,
                         intervals->freed_ns[intervals->free_order[i]]);
    }
}
