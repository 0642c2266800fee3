/* Ready-made tables: a grouping, value columns and a sort under one name. Pure data. */
#pragma once

#include "app/presets/column_layout.h"

typedef struct
{
  const char *name;           /* for actions: "growth" */
  const char *title;          /* to be translated where it is shown, with a mnemonic */
  const char *const *groups;  /* (array zero-terminated=1): names of columns left of the gold bar */
  const char *const *values;  /* (array zero-terminated=1): right of it */
  Metric sort;                /* the largest first; one of the values */
} TablePreset;

extern const TablePreset table_presets[];
extern const guint n_table_presets;

/* Returns: (nullable): NULL when there is none of that name. */
const TablePreset *table_preset_find (const char *name);
/* The columns of the preset, with the gold bar between them. */
void table_preset_get_layout (const TablePreset *self, ColumnLayout *ret_layout);
/* Its sort: the largest first. */
PoolTreeOrder table_preset_get_order (const TablePreset *self);
