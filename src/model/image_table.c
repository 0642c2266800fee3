#include "model/image_table.h"

#include "kernel/stack_event.h"

static void
image_clear (gpointer data)
{
  PoolImage *image = data;
  g_free (image->path);
  g_free (image->file_name);
  g_free (image->pdb_name);
  g_free (image->file_version);
}

void
image_table_init (ImageTable *self, guint pointer_size)
{
  *self = (ImageTable){ 0 };
  self->pointer_size = pointer_size;
  self->images = g_array_new (FALSE, TRUE, sizeof (PoolImage));
  g_array_set_clear_func (self->images, image_clear);
  self->event_ns = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->newest = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) g_array_unref);
  self->identities = g_array_new (FALSE, FALSE, sizeof (ImageIdentityEvent));
  g_array_set_clear_func (self->identities, (GDestroyNotify) image_identity_event_clear);
  self->identity_ns = g_array_new (FALSE, FALSE, sizeof (gint64));
}

void
image_table_clear (ImageTable *self)
{
  g_clear_pointer (&self->images, g_array_unref);
  g_clear_pointer (&self->event_ns, g_array_unref);
  g_clear_pointer (&self->newest, g_hash_table_unref);
  g_clear_pointer (&self->identities, g_array_unref);
  g_clear_pointer (&self->identity_ns, g_array_unref);
  u32_column_clear (&self->epochs);
}

static PoolImage *
get_image (ImageTable *self, guint32 row)
{
  return &g_array_index (self->images, PoolImage, row);
}

/* The newest image of @process with base @base; NULL without one. */
static PoolImage *
find_newest (ImageTable *self, guint32 process, guint64 base, guint32 *ret_row)
{
  GArray *rows = g_hash_table_lookup (self->newest, &base);
  for (guint i = rows ? rows->len : 0; i-- > 0;)
    {
      guint32 row = g_array_index (rows, guint32, i);
      if (get_image (self, row)->process == process)
        {
          *ret_row = row;
          return get_image (self, row);
        }
    }
  return NULL;
}

static char *
dup_file_name (const char *path)
{
  const char *last = path;
  for (const char *c = path; *c; c++)
    if ((*c == '\\' || *c == '/') && c[1])
      last = c + 1;
  return g_strdup (last);
}

static PoolImage *
add_image (ImageTable *self, ImageEvent *event, guint32 process, gint64 time_ns)
{
  PoolImage image = { .path = g_steal_pointer (&event->path), .base_address = event->base_address,
                      .size_bytes = event->size_bytes, .process = process, .process_id = event->process_id,
                      .loaded_ns = POOL_TIME_BEFORE, .unloaded_ns = POOL_TIME_NEVER,
                      .time_date_stamp = event->time_date_stamp, .checksum = event->checksum };
  if (!image.path)
    image.path = g_strdup ("");
  image.file_name = dup_file_name (image.path);
  g_array_append_val (self->images, image);
  g_array_append_val (self->event_ns, time_ns);
  guint32 row = self->images->len - 1;
  GArray *rows = g_hash_table_lookup (self->newest, &image.base_address);
  if (!rows)
    {
      rows = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_hash_table_insert (self->newest, g_memdup2 (&image.base_address, sizeof (guint64)), rows);
    }
  g_array_append_val (rows, row);
  return get_image (self, row);
}

static void
bump_epoch (ImageTable *self, guint32 process)
{
  gsize index = (gsize) (guint32) (process + 1); /* POOL_INDEX_NONE + 1 is 0 */
  while (self->epochs.n <= index)
    u32_column_append (&self->epochs, 0);
  self->epochs.values[index]++;
}

guint32
image_table_get_epoch (const ImageTable *self, guint32 process)
{
  gsize index = (gsize) (guint32) (process + 1);
  return index < self->epochs.n ? self->epochs.values[index] : 0;
}

/* Takes one load, unload or rundown event; steals its path. */
void
image_table_add_event (ImageTable *self, ImageEvent *event, gint64 time_ns, ProcessTable *processes)
{
  gboolean is_kernel = event->process_id == 0 || event->process_id == ETL_ID_UNKNOWN
                       || stack_address_is_kernel (event->base_address, self->pointer_size);
  guint32 process = is_kernel ? POOL_INDEX_NONE : process_table_get_process (processes, event->process_id);
  guint32 row;
  PoolImage *known = find_newest (self, process, event->base_address, &row);
  gboolean is_loaded = known && known->unloaded_ns == POOL_TIME_NEVER;
  switch (event->kind)
    {
    case LIFE_START:
      if (is_loaded)
        known->unloaded_ns = time_ns; /* its unload was lost */
      add_image (self, event, process, time_ns)->loaded_ns = time_ns;
      bump_epoch (self, process);
      return;
    case LIFE_END:
      if (!is_loaded)
        {
          gint64 loaded_ns = known ? known->unloaded_ns : POOL_TIME_BEFORE;
          known = add_image (self, event, process, time_ns);
          known->loaded_ns = loaded_ns;
        }
      known->unloaded_ns = time_ns;
      bump_epoch (self, process);
      return;
    default:
      if (!is_loaded)
        {
          gint64 loaded_ns = known ? known->unloaded_ns : POOL_TIME_BEFORE;
          add_image (self, event, process, time_ns)->loaded_ns = loaded_ns;
        }
      else
        {
          if (known->time_date_stamp == 0)
            known->time_date_stamp = event->time_date_stamp;
          if (known->checksum == 0)
            known->checksum = event->checksum;
        }
      return;
    }
}

