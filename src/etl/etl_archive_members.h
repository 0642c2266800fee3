/* The files in an archive, and which of them are traces. */
#pragma once

#include "etl/etl_archive_input.h"

typedef struct
{
  guint index; /* among all members */
  char *name;  /* (owned): valid UTF-8 */
  gint64 size; /* bytes when unpacked; -1 unknown */
  gboolean is_encrypted;
} EtlArchiveMember;

void etl_archive_member_free (gpointer self);

/* The files of the archive, which has just been opened. Returns: (transfer full) (element-type EtlArchiveMember)
 * (nullable): NULL with @error (ETL_ERROR_ARCHIVE, G_IO_ERROR). */
GPtrArray *etl_archive_members_list (EtlArchiveInput *input, GError **error);
/* The members called @wanted (nullable), or else all traces. (transfer container) */
GPtrArray *etl_archive_members_find_traces (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted);
/* The member to unpack: the one called @wanted (nullable), or the only trace. Returns: (transfer none) (nullable): NULL
 * with @error (ETL_ERROR_ARCHIVE). */
const EtlArchiveMember *etl_archive_members_choose (const EtlArchiveInput *input, const GPtrArray *members,
                                                    const char *wanted, GError **error);
