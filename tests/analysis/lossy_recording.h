/* A random recording of which everything is known, and the trace file that is left of it: circular, so that the oldest
 * buffers are overwritten, with others lost while recording. */
#pragma once

#include <glib.h>

#define LOSSY_N_STACKS 4

/* What the kernel did; a part of it is in the file. Times of the events are distinct and ascending. */
typedef struct
{
  gint64 time_ns;
  guint buffer; /* element of buffers */
  gboolean is_free, is_in_file;
  guint64 address, size_bytes;
  guint stack; /* below LOSSY_N_STACKS */
} LossyEvent;

typedef enum
{
  LOSSY_BUFFER_WHOLE,
  LOSSY_BUFFER_HOLED, /* events are missing, never the first; it says so */
  LOSSY_BUFFER_LOST,  /* the next one of the processor says so */
} LossyBufferFate;

typedef struct
{
  guint processor;
  gint64 start_ns; /* of its first event */
  LossyBufferFate fate;
  gboolean follows_loss, is_in_file;
} LossyBuffer;

typedef struct
{
  GArray *events;  /* (owned) of LossyEvent */
  GArray *buffers; /* (owned) of LossyBuffer, in the order in which they begin; the first holds the start rundown, the
                      last of each processor its end rundown */
  GArray *written; /* (owned) of guint: buffers in the order in which they were full, without the lost ones */
  guint n_processors, n_slots, n_lossy_events, n_buffers_lost, n_events_lost;
  gint64 end_ns; /* of the last event */
} LossyRecording;

LossyRecording *lossy_recording_new (guint32 seed);
void lossy_recording_free (LossyRecording *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LossyRecording, lossy_recording_free)

/* Returns: (transfer full): the file's bytes. */
GBytes *lossy_recording_write (const LossyRecording *self);
/* The stack's frames as the program writes them; (transfer full). */
char *lossy_stack_dup_text (guint stack);
