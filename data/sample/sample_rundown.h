#pragma once

#include "sample/etl_writer_events.h"
#include "sample/sample_log.h"

/* What a trace tells about the machine: processes, threads and images at its start, its end, and those
 * that come and go between. */

typedef struct _SampleRundown SampleRundown;

SampleRundown *sample_rundown_new (gint64 first_ticks, gint64 ticks_per_second);
void sample_rundown_free (SampleRundown *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleRundown, sample_rundown_free)

void sample_rundown_write_machine (EtlWriter *writer, const EtlEvent *at, gboolean is_merged);
void sample_rundown_write (SampleRundown *self, EtlWriter *writer, const EtlEvent *at, gboolean is_end,
                           gboolean with_identities);
void sample_rundown_log_changes (SampleRundown *self, SampleLog *log, gboolean with_identities);
