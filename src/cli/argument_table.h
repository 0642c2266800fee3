/* The table of all options behind arguments.h. */
#pragma once

#include "cli/arguments.h"

typedef struct
{
  ArgumentSet set; /* commands that take any of it have the option */
  const char *name;
  char short_name;  /* or 0 */
  GOptionArg kind;
  gsize offset;     /* bytes: of the field of Arguments that takes the value: char *, char ** or gboolean */
  const char *description, *value_name;
} ArgumentDescription;

extern const ArgumentDescription argument_table[];
extern const gsize argument_table_n_rows;
