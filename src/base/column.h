/* Growable arrays of one integer type: the columns of everything that has many rows.
 *
 *   COLUMN_DEFINE (U32Column, u32_column, guint32)
 *
 * Elements are read directly (column.values[i], i < column.n). Growth goes through realloc,
 * which moves large blocks by remapping pages and so needs no second copy in memory.
 */
#pragma once

#include "base/large_pages.h"

#define COLUMN_DEFINE(Type, prefix, element)                                                                \
  typedef struct                                                                                            \
  {                                                                                                         \
    element *values; /* (array length=n) (owned) */                                                         \
    gsize n, capacity;                                                                                      \
  } Type;                                                                                                   \
  G_GNUC_UNUSED static inline void prefix##_reserve (Type *self, gsize capacity)                             \
  {                                                                                                         \
    if (capacity <= self->capacity)                                                                         \
      return;                                                                                               \
    self->capacity = MAX (capacity, self->capacity + self->capacity / 2 + 16);                              \
    self->values = g_realloc_n (self->values, self->capacity, sizeof (element));                            \
    large_pages_prefer (self->values, self->capacity * sizeof (element));                                   \
  }                                                                                                         \
  G_GNUC_UNUSED static inline void prefix##_append (Type *self, element value)                               \
  {                                                                                                         \
    if (G_UNLIKELY (self->n == self->capacity))                                                             \
      prefix##_reserve (self, self->n + 1);                                                                 \
    self->values[self->n++] = value;                                                                        \
  }                                                                                                         \
  G_GNUC_UNUSED static inline void prefix##_clear (Type *self)                                               \
  {                                                                                                         \
    g_free (self->values);                                                                                  \
    *self = (Type){ 0 };                                                                                    \
  }                                                                                                         \
  /* Gives the memory that no element uses back. */                                                         \
  G_GNUC_UNUSED static inline void prefix##_trim (Type *self)                                                \
  {                                                                                                         \
    self->values = g_realloc_n (self->values, self->n, sizeof (element));                                   \
    self->capacity = self->n;                                                                               \
  }

COLUMN_DEFINE (U8Column, u8_column, guint8)
COLUMN_DEFINE (U16Column, u16_column, guint16)
COLUMN_DEFINE (U32Column, u32_column, guint32)
COLUMN_DEFINE (U64Column, u64_column, guint64)
COLUMN_DEFINE (I64Column, i64_column, gint64)
