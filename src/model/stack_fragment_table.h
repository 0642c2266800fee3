/* Interned stack fragments: each distinct sequence of frame addresses once. Decoding threads share
 * one table; it is cut into shards with a lock each, and a small cache per thread answers most
 * look-ups without any lock.
 */
#pragma once

#include "base/byte_span.h"

/* Fragment ids are not dense: the low bits name the shard. Bit 31 is never set. */
#define STACK_FRAGMENT_NONE G_MAXUINT32

typedef struct _StackFragmentTable StackFragmentTable;
typedef struct _StackFragmentCache StackFragmentCache;

StackFragmentTable *stack_fragment_table_new (void);
void stack_fragment_table_free (StackFragmentTable *self);

/* Whether there were more fragments than ids: those that found none have the id of another. From any thread. */
gboolean stack_fragment_table_is_full (const StackFragmentTable *self);

StackFragmentCache *stack_fragment_cache_new (StackFragmentTable *table);
void stack_fragment_cache_free (StackFragmentCache *self);

/* Frames as they stand in an event: @n_frames addresses of @pointer_size bytes, innermost first. */
typedef struct
{
  const guint8 *frames;
  guint n_frames, pointer_size;
  guint64 hash; /* set by stack_fragment_cache_prepare() */
} StackFragmentKey;

/* Interning waits for memory more than it computes, so it comes in three steps; callers keep several fragments
 * under way: prepare, some fragments later approach, some later intern. */
void stack_fragment_cache_prepare (const StackFragmentCache *self, StackFragmentKey *key);
void stack_fragment_cache_approach (const StackFragmentCache *self, const StackFragmentKey *key);
guint32 stack_fragment_cache_intern (StackFragmentCache *self, const StackFragmentKey *key);

/* The frames of @fragment, innermost first. Only when no other thread interns any more. */
const guint64 *stack_fragment_table_get (const StackFragmentTable *self, guint32 fragment, guint *ret_n_frames);
