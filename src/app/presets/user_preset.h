/* A preset of the table that the user saved: columns, their widths, and the sort under a name. Pure data, and the text
 * of the files that hold such presets: JSON, an object with
 *   "format": "poolscope-presets", "version": 1,
 *   "presets": array of objects with "name", "groups" and "values" (columns left and right of the gold bar, by name),
 *     "sort" (a value column; without it the rows stand in the order of their texts), "ascending",
 *     "widths" (array of objects with "column" and "width" in pixels), "filter" (array of conditions to begin with).
 */
#pragma once

#include "app/presets/column_layout.h"

#define USER_PRESET_MAX_NAME_BYTES 200
#define USER_PRESETS_MAX 500

typedef struct
{
  char *name; /* (owned) */
  ColumnLayout layout;
  PoolTreeOrder order;
  int widths_px[COLUMN_LAYOUT_MAX]; /* of the layout's columns; 0 where the user changed none */
  char **conditions;                /* (owned) (nullable): the filter that it brings, see pool_condition_parse() */
} UserPreset;

/* No widths and no filter. @name is copied. (transfer full) */
UserPreset *user_preset_new (const char *name, const ColumnLayout *layout, PoolTreeOrder order);
/* (transfer full) */
UserPreset *user_preset_copy (const UserPreset *self);
void user_preset_free (UserPreset *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (UserPreset, user_preset_free)

/* Whether @name can be that of a preset: not empty, not blank, not too long. */
gboolean user_preset_check_name (const char *name, GError **error);

/* The text of a file. @presets: of UserPreset. (transfer full) */
char *user_presets_write (const GPtrArray *presets);
/* Reads such a text of unknown origin. Returns: (transfer full) (element-type UserPreset): what could be read;
 * @problems (of char*) receives a sentence for each preset or column that was left out. NULL with @error
 * (G_IO_ERROR_INVALID_DATA), which says what is wrong where, when it is no such text. */
GPtrArray *user_presets_read (const char *text, gsize n_bytes, GPtrArray *problems, GError **error);
