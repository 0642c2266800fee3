#include "model/stack_fragment_table.h"

#define SHARD_BITS 6
#define N_SHARDS (1 << SHARD_BITS)
#define CACHE_BITS 12
#define ARENA_WORDS (64 * 1024 / 8)

/* A fragment in a shard's arena: one word with hash and length, then the frames. */
typedef struct
{
  guint32 hash;
  guint32 n_frames;
  guint64 frames[];
} Fragment;

typedef struct
{
  GMutex mutex;
  Fragment **fragments; /* (array length=n_fragments) (owned): by index */
  guint32 n_fragments, capacity;
  guint32 *slots;       /* (array length=n_slots) (owned): index + 1, open addressing */
  guint32 n_slots;
  GPtrArray *arenas;    /* of guint64 *; the last one is being filled */
  gsize arena_used, arena_words;
} Shard;

struct _StackFragmentTable
{
  Shard shards[N_SHARDS];
};

typedef struct
{
  const Fragment *fragment;
  guint32 id;
} CacheEntry;

struct _StackFragmentCache
{
  StackFragmentTable *table; /* no reference */
  CacheEntry entries[1 << CACHE_BITS];
  guint64 *frames; /* (owned): the fragment looked up, widened to 64 bits */
  guint capacity;
};

StackFragmentTable *
stack_fragment_table_new (void)
{
  StackFragmentTable *self = g_new0 (StackFragmentTable, 1);
  for (guint i = 0; i < N_SHARDS; i++)
    {
      Shard *shard = &self->shards[i];
      g_mutex_init (&shard->mutex);
      shard->n_slots = 64;
      shard->slots = g_new0 (guint32, shard->n_slots);
      shard->arenas = g_ptr_array_new_with_free_func (g_free);
    }
  return self;
}

void
stack_fragment_table_free (StackFragmentTable *self)
{
  for (guint i = 0; i < N_SHARDS; i++)
    {
      g_mutex_clear (&self->shards[i].mutex);
      g_free (self->shards[i].fragments);
      g_free (self->shards[i].slots);
      g_ptr_array_unref (self->shards[i].arenas);
    }
  g_free (self);
}

StackFragmentCache *
stack_fragment_cache_new (StackFragmentTable *table)
{
  StackFragmentCache *self = g_new0 (StackFragmentCache, 1);
  self->table = table;
  return self;
}

void
stack_fragment_cache_free (StackFragmentCache *self)
{
  g_free (self->frames);
  g_free (self);
}

static guint64
hash_frames (const guint64 *frames, guint n_frames)
{
  guint64 hash = n_frames * G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  for (guint i = 0; i < n_frames; i++)
    {
      hash ^= frames[i];
      hash *= G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD);
      hash ^= hash >> 32;
    }
  return hash;
}

static Fragment *
shard_store (Shard *shard, guint32 hash, const guint64 *frames, guint n_frames)
{
  gsize n_words = 1 + (gsize) n_frames;
  if (shard->arena_used + n_words > shard->arena_words)
    {
      shard->arena_words = MAX (ARENA_WORDS, n_words);
      shard->arena_used = 0;
      g_ptr_array_add (shard->arenas, g_new (guint64, shard->arena_words));
    }
  guint64 *arena = g_ptr_array_index (shard->arenas, shard->arenas->len - 1);
  Fragment *fragment = (Fragment *) (arena + shard->arena_used);
  shard->arena_used += n_words;
  fragment->hash = hash;
  fragment->n_frames = n_frames;
  if (n_frames)
    memcpy (fragment->frames, frames, n_frames * sizeof *frames);
  return fragment;
}

static void
shard_grow_slots (Shard *shard)
{
  shard->n_slots *= 2;
  g_free (shard->slots);
  shard->slots = g_new0 (guint32, shard->n_slots);
  for (guint32 i = 0; i < shard->n_fragments; i++)
    {
      guint32 slot = shard->fragments[i]->hash & (shard->n_slots - 1);
      while (shard->slots[slot])
        slot = (slot + 1) & (shard->n_slots - 1);
      shard->slots[slot] = i + 1;
    }
}

static guint32
shard_intern (Shard *shard, guint32 hash, const guint64 *frames, guint n_frames, const Fragment **ret_fragment)
{
  guint32 slot = hash & (shard->n_slots - 1);
  for (; shard->slots[slot]; slot = (slot + 1) & (shard->n_slots - 1))
    {
      guint32 index = shard->slots[slot] - 1;
      const Fragment *fragment = shard->fragments[index];
      if (fragment->hash == hash && fragment->n_frames == n_frames
          && memcmp (fragment->frames, frames, n_frames * sizeof *frames) == 0)
        {
          *ret_fragment = fragment;
          return index;
        }
    }
  if (shard->n_fragments == shard->capacity)
    {
      shard->capacity = MAX (64, shard->capacity * 2);
      shard->fragments = g_renew (Fragment *, shard->fragments, shard->capacity);
    }
  guint32 index = shard->n_fragments++;
  *ret_fragment = shard->fragments[index] = shard_store (shard, hash, frames, n_frames);
  shard->slots[slot] = index + 1;
  if (shard->n_fragments > shard->n_slots / 2)
    shard_grow_slots (shard);
  return index;
}

/* The id of the fragment with these @n_frames addresses of @pointer_size bytes, innermost first. */
guint32
stack_fragment_cache_intern (StackFragmentCache *self, const guint8 *frames, guint n_frames, guint pointer_size)
{
  if (n_frames > self->capacity)
    {
      self->capacity = n_frames + 64;
      self->frames = g_renew (guint64, self->frames, self->capacity);
    }
  if (pointer_size == 8 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    {
      if (n_frames)
        memcpy (self->frames, frames, n_frames * sizeof (guint64));
    }
  else
    for (guint i = 0; i < n_frames; i++)
      self->frames[i] = read_pointer (frames + i * pointer_size, pointer_size);

  guint64 hash = hash_frames (self->frames, n_frames);
  CacheEntry *entry = &self->entries[hash & ((1 << CACHE_BITS) - 1)];
  guint32 short_hash = (guint32) (hash >> 32);
  if (entry->fragment && entry->fragment->hash == short_hash && entry->fragment->n_frames == n_frames
      && memcmp (entry->fragment->frames, self->frames, n_frames * sizeof (guint64)) == 0)
    return entry->id;

  guint shard_number = (guint) (hash >> CACHE_BITS) & (N_SHARDS - 1);
  Shard *shard = &self->table->shards[shard_number];
  g_mutex_lock (&shard->mutex);
  guint32 index = shard_intern (shard, short_hash, self->frames, n_frames, &entry->fragment);
  g_mutex_unlock (&shard->mutex);
  entry->id = index << SHARD_BITS | shard_number;
  return entry->id;
}

const guint64 *
stack_fragment_table_get (const StackFragmentTable *self, guint32 fragment, guint *ret_n_frames)
{
  const Fragment *entry = self->shards[fragment & (N_SHARDS - 1)].fragments[fragment >> SHARD_BITS];
  *ret_n_frames = entry->n_frames;
  return entry->frames;
}
