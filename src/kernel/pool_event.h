/* Pool events, group 0x0E: allocation and free of one block. Inline, for they are most of a trace. */
#pragma once

#include "etl/etl_event.h"
#include "kernel/kernel_layouts.h"

enum
{
  POOL_HOOK_ALLOCATION = 0x0E20,
  POOL_HOOK_SESSION_ALLOCATION = 0x0E21,
  POOL_HOOK_FREE = 0x0E22,
  POOL_HOOK_SESSION_FREE = 0x0E23,
};

#define POOL_SESSION_NONE G_MAXUINT32
#define POOL_TAG_PROTECTED 0x80000000u

typedef struct
{
  gboolean is_free;
  gboolean tag_is_protected;
  guint32 type;       /* POOL_TYPE with ETW's marks, as recorded */
  guint32 tag;        /* as recorded but for the protected bit, which is masked; low byte is shown first */
  guint64 size_bytes; /* as recorded */
  guint64 address;    /* 0: the allocation failed */
  guint32 session;    /* POOL_SESSION_NONE unless a session variant */
} PoolEvent;

/* Whether @event is an allocation or a free of pool. Other events of the group (pages, snapshots)
 * have no known layout and are none. */
static inline gboolean
pool_event_is_one (const EtlEvent *event)
{
  return event->hook >= POOL_HOOK_ALLOCATION && event->hook <= POOL_HOOK_SESSION_FREE;
}

/* The pointer size of the payload: that of the header, unless the length fits only the other. */
static inline guint
pool_event_get_pointer_size (const EtlEvent *event, gboolean has_session)
{
  switch (event->payload.size)
    {
    case pool_32_SIZE:
    case pool_session_32_SIZE:
      return 4;
    case pool_64_SIZE:
      /* With a session this length is no 64-bit form: a 32-bit one that is longer than known. */
      return has_session ? event->pointer_size : 8;
    case pool_session_64_SIZE:
    case pool_session_64_SIZE + 4: /* padded to 8 bytes */
      return 8;
    default:
      return event->pointer_size;
    }
}

/* Decodes @event, for which pool_event_is_one() must hold, whatever its header.
 *
 * Returns: FALSE when its payload is too short; @ret_pool_event is undefined then.
 */
static inline gboolean
pool_event_decode (const EtlEvent *event, PoolEvent *ret_pool_event)
{
  const guint8 *bytes = event->payload.bytes;
  gboolean has_session = event->hook & 1;
  guint32 tag;
  if (G_LIKELY (pool_event_get_pointer_size (event, has_session) == 8))
    {
      if (event->payload.size < (gsize) (has_session ? (int) pool_session_64_SIZE : (int) pool_64_SIZE))
        return FALSE;
      tag = pool_64_get_tag (bytes);
      ret_pool_event->type = pool_64_get_type (bytes);
      ret_pool_event->size_bytes = pool_64_get_size_bytes (bytes);
      ret_pool_event->address = pool_64_get_address (bytes);
      ret_pool_event->session = has_session ? pool_session_64_get_session (bytes) : POOL_SESSION_NONE;
    }
  else
    {
      if (event->payload.size < (gsize) (has_session ? (int) pool_session_32_SIZE : (int) pool_32_SIZE))
        return FALSE;
      tag = pool_32_get_tag (bytes);
      ret_pool_event->type = pool_32_get_type (bytes);
      ret_pool_event->size_bytes = pool_32_get_size_bytes (bytes);
      ret_pool_event->address = pool_32_get_address (bytes);
      ret_pool_event->session = has_session ? pool_session_32_get_session (bytes) : POOL_SESSION_NONE;
    }
  ret_pool_event->is_free = event->hook >= POOL_HOOK_FREE;
  ret_pool_event->tag_is_protected = (tag & POOL_TAG_PROTECTED) != 0;
  ret_pool_event->tag = tag & ~POOL_TAG_PROTECTED;
  return TRUE;
}
