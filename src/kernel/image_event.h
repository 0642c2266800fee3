/* Image events (loads of executable files) and the image identities that merging adds. */
#pragma once

#include "etl/etl_event.h"
#include "kernel/process_event.h"

typedef struct
{
  LifeKind kind;
  guint64 base_address, size_bytes;
  guint32 process_id; /* 0 for kernel modules */
  guint32 time_date_stamp, checksum; /* 0 when not told */
  char *path;         /* (owned): NT path as recorded */
} ImageEvent;

typedef enum
{
  IMAGE_IDENTITY_FILE,    /* opcode 0x00: original name and time stamp */
  IMAGE_IDENTITY_RSDS,    /* opcode 0x24: PDB name, GUID, age */
  IMAGE_IDENTITY_VERSION, /* opcode 0x40: file version; joined by size and time stamp */
  IMAGE_IDENTITY_OTHER,   /* further kinds: counted, of no use here */
} ImageIdentityKind;

typedef struct
{
  ImageIdentityKind kind;
  guint64 base_address;
  guint64 size_bytes;
  guint32 process_id, time_date_stamp, age;
  guint8 guid[16];
  char *name;         /* (owned) (nullable): original file name, or the PDB's name */
  char *file_version; /* (owned) (nullable): of IMAGE_IDENTITY_VERSION */
} ImageIdentityEvent;

gboolean image_event_is_one (const EtlEvent *event);
gboolean image_event_decode (const EtlEvent *event, ImageEvent *ret_image_event);
void image_event_clear (ImageEvent *self);

gboolean image_identity_event_is_one (const EtlEvent *event);
gboolean image_identity_event_decode (const EtlEvent *event, ImageIdentityEvent *ret_identity_event);
void image_identity_event_clear (ImageIdentityEvent *self);
