/* Reads the XML of a stack tags file. */
#pragma once

#include "analysis/stack_tags.h"

typedef struct
{
  char *module, *method; /* (owned): patterns as written, "*" where the attribute is absent */
} ParsedEntryPoint;

typedef struct
{
  char *name; /* (owned): full */
  gint priority;
  StackTagHint hint;
  gboolean shows_function;
  guint place;          /* among the tags of the file */
  GArray *entry_points; /* (owned): of ParsedEntryPoint, at least one */
} ParsedTag;

/* The tags with entry points, in the order of their elements: (transfer full): of ParsedTag. NULL with @error, which
 * names @name and the line. */
GPtrArray *stack_tags_parse (const char *text, gsize length, const char *name, GError **error);
