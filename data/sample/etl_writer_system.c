#include "sample/etl_writer_events.h"

#include "sample/etl_payload.h"

static const EtlGuid lost_event_guid
    = { 0x6a399ae0, 0x4bc6, 0x4de9, { 0x87, 0x0b, 0x36, 0x57, 0xf8, 0x94, 0x7e, 0x7e } };
static const EtlGuid system_configuration_guid
    = { 0x9b79ee91, 0xb5fd, 0x41c0, { 0xa2, 0x43, 0x42, 0x48, 0xe2, 0x66, 0xe9, 0xd0 } };

static void
write_system (EtlWriter *self, const EtlEvent *at, guint16 hook, guint16 version, const void *bytes,
              gsize n_bytes)
{
  EtlEvent event = *at;
  event.hook = hook;
  if (event.version == 0)
    event.version = version;
  etl_writer_event (self, &event, bytes, n_bytes);
}

static void
write_full (EtlWriter *self, const EtlEvent *at, const EtlGuid *guid, guint8 opcode, GByteArray *payload)
{
  EtlEvent event = *at;
  event.kind = at->kind == ETL_HEADER_DEFAULT ? ETL_HEADER_FULL : at->kind;
  event.hook = opcode;
  event.version = 2;
  event.guid = guid;
  etl_writer_event (self, &event, payload != NULL ? payload->data : NULL, payload != NULL ? payload->len : 0);
}

/* Which groups are recorded; bit 0x40 of @masks[1] is the pool. @hook is ETL_GROUP_MASKS or
 * ETL_GROUP_MASKS_END. */
void
etl_writer_group_masks (EtlWriter *self, const EtlEvent *at, guint16 hook, const guint32 masks[8],
                        guint32 kernel_event_version)
{
  guint8 payload[36];
  for (guint i = 0; i < 8; i++)
    etl_store_u32 (payload + 4 * i, masks[i]);
  etl_store_u32 (payload + 32, kernel_event_version);
  write_system (self, at, hook, 2, payload, sizeof payload);
}

/* The names of everything that ran before the trace have been told. */
void
etl_writer_rundown_complete (EtlWriter *self, const EtlEvent *at)
{
  write_system (self, at, ETL_RUNDOWN_COMPLETE, 2, NULL, 0);
}

/* The build of Windows as the kernel names it. */
void
etl_writer_build_lab (EtlWriter *self, const EtlEvent *at, const char *build_lab)
{
  write_system (self, at, ETL_BUILD_LAB, 2, build_lab, strlen (build_lab) + 1);
}

/* The partition of a host: version 1, the rest zero. A header event, told again by relogging tools. */
void
etl_writer_partition_info (EtlWriter *self, const EtlEvent *at)
{
  guint8 payload[48] = { 1 };
  EtlEvent event = *at;
  event.hook = ETL_PARTITION_INFO;
  event.version = 2;
  etl_writer_header_event (self, &event, payload, sizeof payload);
}

/* Something was lost here; @opcode is ETL_LOST_EVENT, ETL_LOST_BUFFER or ETL_LOST_FILE. */
void
etl_writer_lost (EtlWriter *self, const EtlEvent *at, guint8 opcode)
{
  write_full (self, at, &lost_event_guid, opcode, NULL);
}

/* The installed Windows; @install_time is a FILETIME. */
void
etl_writer_build_info (EtlWriter *self, const EtlEvent *at, gint64 install_time, const char *build_lab,
                       const char *product_name)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_u64 (payload, (guint64)install_time);
  etl_payload_string16 (payload, build_lab);
  etl_payload_string16 (payload, product_name);
  write_full (self, at, &system_configuration_guid, 0x20, payload);
}

/* Where Windows is. */
void
etl_writer_system_paths (EtlWriter *self, const EtlEvent *at, const char *system32, const char *windows)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_string16 (payload, system32);
  etl_payload_string16 (payload, windows);
  write_full (self, at, &system_configuration_guid, 0x21, payload);
}

/* Which drive a volume is. */
void
etl_writer_volume_mapping (EtlWriter *self, const EtlEvent *at, const char *nt_path, const char *dos_path)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_string16 (payload, nt_path);
  etl_payload_string16 (payload, dos_path);
  write_full (self, at, &system_configuration_guid, 0x23, payload);
}

/* Processors, memory and names of the machine: SystemConfig CPU, version 3 (64-bit) or 2. */
void
etl_writer_processor_config (EtlWriter *self, const EtlEvent *at, const EtlMachine *machine)
{
  guint pointer_size = etl_writer_get_options (self)->pointer_size;
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_u32 (payload, machine->mhz);
  etl_payload_u32 (payload, machine->n_processors);
  etl_payload_u32 (payload, machine->memory_mib);
  etl_payload_u32 (payload, 4096);
  etl_payload_u32 (payload, 65536);
  etl_payload_fixed16 (payload, machine->computer_name, 256);
  etl_payload_fixed16 (payload, machine->domain, 134);
  g_assert (payload->len == 0x320);
  etl_payload_pointer (payload, pointer_size, (1u << MIN (machine->n_processors, 31)) - 1);
  if (pointer_size == 8)
    {
      etl_payload_u64 (payload, 0x00007FFFFFFEFFFF);
      etl_payload_u16 (payload, 9); /* AMD64 */
      etl_payload_u16 (payload, 6);
      etl_payload_u16 (payload, 0x9E0A);
      etl_payload_u8 (payload, 1);
      etl_payload_u8 (payload, 1);
      etl_payload_u32 (payload, 2667);
      g_assert (payload->len == 0x33C);
    }
  write_system (self, at, 0x0B0A, pointer_size == 8 ? 3 : 2, payload->data, payload->len);
}

/* A running service: SystemConfig Services, version 3: u32 process id, state, sub-process tag, then five
 * strings in UTF-16: name, display name, process name, load order group, svchost group. */
void
etl_writer_service (EtlWriter *self, const EtlEvent *at, const EtlService *service)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_u32 (payload, service->process_id);
  etl_payload_u32 (payload, service->state);
  etl_payload_u32 (payload, service->sub_process_tag);
  etl_payload_string16 (payload, service->name);
  etl_payload_string16 (payload, service->display_name);
  etl_payload_string16 (payload, service->process_name);
  etl_payload_string16 (payload, service->load_order_group);
  etl_payload_string16 (payload, service->svchost_group);
  write_system (self, at, 0x0B0F, 3, payload->data, payload->len);
}
