/* The values of one dimension as small numbers: blocks have the same number when the table shows the same for them. */
#pragma once

#include "analysis/dimension.h"
#include "analysis/value_index.h"

typedef struct
{
  Dimension dimension;
  const DimensionSource *source; /* (transfer none): must outlive this */
  guint32 *class_of_key;     /* (owned) (nullable): of each site or context; VALUE_INDEX_NONE while not known */
  ValueIndex values;         /* ids of dimension_get_value() */
  GArray *class_of_value;    /* (owned): of guint32, by id of values */
  GHashTable *class_of_text; /* (owned): char* to class */
  ValueIndex steps;          /* of stacks: a class and the text of the next frame make a class */
  guint32 n_classes;
} ValueClasses;

void value_classes_init (ValueClasses *self, Dimension dimension, const DimensionSource *source);
void value_classes_clear (ValueClasses *self);
/* The class of interval @row, which has @type in the range: less than n_classes as it then is. */
guint32 value_classes_get (ValueClasses *self, gsize row, PoolIntervalType type);
