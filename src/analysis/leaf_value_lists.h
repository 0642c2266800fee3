/* The values that occur below each leaf, listed in their order: where there are far more pairs of leaf and value than
 * there is room to mark. The items are dealt out to their leaves, and those of one leaf are sorted by themselves. */
#pragma once

#include <glib.h>

typedef struct
{
  guint32 *starts; /* (array length=n_leaves + 1) (owned): of the list of each leaf */
  guint32 *values; /* (owned): ascending in each list, each once */
} LeafValueLists;

#define LEAF_VALUE_BLOCK 1024
/* The leaves of the items [begin, begin + n), at most LEAF_VALUE_BLOCK, G_MAXUINT32 for those left out, and their values.
 * Any thread. */
typedef void (*LeafValueFunc) (gpointer data, gsize begin, gsize n, guint32 *ret_leaves, guint32 *ret_values);

/* Values are below @n_values. */
void leaf_value_lists_init (LeafValueLists *self, gsize n_items, guint32 n_leaves, guint32 n_values, LeafValueFunc func,
                            gpointer data);

/* The place of @value, which is in the list of @leaf, among all values. */
static inline guint32
leaf_value_lists_find (const guint32 *starts, const guint32 *values, guint32 leaf, guint32 value)
{
  guint32 place = starts[leaf];
  for (guint32 n = starts[leaf + 1] - place; n > 1;)
    {
      guint32 half = n / 2;
      place += values[place + half] <= value ? half : 0;
      n -= half;
    }
  return place;
}
