/* Pool events, group 0x0E: allocation and free of one block. */
#pragma once

#include "etl/etl_event.h"

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

gboolean pool_event_is_one (const EtlEvent *event);
gboolean pool_event_decode (const EtlEvent *event, PoolEvent *ret_pool_event);
