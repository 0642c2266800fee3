#pragma once

#include <glib.h>

/* Addresses of pool blocks, as an allocator hands them out: freed ones are used again, oldest first. */

typedef enum
{
  SAMPLE_POOL_NONPAGED,
  SAMPLE_POOL_PAGED,
  SAMPLE_POOL_SESSION,
  SAMPLE_N_POOLS,
} SamplePoolKind;

typedef struct _SampleHeap SampleHeap;

SampleHeap *sample_heap_new (void);
void sample_heap_free (SampleHeap *self);
guint64 sample_heap_allocate (SampleHeap *self, SamplePoolKind kind, guint32 size_bytes, gint64 ticks);
void sample_heap_release (SampleHeap *self, SamplePoolKind kind, guint32 size_bytes, guint64 address,
                          gint64 ticks);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleHeap, sample_heap_free)
