#include "sample/etl_writer_events.h"

#include "sample/etl_payload.h"

/* TOKEN_USER (its pointer and attributes), then the SID S-1-5-32-…; a user without SID is one zero. */
static void
append_sid (GByteArray *payload, guint pointer_size, guint n_sub_authorities)
{
  if (n_sub_authorities == 0)
    {
      etl_payload_u32 (payload, 0);
      return;
    }
  etl_payload_pointer (payload, pointer_size, 0xFFFFB30A12345678);
  etl_payload_pointer (payload, pointer_size, 0);
  etl_payload_u8 (payload, 1);
  etl_payload_u8 (payload, (guint8)n_sub_authorities);
  etl_payload_zeros (payload, 5);
  etl_payload_u8 (payload, 5);
  for (guint i = 0; i < n_sub_authorities; i++)
    etl_payload_u32 (payload, i == 0 ? 32 : 544 + i);
}

static void
append_old_process (GByteArray *payload, guint pointer_size, guint version, const EtlProcess *process)
{
  if (version == 0)
    {
      etl_payload_pointer (payload, pointer_size, process->process_id);
      etl_payload_pointer (payload, pointer_size, process->parent_id);
      return;
    }
  etl_payload_pointer (payload, pointer_size, process->directory_table);
  etl_payload_u32 (payload, process->process_id);
  etl_payload_u32 (payload, process->parent_id);
  etl_payload_u32 (payload, process->session_id);
  etl_payload_u32 (payload, (guint32)process->exit_status);
}

static void
append_process (GByteArray *payload, guint pointer_size, guint version, const EtlProcess *process)
{
  etl_payload_pointer (payload, pointer_size, process->unique_key);
  etl_payload_u32 (payload, process->process_id);
  etl_payload_u32 (payload, process->parent_id);
  etl_payload_u32 (payload, process->session_id);
  etl_payload_u32 (payload, (guint32)process->exit_status);
  if (version >= 3)
    etl_payload_pointer (payload, pointer_size, process->directory_table);
  if (version >= 4)
    etl_payload_u32 (payload, process->flags);
}

/* A process event, version 0 to 5 (4 when not set); @hook is ETL_PROCESS_…. Start and end stand in SYSTEM
 * headers, the rundown in PERFINFO. */
void
etl_writer_process (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlProcess *process)
{
  EtlEvent event = *at;
  event.hook = hook;
  gboolean is_rundown = hook != ETL_PROCESS_START && hook != ETL_PROCESS_END;
  if (event.kind == ETL_HEADER_DEFAULT && is_rundown)
    event.kind = ETL_HEADER_PERFINFO;
  /* Version 0 exists, so it is asked for as 0x80, a bit the file does not get. */
  guint16 version = event.version == 0 ? 4 : event.version & 0x7F;
  event.version = version;
  guint pointer_size
      = event.pointer_size != 0 ? event.pointer_size : etl_writer_get_options (self)->pointer_size;
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  if (version < 2)
    append_old_process (payload, pointer_size, version, process);
  else
    append_process (payload, pointer_size, version, process);
  append_sid (payload, pointer_size, process->n_sub_authorities);
  etl_payload_string8 (payload, process->image_name);
  if (version >= 2)
    etl_payload_string16 (payload, process->command_line);
  if (version >= 4)
    {
      etl_payload_string16 (payload, process->package_name);
      etl_payload_string16 (payload, process->application_id);
    }
  if (version >= 5)
    etl_payload_u64 (payload, (guint64)process->exit_time);
  etl_writer_event (self, &event, payload->data, payload->len);
}

static void
append_thread_addresses (GByteArray *payload, guint pointer_size, guint version, const EtlThread *thread)
{
  guint64 user_stack = thread->teb != 0 ? thread->teb - 0x10000 : 0;
  etl_payload_pointer (payload, pointer_size, thread->stack_base);
  etl_payload_pointer (payload, pointer_size, thread->stack_base - 0x6000);
  etl_payload_pointer (payload, pointer_size, user_stack);
  etl_payload_pointer (payload, pointer_size, user_stack != 0 ? user_stack - 0x4000 : 0);
  etl_payload_pointer (payload, pointer_size, version >= 3 ? 0xF : thread->start_address); /* affinity */
  etl_payload_pointer (payload, pointer_size, thread->start_address);
  etl_payload_pointer (payload, pointer_size, thread->teb);
  etl_payload_u32 (payload, thread->sub_process_tag);
}

/* A thread event, version 0 to 4 (3 when not set, 0 asked for as 0x80); @hook is ETL_THREAD_…. The
 * EtlEvent's ids are the creator's. */
void
etl_writer_thread (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlThread *thread)
{
  EtlEvent event = *at;
  event.hook = hook;
  guint16 version = event.version == 0 ? 3 : event.version & 0x7F;
  event.version = version;
  guint pointer_size
      = event.pointer_size != 0 ? event.pointer_size : etl_writer_get_options (self)->pointer_size;
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_u32 (payload, version == 0 ? thread->thread_id : thread->process_id);
  etl_payload_u32 (payload, version == 0 ? thread->process_id : thread->thread_id);
  if (version >= 2)
    append_thread_addresses (payload, pointer_size, version, thread);
  if (version >= 3)
    {
      etl_payload_u8 (payload, 8); /* base, page and I/O priority, flags */
      etl_payload_u8 (payload, 5);
      etl_payload_u8 (payload, 2);
      etl_payload_u8 (payload, 0);
    }
  if (version >= 3 && (thread->name != NULL || version >= 4))
    etl_payload_string16 (payload, thread->name);
  etl_writer_event (self, &event, payload->data, payload->len);
}

/* The processor goes over to another thread; PERFINFO, version 4. */
void
etl_writer_context_switch (EtlWriter *self, const EtlEvent *at, guint32 new_thread_id, guint32 old_thread_id)
{
  EtlEvent event = *at;
  event.hook = 0x0524;
  if (event.kind == ETL_HEADER_DEFAULT)
    event.kind = ETL_HEADER_PERFINFO;
  if (event.version == 0)
    event.version = 4;
  guint8 payload[24] = { 0 };
  etl_store_u32 (payload, new_thread_id);
  etl_store_u32 (payload + 4, old_thread_id);
  payload[8] = 8; /* priorities */
  payload[9] = 8;
  etl_writer_event (self, &event, payload, sizeof payload);
}
