#include "export/trace_health.h"

#include "base/number_format.h"
#include "export/trace_health_rules.h"

#include <glib/gi18n-lib.h>

char *
trace_health_item_dup_sentence (const TraceHealthItem *self, const char *sentence_template)
{
  if (self->is_count)
    return g_strconcat (self->values[0], " ", sentence_template, NULL);
  GString *text = g_string_new (NULL);
  for (const char *p = sentence_template; *p; p++)
    {
      if (p[0] == '{' && p[1] >= '1' && p[1] < '1' + TRACE_HEALTH_N_VALUES && p[2] == '}')
        {
          const char *value = self->values[p[1] - '1'];
          g_string_append (text, value ? value : "");
          p += 2;
        }
      else
        g_string_append_c (text, *p);
    }
  return g_string_free (text, FALSE);
}

static void
clear_item (TraceHealthItem *self)
{
  for (guint i = 0; i < TRACE_HEALTH_N_VALUES; i++)
    g_free (self->values[i]);
  g_free (self->sentence);
}

static void
free_item (gpointer data)
{
  clear_item (data);
  g_free (data);
}

/* Takes @item as far as it goes; the texts of @rule and the sentence are added. */
static void
add_item (GPtrArray *items, const TraceHealthRule *rule, const TraceHealthItem *item)
{
  TraceHealthItem *added = g_memdup2 (item, sizeof *item);
  added->name = rule->name;
  added->severity = rule->severity;
  added->sentence_template = rule->sentence;
  added->consequence = rule->consequence;
  added->advice = rule->advice;
  added->sentence = trace_health_item_dup_sentence (added, rule->sentence);
  g_ptr_array_add (items, added);
}

/* Counters of lost data that a rule already speaks of. */
static gboolean
has_rule (ImportCounter counter)
{
  return counter == IMPORT_EVENTS_LOST || counter == IMPORT_BUFFERS_LOST
         || counter == IMPORT_BUFFERS_CUT_SHORT;
}

static void
add_counters (GPtrArray *items, const PoolTrace *trace)
{
  for (guint i = 0; i < IMPORT_N_COUNTERS; i++)
    {
      guint64 count = trace->counters.values[i];
      if (count == 0 || import_counter_get_severity (i) != IMPORT_SEVERITY_DATA_LOSS || has_rule (i))
        continue;
      const TraceHealthRule rule = { import_counter_get_name (i),
                                     TRACE_HEALTH_WARNING,
                                     NULL,
                                     import_counter_get_sentence (i),
                                     N_ ("What they held is missing from the numbers."),
                                     N_ ("Copy the file again; when that changes nothing, record again.") };
      const TraceHealthItem item = { .values = { format_count ((gint64) MIN (count, (guint64) G_MAXINT64)) },
                                     .is_count = TRUE };
      add_item (items, &rule, &item);
    }
}

GPtrArray *
trace_health_list (const PoolTrace *trace)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (free_item);
  g_auto (TraceFacts) facts = trace_facts_collect (trace);
  gboolean has_counters = FALSE;
  for (gsize i = 0; i < trace_health_n_rules; i++)
    {
      const TraceHealthRule *rule = &trace_health_rules[i];
      if (rule->severity == TRACE_HEALTH_NOTE && !has_counters)
        {
          add_counters (items, trace);
          has_counters = TRUE;
        }
      TraceHealthItem item = { 0 };
      if (rule->holds (trace, &facts, item.values))
        add_item (items, rule, &item);
      else
        clear_item (&item);
    }
  return items;
}

const char *
trace_health_severity_get_name (TraceHealthSeverity severity)
{
  static const char *const names[] = { "note", "warning", "serious" };
  return names[severity];
}
