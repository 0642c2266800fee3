#include "model/stack_fragment_table.h"

#include "base/block_store.h"
#include "base/large_block.h"
#include "base/prefetch.h"

#define SHARD_BITS 6
#define N_SHARDS (1 << SHARD_BITS)
#define MAX_FRAGMENTS_PER_SHARD (G_MAXUINT32 >> 1 >> SHARD_BITS) /* bit 31 of an id is not set */
/* Sets of two entries: with one, stacks that share it would push each other out all the time. */
#define CACHE_BITS 16
#define N_WAYS 2
#define ARENA_BYTES (32 * 1024)
/* Frames are looked at in blocks, the last of which may overlap: so their number, which is not to be guessed, hardly decides
 * how often a loop goes round. */
#define BLOCK_FRAMES 8

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
  guint8 *arena;        /* (not owned): what is left of the one that is being filled */
  gsize arena_bytes;
} Shard;

struct _StackFragmentTable
{
  Shard shards[N_SHARDS];
  BlockStore arenas; /* of all shards */
  gint is_full;      /* atomic */
};

typedef struct
{
  const Fragment *fragment; /* NULL for an empty entry */
  guint32 id;
  guint32 hash; /* of the fragment */
} CacheEntry;

struct _StackFragmentCache
{
  CacheEntry sets[1 << CACHE_BITS][N_WAYS]; /* the one made last stands first */
  StackFragmentTable *table;                /* no reference */
  guint64 *widened;                         /* (owned): the frames of a 32-bit fragment */
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
    }
  block_store_init (&self->arenas);
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
    }
  block_store_clear (&self->arenas);
  g_free (self);
}

gboolean
stack_fragment_table_is_full (const StackFragmentTable *self)
{
  return g_atomic_int_get (&self->is_full);
}

StackFragmentCache *
stack_fragment_cache_new (StackFragmentTable *table)
{
  StackFragmentCache *self = large_block_new (sizeof *self);
  self->table = table;
  return self;
}

void
stack_fragment_cache_free (StackFragmentCache *self)
{
  g_free (self->widened);
  large_block_free (self, sizeof *self);
}

/* Adds a multiple of each of the @n_frames at @block, at most BLOCK_FRAMES. */
static inline guint64
hash_block (guint64 hash, const guint8 *block, guint n_frames, guint pointer_size)
{
  static const guint64 factors[BLOCK_FRAMES] = {
    G_GUINT64_CONSTANT (0x9E3779B97F4A7C15), G_GUINT64_CONSTANT (0xFF51AFD7ED558CCD),
    G_GUINT64_CONSTANT (0xC4CEB9FE1A85EC53), G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9),
    G_GUINT64_CONSTANT (0x94D049BB133111EB), G_GUINT64_CONSTANT (0xD6E8FEB86659FD93),
    G_GUINT64_CONSTANT (0xA0761D6478BD642F), G_GUINT64_CONSTANT (0xE7037ED1A0B428DB),
  };
  hash *= G_GUINT64_CONSTANT (0x589965CC75374CC3);
#pragma GCC unroll 8
  for (guint i = 0; i < n_frames; i++)
    hash += read_pointer (block + i * pointer_size, pointer_size) * factors[i];
  return hash;
}

static inline guint64
hash_frames (const guint8 *frames, guint n_frames, guint pointer_size)
{
  guint64 hash = n_frames;
  if (n_frames < BLOCK_FRAMES)
    hash = hash_block (hash, frames, n_frames, pointer_size);
  else
    for (guint i = 0; i < n_frames; i += BLOCK_FRAMES)
      hash = hash_block (hash, frames + MIN (i, n_frames - BLOCK_FRAMES) * pointer_size, BLOCK_FRAMES, pointer_size);
  hash ^= hash >> 32;
  hash *= G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);
  return hash ^ hash >> 29;
}

static Fragment *
store (StackFragmentTable *self, Shard *shard, guint32 hash, const guint64 *frames, guint n_frames)
{
  gsize size_bytes = sizeof (Fragment) + n_frames * sizeof *frames;
  if (shard->arena_bytes < size_bytes)
    {
      shard->arena_bytes = MAX (ARENA_BYTES, size_bytes);
      shard->arena = block_store_take (&self->arenas, shard->arena_bytes);
    }
  Fragment *fragment = (Fragment *) shard->arena;
  shard->arena += size_bytes;
  shard->arena_bytes -= size_bytes;
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

/* The index of the fragment; G_MAXUINT32 when it is new and there is no index left. */
static guint32
intern (StackFragmentTable *self, Shard *shard, guint32 hash, const guint64 *frames, guint n_frames,
        const Fragment **ret_fragment)
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
  if (G_UNLIKELY (shard->n_fragments == MAX_FRAGMENTS_PER_SHARD))
    return G_MAXUINT32;
  if (shard->n_fragments == shard->capacity)
    {
      shard->capacity = MAX (64, shard->capacity * 2);
      shard->fragments = g_renew (Fragment *, shard->fragments, shard->capacity);
    }
  guint32 index = shard->n_fragments++;
  *ret_fragment = shard->fragments[index] = store (self, shard, hash, frames, n_frames);
  shard->slots[slot] = index + 1;
  if (shard->n_fragments > shard->n_slots / 2)
    shard_grow_slots (shard);
  return index;
}

