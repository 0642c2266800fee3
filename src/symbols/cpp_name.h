/* Names of C++ functions as Microsoft's compilers decorate them, made plain: "outer::Box<int,4>::total". */
#pragma once

#include <glib.h>

typedef enum
{
  CPP_NAME_UNKNOWN,  /* not decorated in a way that is known: show it as it is */
  CPP_NAME_FUNCTION,
  CPP_NAME_DATA,     /* a variable or a table: no code */
} CppNameKind;

/* Appends the plain name for @name of @length bytes, which begins with "?": qualified, without the types of
 * parameters. Nothing is appended unless it is a function's. */
CppNameKind cpp_name_append (GString *text, const char *name, gsize length);
