#include "app/presets/table_preset.h"

#include <glib/gi18n.h>

#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

const TablePreset table_presets[] = {
  { "default", N_ ("_Type, Paged, Tag, Stack"), NAMES ("type", "paged", "tag", "stack"),
    NAMES ("count", "size", "impacting", "peak"), METRIC_IMPACTING },
  { "outstanding", N_ ("_Outstanding Size by Paged, Tag"), NAMES ("paged", "tag"),
    NAMES ("trend", "count", "size", "impacting", "peak"), METRIC_IMPACTING },
  { "growth", N_ ("_Growth"), NAMES ("paged", "tag", "stack"),
    NAMES ("trend", "growth", "recent", "steady", "verdict", "freed", "impacting"), METRIC_GROWTH },
  { "process", N_ ("By _Process"), NAMES ("paged", "tag", "process", "stack"),
    NAMES ("count", "size", "impacting", "peak"), METRIC_IMPACTING },
  { "service", N_ ("By _Service"), NAMES ("service", "paged", "tag", "stack"),
    NAMES ("count", "size", "impacting", "peak"), METRIC_IMPACTING },
  { "module", N_ ("By _Module"), NAMES ("module", "paged", "tag", "stack"),
    NAMES ("count", "size", "impacting", "peak"), METRIC_IMPACTING },
  { "frees", N_ ("Who _Frees"), NAMES ("paged", "tag", "freestack"),
    NAMES ("frees", "allocs", "freed", "size", "impacting"), METRIC_FREES },
};
const guint n_table_presets = G_N_ELEMENTS (table_presets);

const TablePreset *
table_preset_find (const char *name)
{
  for (guint i = 0; i < n_table_presets; i++)
    if (g_str_equal (table_presets[i].name, name))
      return &table_presets[i];
  return NULL;
}

void
table_preset_get_layout (const TablePreset *self, ColumnLayout *ret_layout)
{
  column_layout_init (ret_layout, self->groups, self->values);
}

PoolTreeOrder
table_preset_get_order (const TablePreset *self)
{
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  order.metric = self->sort;
  return order;
}
