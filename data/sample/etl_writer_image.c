#include "sample/etl_writer_events.h"

#include "sample/etl_payload.h"

static const EtlGuid image_id_guid
    = { 0xb3e675d7, 0x2554, 0x4f18, { 0x83, 0x0b, 0x27, 0x62, 0x73, 0x25, 0x60, 0xde } };

/* An image event, version 0 to 3 (3 when not set, 0 asked for as 0x80); @hook is ETL_IMAGE_…. The rundown of
 * user modules stands in PERFINFO headers, everything else in SYSTEM. */
void
etl_writer_image (EtlWriter *self, const EtlEvent *at, guint16 hook, const EtlImage *image)
{
  EtlEvent event = *at;
  event.hook = hook;
  gboolean is_rundown = hook == ETL_IMAGE_DC_START || hook == ETL_IMAGE_DC_END;
  if (event.kind == ETL_HEADER_DEFAULT && is_rundown && image->process_id != 0)
    event.kind = ETL_HEADER_PERFINFO;
  guint16 version = event.version == 0 ? 3 : event.version & 0x7F;
  event.version = version;
  guint pointer_size
      = event.pointer_size != 0 ? event.pointer_size : etl_writer_get_options (self)->pointer_size;
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_pointer (payload, pointer_size, image->base);
  if (version == 0)
    etl_payload_u32 (payload, (guint32)image->size_bytes);
  else
    {
      etl_payload_pointer (payload, pointer_size, image->size_bytes);
      etl_payload_u32 (payload, image->process_id);
    }
  if (version >= 2)
    {
      etl_payload_u32 (payload, image->check_sum);
      etl_payload_u32 (payload, image->time_date_stamp);
      etl_payload_u32 (payload, version >= 3 ? 0x010C : 0); /* signature level 12, type 1 */
      etl_payload_pointer (payload, pointer_size, image->default_base);
      etl_payload_zeros (payload, 16);
      g_assert (payload->len == (pointer_size == 8 ? 0x38 : 0x2C));
    }
  etl_payload_string16 (payload, image->path);
  etl_writer_event (self, &event, payload->data, payload->len);
}

static void
write_injected (EtlWriter *self, const EtlEvent *at, guint8 opcode, guint16 version, GByteArray *payload)
{
  EtlEvent event = *at;
  event.kind = at->kind == ETL_HEADER_DEFAULT ? ETL_HEADER_FULL : at->kind;
  event.hook = opcode;
  event.version = version;
  event.guid = &image_id_guid;
  etl_writer_event (self, &event, payload->data, payload->len);
}

static guint
session_pointer_size (EtlWriter *self, const EtlEvent *at)
{
  return at->pointer_size != 0 ? at->pointer_size : etl_writer_get_options (self)->pointer_size;
}

/* Size, time stamp and original name of @image. */
void
etl_writer_image_id (EtlWriter *self, const EtlEvent *at, const EtlImage *image)
{
  guint pointer_size = session_pointer_size (self, at);
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_pointer (payload, pointer_size, image->base);
  etl_payload_pointer (payload, pointer_size, image->size_bytes);
  etl_payload_u32 (payload, image->process_id);
  etl_payload_u32 (payload, image->time_date_stamp);
  etl_payload_string16 (payload, image->original_file_name);
  write_injected (self, at, 0x00, 2, payload);
}

/* The identity of the PDB of @image. */
void
etl_writer_image_rsds (EtlWriter *self, const EtlEvent *at, const EtlImage *image)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_pointer (payload, session_pointer_size (self, at), image->base);
  etl_payload_u32 (payload, image->process_id);
  etl_payload_u32 (payload, image->pdb_guid.data1);
  etl_payload_u16 (payload, image->pdb_guid.data2);
  etl_payload_u16 (payload, image->pdb_guid.data3);
  g_byte_array_append (payload, image->pdb_guid.data4, 8);
  etl_payload_u32 (payload, image->pdb_age);
  etl_payload_string8 (payload, image->pdb_name);
  write_injected (self, at, 0x24, 2, payload);
}

/* That @image has no PDB identity. */
void
etl_writer_image_without_rsds (EtlWriter *self, const EtlEvent *at, const EtlImage *image)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_pointer (payload, session_pointer_size (self, at), image->base);
  etl_payload_u32 (payload, image->process_id);
  write_injected (self, at, 0x20, 2, payload);
}

/* The version resource of @image. */
void
etl_writer_file_version (EtlWriter *self, const EtlEvent *at, const EtlImage *image)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  etl_payload_u32 (payload, (guint32)image->size_bytes);
  etl_payload_u32 (payload, image->time_date_stamp);
  const char *strings[] = { image->original_file_name,
                            image->description,
                            image->file_version,
                            image->file_version,
                            "English (United States)",
                            image->product,
                            image->company,
                            image->file_version,
                            "",
                            "" };
  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    etl_payload_string16 (payload, strings[i]);
  write_injected (self, at, 0x40, 0, payload);
}

/* What a merge puts right before an image event: version, id and PDB identity of @image, at the time of @at.
 */
void
etl_writer_image_identity (EtlWriter *self, const EtlEvent *at, const EtlImage *image)
{
  EtlEvent injected = *at;
  injected.process_id = image->process_id;
  injected.thread_id = G_MAXUINT32;
  etl_writer_file_version (self, &injected, image);
  etl_writer_image_id (self, &injected, image);
  etl_writer_image_rsds (self, &injected, image);
}
