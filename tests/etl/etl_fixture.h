/* Traces that a writer which shares nothing with the reader makes for the tests.
 *
 * The writer's header and the reader's use the same names, so that no file includes both.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint pointer_size;
  guint32 buffer_size;
  guint n_processors;
  guint32 log_file_mode;
  guint32 clock_type;
  gint64 frequency;
  guint32 cpu_mhz;
  guint32 events_lost, buffers_lost;
  guint circular_slots;
  gboolean is_windows_7; /* processor numbers and header buffer of that time */
  gboolean is_relogged;  /* header buffer with a tail as the relogger leaves it */
  gboolean shuffle;
  gboolean restart_sequence; /* halfway, as a second session appended to the file */
  guint n_events;        /* SYSTEM events, hook 0x0E20, with the number of the event as payload (u32) */
} EtlFixture;

#define FIXTURE_FIRST_TICKS 0x12345600
#define FIXTURE_TICKS_PER_EVENT 100

EtlFixture etl_fixture_default (void);
GBytes *etl_fixture_write (const EtlFixture *self);
