#include "base/import_counters.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  ImportSeverity severity;
  const char *sentence;
} CounterDescription;

#define DESCRIPTION(id, severity, sentence) [IMPORT_##id] = { #id, IMPORT_SEVERITY_##severity, sentence },
static const CounterDescription descriptions[IMPORT_N_COUNTERS] = { IMPORT_COUNTERS (DESCRIPTION) };

/* The identifier for JSON and the diagnostics page, as in the table (`EVENTS_READ`). */
const char *
import_counter_get_name (ImportCounter counter)
{
  return descriptions[counter].name;
}

/* The English sentence that follows the number, without a full stop. */
const char *
import_counter_get_sentence (ImportCounter counter)
{
  return descriptions[counter].sentence;
}

ImportSeverity
import_counter_get_severity (ImportCounter counter)
{
  return descriptions[counter].severity;
}

/* Adds every counter of @other to @self. */
void
import_counters_add (ImportCounters *self, const ImportCounters *other)
{
  for (gsize i = 0; i < IMPORT_N_COUNTERS; i++)
    self->values[i] += other->values[i];
}