static const CacheEntry *
get_set (const StackFragmentCache *self, guint64 hash)
{
  return self->sets[hash & ((1 << CACHE_BITS) - 1)];
}

/* The entry of @set that alone can be the one of @short_hash, but for two with the same. Which it is is not to be guessed. */
static inline const CacheEntry *
choose_entry (const CacheEntry *set, guint32 short_hash)
{
  return &set[set[1].hash == short_hash];
}

/* Hashes the frames of @key and begins to fetch the cache's entry. */
void
stack_fragment_cache_prepare (const StackFragmentCache *self, StackFragmentKey *key)
{
  key->hash = key->pointer_size == 8 ? hash_frames (key->frames, key->n_frames, 8)
                                     : hash_frames (key->frames, key->n_frames, 4);
  prefetch (get_set (self, key->hash));
}

/* Begins to fetch the fragment that the entry names. */
void
stack_fragment_cache_approach (const StackFragmentCache *self, const StackFragmentKey *key)
{
  const CacheEntry *entry = choose_entry (get_set (self, key->hash), (guint32) (key->hash >> 32));
  if (G_LIKELY (entry->fragment))
    {
      prefetch (entry->fragment);
      prefetch ((const guint8 *) entry->fragment + 64);
    }
}

/* The frames of @key as 64-bit numbers of this machine. */
static const guint64 *
widen_frames (StackFragmentCache *self, const StackFragmentKey *key)
{
  if (key->n_frames > self->capacity)
    {
      self->capacity = key->n_frames + 64;
      self->widened = g_renew (guint64, self->widened, self->capacity);
    }
  for (guint i = 0; i < key->n_frames; i++)
    self->widened[i] = read_pointer (key->frames + i * key->pointer_size, key->pointer_size);
  return self->widened;
}

static gboolean
fragment_equal (const Fragment *fragment, const StackFragmentKey *key, guint32 hash)
{
  if (fragment->hash != hash || fragment->n_frames != key->n_frames)
    return FALSE;
  if (key->pointer_size == 8 && G_BYTE_ORDER == G_LITTLE_ENDIAN)
    return memcmp (fragment->frames, key->frames, key->n_frames * sizeof (guint64)) == 0;
  for (guint i = 0; i < key->n_frames; i++)
    if (fragment->frames[i] != read_pointer (key->frames + i * key->pointer_size, key->pointer_size))
      return FALSE;
  return TRUE;
}

/* The id of the fragment with the frames of @key, which has been prepared. */
guint32
stack_fragment_cache_intern (StackFragmentCache *self, const StackFragmentKey *key)
{
  CacheEntry *set = (CacheEntry *) get_set (self, key->hash);
  guint32 short_hash = (guint32) (key->hash >> 32);
  const CacheEntry *entry = choose_entry (set, short_hash);
  if (G_LIKELY (entry->fragment && fragment_equal (entry->fragment, key, short_hash)))
    return entry->id;

  const guint64 *frames = widen_frames (self, key);
  guint shard_number = (guint) (key->hash >> CACHE_BITS) & (N_SHARDS - 1);
  Shard *shard = &self->table->shards[shard_number];
  set[1] = set[0];
  g_mutex_lock (&shard->mutex);
  guint32 index = intern (self->table, shard, short_hash, frames, key->n_frames, &set[0].fragment);
  g_mutex_unlock (&shard->mutex);
  if (G_UNLIKELY (index == G_MAXUINT32))
    {
      g_atomic_int_set (&self->table->is_full, TRUE);
      set[0] = (CacheEntry){ 0 };
      return shard_number;
    }
  set[0].id = index << SHARD_BITS | shard_number;
  set[0].hash = short_hash;
  return set[0].id;
}

const guint64 *
stack_fragment_table_get (const StackFragmentTable *self, guint32 fragment, guint *ret_n_frames)
{
  const Fragment *entry = self->shards[fragment & (N_SHARDS - 1)].fragments[fragment >> SHARD_BITS];
  *ret_n_frames = entry->n_frames;
  return entry->frames;
}
