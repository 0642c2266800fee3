/* How stacks are read a second time: tags, folding and grouping of modules on lists of texts, step by step as the
 * words say it. Knows * in patterns only. */
#pragma once

#include "analysis/stack_options.h"

typedef struct
{
  guint file;
  const char *name, *priority, *module, *method; /* priority and method nullable: attribute absent */
  const char *hint;                              /* (nullable) */
  gboolean shows_function;
} SlowTag;

typedef struct
{
  const SlowTag *tags[8]; /* by file, then place in it */
  guint n_tags;
  const char *folds[3];   /* NULL-terminated */
  const char *group;      /* (nullable): of modules */
} SlowReading;

/* Options at random, as a reading and as what the program makes of the same files. (transfer full) */
StackOptions *random_reading (GRand *random, SlowReading *ret_reading);
/* The rows of a stack whose frames read @texts. */
GPtrArray *slow_reading_rows (const SlowReading *self, const GPtrArray *texts, gboolean shows_tags);
char *slow_reading_tag (const SlowReading *self, const GPtrArray *texts);