/* Keeps @event for image_table_join_identities(); steals its strings. */
void
image_table_add_identity (ImageTable *self, ImageIdentityEvent *event, gint64 time_ns)
{
  if (event->kind == IMAGE_IDENTITY_OTHER)
    return;
  ImageIdentityEvent kept = *event;
  event->name = event->file_version = NULL;
  g_array_append_val (self->identities, kept);
  g_array_append_val (self->identity_ns, time_ns);
}

/* Among the identities of one base those nearest in time count. Versions are joined by size and time stamp. */
typedef struct
{
  GHashTable *by_base;    /* guint64 base -> GArray of identity rows */
  GHashTable *by_version; /* guint64 size << 32 | stamp -> identity row + 1 */
} IdentityIndex;

static void
index_identities (ImageTable *self, IdentityIndex *index)
{
  index->by_base = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify) g_array_unref);
  index->by_version = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  for (guint i = 0; i < self->identities->len; i++)
    {
      ImageIdentityEvent *identity = &g_array_index (self->identities, ImageIdentityEvent, i);
      if (identity->kind == IMAGE_IDENTITY_VERSION)
        {
          guint64 key = identity->size_bytes << 32 | identity->time_date_stamp;
          g_hash_table_insert (index->by_version, g_memdup2 (&key, sizeof key), GUINT_TO_POINTER (i + 1));
          continue;
        }
      GArray *rows = g_hash_table_lookup (index->by_base, &identity->base_address);
      if (!rows)
        {
          rows = g_array_new (FALSE, FALSE, sizeof (guint));
          g_hash_table_insert (index->by_base, &identity->base_address, rows);
        }
      g_array_append_val (rows, i);
    }
}

static const ImageIdentityEvent *
find_identity (ImageTable *self, const IdentityIndex *index, const PoolImage *image, gint64 event_ns,
               ImageIdentityKind kind)
{
  const ImageIdentityEvent *nearest = NULL;
  gint64 nearest_distance = G_MAXINT64;
  GArray *rows = g_hash_table_lookup (index->by_base, &image->base_address);
  /* The table keeps its rows in time order: only the two neighbours of the moment can be the nearest,
     but rows of other processes stand between them, so a bounded walk goes both ways. */
  guint low = 0, high = rows ? rows->len : 0;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      gint64 time_ns = g_array_index (self->identity_ns, gint64, g_array_index (rows, guint, middle));
      if (time_ns < event_ns)
        low = middle + 1;
      else
        high = middle;
    }
  const guint reach = 4096;
  guint first = low > reach ? low - reach : 0, last = rows ? MIN (rows->len, low + reach) : 0;
  for (guint i = first; i < last; i++)
    {
      guint row = g_array_index (rows, guint, i);
      const ImageIdentityEvent *identity = &g_array_index (self->identities, ImageIdentityEvent, row);
      gint64 distance = ABS (g_array_index (self->identity_ns, gint64, row) - event_ns);
      gboolean is_same_process = identity->process_id == image->process_id || image->process == POOL_INDEX_NONE;
      if (identity->kind == kind && is_same_process && distance < nearest_distance)
        {
          nearest = identity;
          nearest_distance = distance;
        }
    }
  return nearest;
}

/* Gives each image its identity, time stamp and file version. Call once, when all events are in. */
void
image_table_join_identities (ImageTable *self)
{
  IdentityIndex index;
  index_identities (self, &index);
  for (guint32 i = 0; i < self->images->len; i++)
    {
      PoolImage *image = get_image (self, i);
      gint64 event_ns = g_array_index (self->event_ns, gint64, i);
      const ImageIdentityEvent *file = find_identity (self, &index, image, event_ns, IMAGE_IDENTITY_FILE);
      const ImageIdentityEvent *rsds = find_identity (self, &index, image, event_ns, IMAGE_IDENTITY_RSDS);
      if (file && image->time_date_stamp == 0)
        image->time_date_stamp = file->time_date_stamp;
      if (rsds)
        {
          image->has_pdb_identity = TRUE;
          memcpy (image->pdb_guid, rsds->guid, sizeof image->pdb_guid);
          image->pdb_age = rsds->age;
          image->pdb_name = g_strdup (rsds->name ? rsds->name : "");
        }
      guint64 key = image->size_bytes << 32 | image->time_date_stamp;
      guint version = GPOINTER_TO_UINT (g_hash_table_lookup (index.by_version, &key));
      if (version)
        image->file_version =
          g_strdup (g_array_index (self->identities, ImageIdentityEvent, version - 1).file_version);
    }
  g_hash_table_unref (index.by_base);
  g_hash_table_unref (index.by_version);
}
