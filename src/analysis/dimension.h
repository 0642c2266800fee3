/* The dimensions by which intervals are grouped and filtered, as one table. */
#pragma once

#include "analysis/frame_names.h"
#include "analysis/time_range.h"

typedef enum
{
  DIMENSION_TYPE,
  DIMENSION_IMPACT,
  DIMENSION_PAGED,
  DIMENSION_POOL_TYPE,
  DIMENSION_TAG,
  DIMENSION_STACK,
  DIMENSION_FREE_STACK,
  DIMENSION_MODULE,
  DIMENSION_DRIVER,
  DIMENSION_DESCRIPTION,
  DIMENSION_PROCESS,
  DIMENSION_SERVICE,
  DIMENSION_THREAD,
  DIMENSION_CPU,
  DIMENSION_SESSION,
  DIMENSION_SIZE,
  DIMENSION_SIZE_CLASS,
  DIMENSION_AGE,
  DIMENSION_DOUBT,
  DIMENSION_STACK_TAG,
  DIMENSION_FRAME_TAGS,
  N_DIMENSIONS
} Dimension;

typedef enum
{
  DIMENSION_OF_RANGE,   /* of the interval's type in the range: type, impact */
  DIMENSION_OF_SITE,    /* a function of the interval's site */
  DIMENSION_OF_CONTEXT, /* a function of the interval's context */
  DIMENSION_OF_INTERVAL /* anything else */
} DimensionScope;

/* How far the fate of an interval can be trusted, by the time of its allocation: the values of DIMENSION_DOUBT. */
typedef enum
{
  POOL_DOUBT_SURE,
  POOL_DOUBT_BEFORE_COMPLETE_PART,
  POOL_DOUBT_BEFORE_A_LOSS,
} PoolDoubt;

const char *dimension_get_name (Dimension self);         /* "tag", for the command line and settings */
const char *dimension_get_display_name (Dimension self); /* "Pool Tag", header of a column; English, translated where shown */
DimensionScope dimension_get_scope (Dimension self);
gboolean dimension_is_stack (Dimension self);            /* values are stacks: several rows deep */
StackView dimension_get_stack_view (Dimension self);     /* of such a dimension: which rows they have */
gboolean dimension_is_named (Dimension self);            /* texts depend on the names of frames */
PoolColumns dimension_get_columns (Dimension self);      /* that values are read from, of those a trace can be without */
gboolean dimension_from_name (const char *name, Dimension *ret_dimension);

/* Whether an interval's value changes with the end of the range: age. */
gboolean dimension_depends_on_end (Dimension self);

/* Where values are read: they depend on all of this. */
typedef struct
{
  const PoolTrace *trace;
  const FrameNames *names;
  gint64 end_ns; /* at which ages are taken */
} DimensionSource;

/* With the end of @range; an open end is that of the trace. */
DimensionSource dimension_source_at_range (const PoolTrace *trace, const FrameNames *names, TimeRange range);

/* The value of interval @row: an id that equals for equal texts (for stacks: row of trace stacks).
 * Not for dimensions of the range. */
guint64 dimension_get_value (Dimension self, const DimensionSource *source, gsize row);
/* The same of the intervals [begin, begin + n), for a dimension of intervals. */
void dimension_fill_values (Dimension self, const DimensionSource *source, gsize begin, gsize n, guint64 *ret_values);
/* The same for a dimension of sites or contexts, without an interval. These have 32 bits. */
guint64 dimension_get_site_value (Dimension self, const DimensionSource *source, guint32 site);
guint64 dimension_get_context_value (Dimension self, const DimensionSource *source, guint32 context);
/* The text of a value. Returns: (transfer full). For stacks frames joined by ";" outermost first. */
char *dimension_dup_text (Dimension self, const PoolTrace *trace, const FrameNames *names, guint64 value);

/* Texts that other places need too. */
char *pool_tag_dup_text (guint32 tag);
char *pool_type_dup_text (guint32 pool_type, guint32 session);
char *pool_process_dup_text (const PoolTrace *trace, guint32 process);
const char *pool_interval_type_get_text (PoolIntervalType type);   /* "AIFO" */
const char *pool_doubt_get_text (PoolDoubt doubt);                 /* "Sure" */
const char *pool_impact_get_text (PoolIntervalType type);          /* "Impacting" */
