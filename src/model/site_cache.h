/* A short cut for pool events that bring their own stack: what they share with the last events of the same frames.
 * Entries hold until something becomes known of processes or images. */
#pragma once

#include "model/record.h"

#define SITE_CACHE_N_ENTRIES (1 << 16)

/* One stack allocates blocks of few kinds. */
#define SITE_CACHE_N_KINDS 3

/* What was allocated at a stack: the site of pool_type, tag and the stack. */
typedef struct
{
  guint32 pool_type, tag;
  guint32 kind, site; /* kind: POOL_INDEX_NONE for none */
} SiteCacheSite;

/* Fills one cache line. */
typedef struct
{
  guint32 epoch; /* in which the entry was made; 0 for none */
  guint32 fragment, process_id;
  guint32 stack; /* of the stack table */
  SiteCacheSite sites[SITE_CACHE_N_KINDS]; /* the one made last first */
} SiteCacheEntry;

typedef struct
{
  SiteCacheEntry *entries; /* (array length=SITE_CACHE_N_ENTRIES) (owned) */
  guint32 epoch;
} SiteCache;

static inline SiteCacheEntry *
site_cache_get_entry (SiteCache *self, const Record *record)
{
  return &self->entries[record->fragment % SITE_CACHE_N_ENTRIES];
}

/* Frames of the kernel are the same in all processes. */
static inline guint32
site_cache_get_process_id (const Record *record)
{
  return record->flags & RECORD_FLAG_USER ? record->process_id : 0;
}

/* Whether the stack of @self is the one of @record. */
static inline gboolean
site_cache_entry_has_stack (const SiteCacheEntry *self, const SiteCache *cache, const Record *record)
{
  return self->epoch == cache->epoch && self->fragment == record->fragment
         && self->process_id == site_cache_get_process_id (record);
}

/* The site of the block that @record allocates at the stack of @self; NULL when it is not known yet. */
static inline const SiteCacheSite *
site_cache_entry_find (SiteCacheEntry *self, const Record *record)
{
  for (guint i = 0; i < SITE_CACHE_N_KINDS; i++)
    if (self->sites[i].tag == record->tag && self->sites[i].pool_type == record->pool_type
        && self->sites[i].kind != POOL_INDEX_NONE)
      return &self->sites[i];
  return NULL;
}
