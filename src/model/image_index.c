#include "model/image_table.h"

/* One image in the index: entries are sorted by process, then base, then load time. */
typedef struct
{
  guint32 process_key; /* process row + 1, 0 for the kernel */
  guint32 row;
  guint64 base, end;   /* [base, end) */
  guint64 reach;       /* the highest end of all entries of the process up to this one */
  gint64 loaded_ns, unloaded_ns;
} Entry;

struct _ImageIndex
{
  GArray *entries; /* of Entry */
};

static gint
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *left = a, *right = b;
  if (left->process_key != right->process_key)
    return left->process_key < right->process_key ? -1 : 1;
  if (left->base != right->base)
    return left->base < right->base ? -1 : 1;
  if (left->loaded_ns != right->loaded_ns)
    return left->loaded_ns < right->loaded_ns ? -1 : 1;
  return left->row < right->row ? -1 : 1;
}

ImageIndex *
image_index_new (const ImageTable *table)
{
  ImageIndex *self = g_new0 (ImageIndex, 1);
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (Entry), table->images->len);
  for (guint32 row = 0; row < table->images->len; row++)
    {
      const PoolImage *image = &g_array_index (table->images, PoolImage, row);
      guint64 end = image->base_address + image->size_bytes;
      if (end < image->base_address)
        end = G_MAXUINT64;
      Entry entry = { image->process + 1, row, image->base_address, end, 0, image->loaded_ns, image->unloaded_ns };
      g_array_append_val (self->entries, entry);
    }
  g_array_sort (self->entries, compare_entries);
  for (guint i = 0; i < self->entries->len; i++)
    {
      Entry *entry = &g_array_index (self->entries, Entry, i);
      entry->reach = entry->end;
      if (i > 0 && entry[-1].process_key == entry->process_key)
        entry->reach = MAX (entry->reach, entry[-1].reach);
    }
  return self;
}

void
image_index_free (ImageIndex *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

guint32
image_index_find (const ImageIndex *self, guint32 process, guint64 address, gint64 time_ns)
{
  const Entry *entries = (const Entry *) self->entries->data;
  guint32 process_key = process + 1;
  guint low = 0, high = self->entries->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const Entry *entry = &entries[middle];
      if (entry->process_key < process_key || (entry->process_key == process_key && entry->base <= address))
        low = middle + 1;
      else
        high = middle;
    }
  for (guint i = low; i-- > 0 && entries[i].process_key == process_key && entries[i].reach > address;)
    if (address < entries[i].end && entries[i].loaded_ns <= time_ns && time_ns < entries[i].unloaded_ns)
      return entries[i].row;
  return POOL_INDEX_NONE;
}
