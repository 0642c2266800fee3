#include "export/debugger_commands.h"

#include "analysis/dimension.h"
#include "base/number_format.h"
#include "export/text_output.h"

#define TIME_RESOLUTION_NS 1000

static char *
dup_life (const PoolTrace *trace, guint32 interval)
{
  gint64 allocated_ns = trace->intervals.allocated_ns[interval], freed_ns = trace->intervals.freed_ns[interval];
  gboolean is_lost = trace->sites[trace->intervals.site[interval]].stack == POOL_STACK_ALLOCATION_LOST;
  g_autofree char *allocated = NULL, *freed = NULL;
  if (is_lost)
    allocated = g_strdup ("allocation not seen");
  else if (allocated_ns == POOL_TIME_BEFORE)
    allocated = g_strdup ("allocated before the trace");
  else
    {
      g_autofree char *time = format_time (allocated_ns, TIME_RESOLUTION_NS);
      allocated = g_strdup_printf ("allocated at %s", time);
    }
  if (freed_ns == POOL_TIME_NEVER)
    freed = g_strdup ("not freed");
  else
    {
      g_autofree char *time = format_time (freed_ns, TIME_RESOLUTION_NS);
      freed = g_strdup_printf ("freed at %s", time);
    }
  return g_strdup_printf ("%s, %s", allocated, freed);
}

void
debugger_commands_append (GString *text, const PoolTrace *trace, guint32 interval)
{
  const PoolIntervals *intervals = &trace->intervals;
  const PoolSite *site = &trace->sites[intervals->site[interval]];
  g_autofree char *tag = pool_tag_dup_text (site->tag), *type = pool_type_dup_text (site->pool_type, site->session);
  g_autofree char *life = dup_life (trace, interval);
  g_autofree char *process
    = pool_process_dup_text (trace, trace->contexts[intervals->context[interval]].process);
  g_autoptr (GString) comment = g_string_new (NULL);
  g_string_printf (comment, "'%s' %s, %" G_GUINT64_FORMAT " bytes, %s, %s", tag, type, intervals->size_bytes[interval],
                   life, process);
  g_string_append (text, "* ");
  /* The rest of the line is the comment: nothing in it may end the line. */
  text_append_line_safe (text, comment->str);
  g_string_append_printf (text, "\n!pool 0x%" G_GINT64_MODIFIER "x 2\n", intervals->address[interval]);
}
