#include "sample/etl_writer_events.h"

#include "sample/etl_payload.h"

/* A pool tag from its four characters; a shorter text is filled with blanks. */
guint32
etl_tag (const char *text)
{
  guint32 tag = 0;
  gsize length = strlen (text);
  for (gsize i = 0; i < 4; i++)
    tag |= (guint32)(guchar)(i < length ? text[i] : ' ') << (8 * i);
  return tag;
}

/* An allocation or free of @block; @hook is one of ETL_POOL_…. The usual header is SYSTEM, version 2. */
void
etl_writer_pool (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlPoolBlock *block)
{
  EtlEvent event = *at;
  event.hook = hook;
  if (event.version == 0)
    event.version = 2;
  guint pointer_size
      = event.pointer_size != 0 ? event.pointer_size : etl_writer_get_options (self)->pointer_size;
  guint8 payload[28];
  etl_store_u32 (payload, block->type);
  etl_store_u32 (payload + 4, block->tag);
  gsize length = 8;
  if (pointer_size == 8)
    {
      etl_store_u64 (payload + 8, block->size_bytes);
      etl_store_u64 (payload + 16, block->address);
      length = 24;
    }
  else
    {
      etl_store_u32 (payload + 8, (guint32)block->size_bytes);
      etl_store_u32 (payload + 12, (guint32)block->address);
      length = 16;
    }
  if (hook == ETL_POOL_SESSION_ALLOCATION || hook == ETL_POOL_SESSION_FREE)
    {
      etl_store_u32 (payload + length, block->session_id);
      length += 4;
    }
  etl_writer_event (self, &event, payload, length);
}
