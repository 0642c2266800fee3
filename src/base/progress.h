/* How far a long pass has come. The worker writes, anybody reads at any time: plain atomics,
 * polled by the window ten times a second, so that reporting costs the worker next to nothing.
 */
#pragma once

#include <glib.h>

typedef struct
{
  guint64 bytes_total; /* 0 while unknown */
  guint64 bytes_done;
  guint64 events_done;
  guint32 is_unpacking; /* the bytes are those of an archive; the reading of what is in it comes after */
} Progress;

static inline void
progress_set_total (Progress *self, guint64 bytes_total)
{
  if (self)
    __atomic_store_n (&self->bytes_total, bytes_total, __ATOMIC_RELAXED);
}

static inline void
progress_set_unpacking (Progress *self, gboolean is_unpacking, guint64 bytes_total)
{
  if (!self)
    return;
  __atomic_store_n (&self->is_unpacking, (guint32) is_unpacking, __ATOMIC_RELAXED);
  __atomic_store_n (&self->bytes_done, 0, __ATOMIC_RELAXED);
  progress_set_total (self, bytes_total);
}

/* Before the reading: an archive of @bytes_total is unpacked. */
static inline void
progress_begin_unpacking (Progress *self, guint64 bytes_total)
{
  progress_set_unpacking (self, TRUE, bytes_total);
}

/* The reading begins anew. */
static inline void
progress_end_unpacking (Progress *self)
{
  progress_set_unpacking (self, FALSE, 0);
}

static inline void
progress_add (Progress *self, guint64 n_bytes, guint64 n_events)
{
  if (!self)
    return;
  __atomic_fetch_add (&self->bytes_done, n_bytes, __ATOMIC_RELAXED);
  __atomic_fetch_add (&self->events_done, n_events, __ATOMIC_RELAXED);
}

/* A snapshot of @self; the three numbers may stem from slightly different moments. */
static inline Progress
progress_read (const Progress *self)
{
  return (Progress){ __atomic_load_n (&self->bytes_total, __ATOMIC_RELAXED),
                     __atomic_load_n (&self->bytes_done, __ATOMIC_RELAXED),
                     __atomic_load_n (&self->events_done, __ATOMIC_RELAXED),
                     __atomic_load_n (&self->is_unpacking, __ATOMIC_RELAXED) };
}
