#include "app/table/value_meaning.h"

#include "analysis/leak_ranking.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  Dimension dimension;
  const char *text, *meaning;
} ValueMeaning;

static const ValueMeaning meanings[] = {
  { DIMENSION_TYPE, "AIFI", N_ ("Allocated inside the range, freed inside: passing use.\nImpacting Size: 0") },
  { DIMENSION_TYPE, "AIFO",
    N_ ("Allocated inside the range, freed outside: after it or never. A leak looks like this, but so do caches and "
        "blocks still in use.\nImpacting Size: + Size") },
  { DIMENSION_TYPE, "AOFI",
    N_ ("Allocated outside the range, before it, freed inside: memory given back.\nImpacting Size: − Size") },
  { DIMENSION_TYPE, "AOFO",
    N_ ("Allocated outside the range, before it, freed outside: after it or never. It was there all the time.\n"
        "Impacting Size: 0") },
  { DIMENSION_IMPACT, "Impacting", N_ ("AIFO and AOFI: blocks that change the outstanding size over the range") },
  { DIMENSION_IMPACT, "Transient", N_ ("AIFI: blocks allocated and freed inside the range") },
  { DIMENSION_IMPACT, "Persistent", N_ ("AOFO: blocks that were there before the range and after it") },
  { DIMENSION_DOUBT, "Sure", N_ ("Nothing was lost after the allocation: whether and when it was freed is certain.") },
  { DIMENSION_DOUBT, "Before a loss",
    N_ ("Events were lost after the allocation. The free may be among them, and the block only look like a leak.") },
  { DIMENSION_DOUBT, "Before complete part",
    N_ ("Allocated before the trace has the events of all processors. What was freed there may be missing.") },
  { DIMENSION_AGE, "[Before trace]", N_ ("Allocated before the recording: nobody knows how old it is.") },
};

/* What stands in the place of a stack. */
static const ValueMeaning stack_meanings[] = {
  { DIMENSION_STACK, "[No stack]",
    N_ ("The trace has no stack of these events: stacks were not recorded for them, or got lost.") },
  { DIMENSION_STACK, "[Before trace]",
    N_ ("Allocated before the recording: only the free is in the trace, and who allocated it is not known.") },
  { DIMENSION_STACK, "[Allocation lost]",
    N_ ("The trace has the free, but the allocation was lost. It is counted, with its size, and holds no memory at any "
        "time.") },
};

/* Of processes, threads, modules and so on. */
#define UNKNOWN_TEXT "[Unknown]"
#define UNKNOWN_MEANING \
  N_ ("The trace does not tell: for blocks from before it only the free was seen, and other events may lack what it " \
      "takes.")

static const char *
find (const ValueMeaning *list, gsize n, Dimension dimension, const char *text)
{
  for (gsize i = 0; i < n; i++)
    if (list[i].dimension == dimension && strcmp (list[i].text, text) == 0)
      return _ (list[i].meaning);
  return NULL;
}

const char *
value_meaning_get (Dimension dimension, const char *text)
{
  if (dimension_is_stack (dimension))
    return find (stack_meanings, G_N_ELEMENTS (stack_meanings), DIMENSION_STACK, text);
  if (strcmp (text, UNKNOWN_TEXT) == 0)
    return _ (UNKNOWN_MEANING);
  if (value_is_recorders_tag (dimension, text))
    return _ ("The event recorder's own buffers: they grow because of the recording, and are not among the suspects.");
  return find (meanings, G_N_ELEMENTS (meanings), dimension, text);
}

gboolean
value_is_recorders_tag (Dimension dimension, const char *text)
{
  guint32 tag;
  if (dimension != DIMENSION_TAG || strlen (text) != sizeof tag)
    return FALSE;
  memcpy (&tag, text, sizeof tag);
  return pool_tag_is_recorders (GUINT32_FROM_LE (tag));
}
