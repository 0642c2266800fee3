#include "analysis/dimension.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/interval_class.h"

typedef struct
{
  const char *name, *display_name;
  DimensionScope scope;
  gboolean is_stack;
} DimensionRecord;

static const DimensionRecord dimension_records[N_DIMENSIONS] = {
  [DIMENSION_TYPE] = { "type", N_ ("Type"), DIMENSION_OF_RANGE, FALSE },
  [DIMENSION_IMPACT] = { "impact", N_ ("Impact"), DIMENSION_OF_RANGE, FALSE },
  [DIMENSION_PAGED] = { "paged", N_ ("Paged"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_POOL_TYPE] = { "pooltype", N_ ("Pool Type"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_TAG] = { "tag", N_ ("Pool Tag"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_STACK] = { "stack", N_ ("Stack"), DIMENSION_OF_SITE, TRUE },
  [DIMENSION_FREE_STACK] = { "freestack", N_ ("Free Stack"), DIMENSION_OF_INTERVAL, TRUE },
  [DIMENSION_MODULE] = { "module", N_ ("Module"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_DRIVER] = { "driver", N_ ("Driver"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_DESCRIPTION] = { "description", N_ ("Description"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_PROCESS] = { "process", N_ ("Process"), DIMENSION_OF_CONTEXT, FALSE },
  [DIMENSION_SERVICE] = { "service", N_ ("Service"), DIMENSION_OF_CONTEXT, FALSE },
  [DIMENSION_THREAD] = { "thread", N_ ("Thread"), DIMENSION_OF_CONTEXT, FALSE },
  [DIMENSION_CPU] = { "cpu", N_ ("CPU"), DIMENSION_OF_INTERVAL, FALSE },
  [DIMENSION_SESSION] = { "session", N_ ("Session"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_SIZE] = { "size", N_ ("Size of one"), DIMENSION_OF_INTERVAL, FALSE },
  [DIMENSION_SIZE_CLASS] = { "sizeclass", N_ ("Size Class"), DIMENSION_OF_INTERVAL, FALSE },
  [DIMENSION_AGE] = { "age", N_ ("Age"), DIMENSION_OF_INTERVAL, FALSE },
  [DIMENSION_DOUBT] = { "doubt", N_ ("Doubt"), DIMENSION_OF_INTERVAL, FALSE },
  [DIMENSION_STACK_TAG] = { "stacktag", N_ ("Stack Tag"), DIMENSION_OF_SITE, FALSE },
  [DIMENSION_FRAME_TAGS] = { "frametags", N_ ("Stack (Frame Tags)"), DIMENSION_OF_SITE, TRUE },
};

/* Bits of a pool type that have a name of their own. */
enum
{
  POOL_TYPE_PAGED = 0x1,
  POOL_TYPE_MUST_SUCCEED = 0x2,
  POOL_TYPE_CACHE_ALIGNED = 0x4,
  POOL_TYPE_SESSION = 0x20,
  POOL_TYPE_VERIFIER = 0x40,
  POOL_TYPE_NX = 0x200,
  POOL_TYPE_BIG = 0x10000000,
};

#define UNKNOWN_TEXT "[Unknown]"

const char *
dimension_get_name (Dimension self)
{
  return dimension_records[self].name;
}

const char *
dimension_get_display_name (Dimension self)
{
  return dimension_records[self].display_name;
}

DimensionScope
dimension_get_scope (Dimension self)
{
  return dimension_records[self].scope;
}

gboolean
dimension_is_stack (Dimension self)
{
  return dimension_records[self].is_stack;
}

StackView
dimension_get_stack_view (Dimension self)
{
  return self == DIMENSION_FRAME_TAGS ? STACK_VIEW_TAGS : STACK_VIEW_FRAMES;
}

gboolean
dimension_is_named (Dimension self)
{
  return dimension_records[self].is_stack || self == DIMENSION_STACK_TAG;
}

PoolColumns
dimension_get_columns (Dimension self)
{
  switch (self)
    {
    case DIMENSION_FREE_STACK:
      return POOL_COLUMN_FREE_STACK;
    case DIMENSION_CPU:
      return POOL_COLUMN_PROCESSOR;
    default:
      return dimension_get_scope (self) == DIMENSION_OF_CONTEXT ? POOL_COLUMN_CONTEXT : 0;
    }
}

/* Whether @name is a dimension; if so @ret_dimension receives it. */
gboolean
dimension_from_name (const char *name, Dimension *ret_dimension)
{
  for (guint i = 0; i < N_DIMENSIONS; i++)
    if (strcmp (dimension_records[i].name, name) == 0)
      {
        *ret_dimension = (Dimension) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
dimension_depends_on_end (Dimension self)
{
  return self == DIMENSION_AGE;
}

DimensionSource
dimension_source_at_range (const PoolTrace *trace, const FrameNames *names, TimeRange range)
{
  gint64 end_ns = range.end_ns == G_MAXINT64 ? pool_trace_get_end_ns (trace) : range.end_ns;
  return (DimensionSource){ trace, names, end_ns };
}

guint64
dimension_get_site_value (Dimension self, const DimensionSource *source, guint32 site_row)
{
  const PoolSite *site = &source->trace->sites[site_row];
  const Attribution *attribution = frame_names_get_attribution (source->names);
  switch (self)
    {
    case DIMENSION_PAGED:
      return site->pool_type & POOL_TYPE_PAGED;
    case DIMENSION_POOL_TYPE:
      /* The session variants of an event and the session bit of a type are one thing in the text. */
      return site->pool_type | (site->session != POOL_SESSION_NONE ? (guint64) POOL_TYPE_SESSION : 0);
    case DIMENSION_TAG:
      return site->tag;
    case DIMENSION_STACK:
    case DIMENSION_STACK_TAG:
    case DIMENSION_FRAME_TAGS:
      return site->stack;
    case DIMENSION_MODULE:
      return attribution_get_module (attribution, site->stack);
    case DIMENSION_DRIVER:
      return attribution_get_driver (attribution, site_row);
    case DIMENSION_DESCRIPTION:
      return attribution_get_description (attribution, site_row);
    case DIMENSION_SESSION:
      return site->session;
    default:
      g_return_val_if_reached (0);
    }
}

guint64
dimension_get_context_value (Dimension self, const DimensionSource *source, guint32 context_row)
{
  const PoolContext *context = &source->trace->contexts[context_row];
  switch (self)
    {
    case DIMENSION_PROCESS:
      return context->process;
    case DIMENSION_SERVICE:
      return attribution_get_service (frame_names_get_attribution (source->names), context_row);
    default:
      return context->thread_id;
    }
}

static inline PoolDoubt
get_doubt (const PoolTrace *trace, gint64 last_loss_ns, gint64 allocated_ns)
{
  if (trace->info.complete_from_ns > 0 && allocated_ns < trace->info.complete_from_ns)
    return POOL_DOUBT_BEFORE_COMPLETE_PART;
  return allocated_ns < last_loss_ns ? POOL_DOUBT_BEFORE_A_LOSS : POOL_DOUBT_SURE;
}

static inline __attribute__ ((always_inline)) guint64
get_interval_value (Dimension self, const DimensionSource *source, gsize row)
{
  const PoolIntervals *intervals = &source->trace->intervals;
  switch (self)
    {
    case DIMENSION_FREE_STACK:
      return intervals->free_stack[row];
    case DIMENSION_CPU:
      return intervals->processor[row];
    case DIMENSION_SIZE:
      return intervals->size_bytes[row];
    case DIMENSION_SIZE_CLASS:
      return size_class_of (intervals->size_bytes[row]);
    case DIMENSION_AGE:
      return age_class_of (intervals->allocated_ns[row], intervals->freed_ns[row], source->end_ns);
    case DIMENSION_DOUBT:
      return get_doubt (source->trace, pool_trace_get_last_loss_ns (source->trace), intervals->allocated_ns[row]);
    default:
      g_return_val_if_reached (0);
    }
}

guint64
dimension_get_value (Dimension self, const DimensionSource *source, gsize row)
{
  const PoolIntervals *intervals = &source->trace->intervals;
  switch (dimension_get_scope (self))
    {
    case DIMENSION_OF_CONTEXT:
      return dimension_get_context_value (self, source, intervals->context[row]);
    case DIMENSION_OF_SITE:
      return dimension_get_site_value (self, source, intervals->site[row]);
    default:
      return get_interval_value (self, source, row);
    }
}

static inline __attribute__ ((always_inline)) void
fill_values (Dimension self, const DimensionSource *source, gsize begin, gsize n, guint64 *values)
{
  for (gsize i = 0; i < n; i++)
    values[i] = get_interval_value (self, source, begin + i);
}

/* The last loss is looked for once. */
static void
fill_doubts (const DimensionSource *source, gsize begin, gsize n, guint64 *values)
{
  const gint64 *allocated_ns = &source->trace->intervals.allocated_ns[begin];
  gint64 last_loss_ns = pool_trace_get_last_loss_ns (source->trace);
  for (gsize i = 0; i < n; i++)
    values[i] = get_doubt (source->trace, last_loss_ns, allocated_ns[i]);
}

/* A loop for each, in which nothing is chosen interval by interval. */
void
dimension_fill_values (Dimension self, const DimensionSource *source, gsize begin, gsize n, guint64 *ret_values)
{
  switch (self)
    {
    case DIMENSION_FREE_STACK:
      fill_values (DIMENSION_FREE_STACK, source, begin, n, ret_values);
      return;
    case DIMENSION_CPU:
      fill_values (DIMENSION_CPU, source, begin, n, ret_values);
      return;
    case DIMENSION_SIZE:
      fill_values (DIMENSION_SIZE, source, begin, n, ret_values);
      return;
    case DIMENSION_SIZE_CLASS:
      fill_values (DIMENSION_SIZE_CLASS, source, begin, n, ret_values);
      return;
    case DIMENSION_AGE:
      fill_values (DIMENSION_AGE, source, begin, n, ret_values);
      return;
    case DIMENSION_DOUBT:
      fill_doubts (source, begin, n, ret_values);
      return;
    default:
      fill_values (self, source, begin, n, ret_values);
    }
}

static char *
dup_number_or_unknown (guint64 value, guint64 unknown)
{
  return value == unknown ? g_strdup (UNKNOWN_TEXT) : g_strdup_printf ("%" G_GUINT64_FORMAT, value);
}

static char *
dup_stack_text (const PoolTrace *trace, const FrameNames *names, StackView view, guint32 stack)
{
  gsize n_frames;
  const guint32 *frames = frame_names_get_stack (names, trace, view, stack, &n_frames);
  GString *text = g_string_new (NULL);
  for (gsize i = 0; i < n_frames; i++)
    {
      if (i > 0)
        g_string_append_c (text, ';');
      g_string_append (text, frame_names_get_text (names, frame_names_get_text_id (names, frames[i])));
    }
  return g_string_free (text, FALSE);
}

char *
dimension_dup_text (Dimension self, const PoolTrace *trace, const FrameNames *names, guint64 value)
{
  switch (self)
    {
    case DIMENSION_PAGED:
      return g_strdup (value ? "Paged" : "NonPaged");
    case DIMENSION_POOL_TYPE:
      return pool_type_dup_text ((guint32) value, POOL_SESSION_NONE);
    case DIMENSION_TAG:
      return pool_tag_dup_text ((guint32) value);
    case DIMENSION_STACK:
    case DIMENSION_FREE_STACK:
    case DIMENSION_FRAME_TAGS:
      return dup_stack_text (trace, names, dimension_get_stack_view (self), (guint32) value);
    case DIMENSION_STACK_TAG:
      return g_strdup (frame_names_get_stack_tag (names, trace, (guint32) value));
    case DIMENSION_MODULE:
    case DIMENSION_DRIVER:
    case DIMENSION_DESCRIPTION:
    case DIMENSION_SERVICE:
      return g_strdup (attribution_get_text (frame_names_get_attribution (names), (guint32) value));
    case DIMENSION_PROCESS:
      return pool_process_dup_text (trace, (guint32) value);
    case DIMENSION_THREAD:
      return dup_number_or_unknown (value, POOL_INDEX_NONE);
    case DIMENSION_CPU:
      return dup_number_or_unknown (value, G_MAXUINT16);
    case DIMENSION_SESSION:
      return dup_number_or_unknown (value, POOL_SESSION_NONE);
    case DIMENSION_SIZE:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, value);
    case DIMENSION_SIZE_CLASS:
      return size_class_dup_text ((guint) value);
    case DIMENSION_AGE:
      return g_strdup (age_class_get_text ((AgeClass) value));
    case DIMENSION_DOUBT:
      return g_strdup (pool_doubt_get_text ((PoolDoubt) value));
    default:
      g_return_val_if_reached (NULL);
    }
}

/* The four bytes of @tag, lowest first, unprintable ones as \xNN. (transfer full) */
char *
pool_tag_dup_text (guint32 tag)
{
  GString *text = g_string_sized_new (16);
  for (guint i = 0; i < 4; i++)
    {
      guint byte = (tag >> (8 * i)) & 0xff;
      if (byte >= 0x20 && byte <= 0x7e)
        g_string_append_c (text, (char) byte);
      else
        g_string_append_printf (text, "\\x%02x", byte);
    }
  return g_string_free (text, FALSE);
}

/* The pool type in words: NonPaged, NonPagedNx or Paged, then the names of the bits that have one,
 * then all other bits as one hexadecimal number: "NonPagedNxCacheAligned", "Paged+0x8".
 * @session: POOL_SESSION_NONE unless the event was a session variant. (transfer full) */
char *
pool_type_dup_text (guint32 pool_type, guint32 session)
{
  static const struct
  {
    guint32 bit;
    const char *name;
  } named_bits[] = {
    { POOL_TYPE_SESSION, "Session" },           { POOL_TYPE_CACHE_ALIGNED, "CacheAligned" },
    { POOL_TYPE_MUST_SUCCEED, "MustSucceed" },  { POOL_TYPE_VERIFIER, "Verifier" },
    { POOL_TYPE_BIG, "Big" },
  };
  guint32 rest = pool_type & ~(guint32) POOL_TYPE_PAGED;
  GString *text = g_string_new (pool_type & POOL_TYPE_PAGED ? "Paged" : "NonPaged");
  if (!(pool_type & POOL_TYPE_PAGED) && (pool_type & POOL_TYPE_NX))
    {
      g_string_append (text, "Nx");
      rest &= ~(guint32) POOL_TYPE_NX;
    }
  if (session != POOL_SESSION_NONE)
    rest |= POOL_TYPE_SESSION;
  for (gsize i = 0; i < G_N_ELEMENTS (named_bits); i++)
    if (rest & named_bits[i].bit)
      {
        g_string_append (text, named_bits[i].name);
        rest &= ~named_bits[i].bit;
      }
  if (rest != 0)
    g_string_append_printf (text, "+0x%x", rest);
  return g_string_free (text, FALSE);
}

/* "name.exe (pid)", later owners of the pid with " #2" and so on; "[Unknown]" for POOL_INDEX_NONE.
 * Of a process that no event names, the pid is still told. (transfer full) */
char *
pool_process_dup_text (const PoolTrace *trace, guint32 process)
{
  if (process == POOL_INDEX_NONE)
    return g_strdup (UNKNOWN_TEXT);
  const PoolProcess *record = &trace->processes[process];
  const char *name = record->image_name ? record->image_name : UNKNOWN_TEXT;
  if (record->instance > 1)
    return g_strdup_printf ("%s (%u) #%u", name, record->process_id, record->instance);
  return g_strdup_printf ("%s (%u)", name, record->process_id);
}

const char *
pool_interval_type_get_text (PoolIntervalType type)
{
  static const char *const texts[POOL_N_TYPES] = {
    [POOL_TYPE_AIFO] = "AIFO", [POOL_TYPE_AIFI] = "AIFI", [POOL_TYPE_AOFI] = "AOFI", [POOL_TYPE_AOFO] = "AOFO"
  };
  return texts[type];
}

const char *
pool_doubt_get_text (PoolDoubt doubt)
{
  static const char *const texts[] = { [POOL_DOUBT_SURE] = "Sure",
                                       [POOL_DOUBT_BEFORE_COMPLETE_PART] = "Before complete part",
                                       [POOL_DOUBT_BEFORE_A_LOSS] = "Before a loss" };
  return texts[doubt];
}

const char *
pool_impact_get_text (PoolIntervalType type)
{
  static const char *const texts[POOL_N_TYPES] = { [POOL_TYPE_AIFO] = "Impacting",
                                                   [POOL_TYPE_AIFI] = "Transient",
                                                   [POOL_TYPE_AOFI] = "Impacting",
                                                   [POOL_TYPE_AOFO] = "Persistent" };
  return texts[type];
}
