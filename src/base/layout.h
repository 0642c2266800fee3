/* Structures of a file, each described once.
 *
 * A structure is an X-macro table with one row (type, field, offset) per field, where type is
 * u8, u16, u32 or u64. LAYOUT_DEFINE expands such a table into one getter per field and the
 * constant <prefix>_SIZE, the bytes that must be there before a getter may be called:
 *
 *   #define EXAMPLE_FIELDS(X, name) X (name, u32, length, 0x00) X (name, u64, time, 0x08)
 *   LAYOUT_DEFINE (example, EXAMPLE_FIELDS)     ->  example_get_time (bytes), example_SIZE == 16
 *
 * A structure whose fields move with the pointer size is two tables, one for 32 and one for 64 bits.
 */
#pragma once

#include "base/byte_span.h"

static inline guint8
read_u8 (const guint8 *bytes)
{
  return *bytes;
}

#define LAYOUT_TYPE_u8 guint8
#define LAYOUT_TYPE_u16 guint16
#define LAYOUT_TYPE_u32 guint32
#define LAYOUT_TYPE_u64 guint64

#define LAYOUT_GETTER(name, type, field, offset)                                                            \
  G_GNUC_UNUSED static inline LAYOUT_TYPE_##type name##_get_##field (const guint8 *bytes)                    \
  {                                                                                                         \
    return read_##type (bytes + (offset));                                                                  \
  }
#define LAYOUT_MEMBER(name, type, field, offset) guint8 end_of_##field[(offset) + sizeof (LAYOUT_TYPE_##type)];

/* The size is that of a union with one member per field that reaches to the field's end. */
#define LAYOUT_DEFINE(name, FIELDS)                                                                         \
  FIELDS (LAYOUT_GETTER, name)                                                                              \
  enum                                                                                                      \
  {                                                                                                         \
    name##_SIZE = sizeof (union { FIELDS (LAYOUT_MEMBER, name) })                                            \
  };
