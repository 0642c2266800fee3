/* The state of reading one decorated name: cpp_name.c reads names, cpp_name_type.c the types inside them. */
#pragma once

#include <glib.h>

#define MOST_BACK_REFERENCES 10u

/* What a digit stands for: the names or types that came first. */
typedef struct
{
  const char *texts[MOST_BACK_REFERENCES]; /* (transfer none) */
  guint n;
} CppReferences;

/* Names may come from anybody: depth, work and output are bounded, and a reader that fails stays failed. */
typedef struct
{
  const char *at, *end;
  GStringChunk *texts; /* owns all that is read */
  gsize n_text_bytes;
  guint depth;
  guint n_steps;
  CppReferences names, types;
} CppReader;

/* A type around the place where a declared name would stand. Arrays and functions have something to put in
 * front of a pointer's "*" in parentheses, if only an empty text. */
typedef struct
{
  const char *left, *right;
  const char *inner; /* (nullable): NULL for all other types */
} CppType;

/* All return NULL or FALSE where the name cannot be read further; texts live as long as the reader. */
const char *cpp_join (CppReader *self, ...) G_GNUC_NULL_TERMINATED;
gboolean cpp_enter (CppReader *self);
gboolean cpp_skip (CppReader *self, const char *text);
char cpp_peek (const CppReader *self);
gboolean cpp_read_number (CppReader *self, gint64 *ret_value);
void cpp_remember (CppReader *self, CppReferences *references, const char *text);
const char *cpp_read_type_name (CppReader *self);
const char *cpp_read_symbol (CppReader *self);

const char *cpp_read_type (CppReader *self);
const char *cpp_read_function (CppReader *self, gboolean has_this);
