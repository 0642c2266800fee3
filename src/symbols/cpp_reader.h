/* Reads one decorated C++ name from its start to its end: letters, numbers, identifiers and what was remembered.
 *
 * Names may come from anybody: depth, work and output are bounded. What fails returns NULL or FALSE, and so does
 * all that asked for it. Texts live as long as the reader.
 */
#pragma once

#include <glib.h>
#include <string.h>

#define MOST_BACK_REFERENCES 10u

/* What a digit stands for: the names or types that came first. */
typedef struct
{
  const char *texts[MOST_BACK_REFERENCES]; /* (transfer none) */
  guint n;
} CppReferences;

typedef struct
{
  const char *at, *end;
  GStringChunk *texts; /* owns all that is read */
  gsize n_text_bytes;
  guint depth;
  guint n_steps;
  CppReferences names, types;
} CppReader;

/* The next byte, 0 at the end. */
static inline char
cpp_peek (const CppReader *self)
{
  return self->at < self->end ? *self->at : '\0';
}

/* Steps over @text where it comes next; FALSE, and nothing is read, where it does not. */
static inline gboolean
cpp_skip (CppReader *self, const char *text)
{
  gsize length = strlen (text);
  if (self->at > self->end || (gsize)(self->end - self->at) < length || memcmp (self->at, text, length) != 0)
    return FALSE;
  self->at += length;
  return TRUE;
}

/* Steps over all that comes next of @letters. */
void cpp_skip_any (CppReader *self, const char *letters);

/* Goes one level deeper; what returned TRUE takes one off the depth again. FALSE where that is too deep, or the
 * whole name too much work. */
gboolean cpp_enter (CppReader *self);

/* The texts one after the other, up to a NULL. (transfer none) (nullable): NULL when the name grows too long */
const char *cpp_join (CppReader *self, ...) G_GNUC_NULL_TERMINATED;

/* Puts @text (not NULL) behind the other @references, unless it is among them or there are ten. */
void cpp_remember (CppReferences *references, const char *text);

/* A digit is one less than it means; other numbers are hexadecimal in the letters from A, up to "@". */
gboolean cpp_read_number (CppReader *self, gint64 *ret_value);
/* An identifier up to its "@", which is remembered. (transfer none) (nullable) */
const char *cpp_read_identifier (CppReader *self);
/* The name that the digit which comes next stands for. (transfer none) (nullable) */
const char *cpp_read_back_reference (CppReader *self);
/* "" or " const", " volatile", " const volatile" for the letters from @first_letter on, behind any of the letters
 * that widen a pointer; NULL, and only those are read, where another letter comes. (transfer none) (nullable) */
const char *cpp_read_qualifiers (CppReader *self, char first_letter);
