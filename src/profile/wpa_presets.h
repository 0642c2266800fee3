/* The table presets in a .wpaProfile or .wpaPresets file of Windows Performance Analyzer, as the file has them.
 *
 * The elements are Graph (with Title) and in it Preset, with Name, the positions KeyColumnCount, LeftFrozenColumnCount,
 * RightFrozenColumnCount and GraphColumnCount, and Columns/Column with Name, IsVisible, Width, AggregationMode,
 * SortPriority and SortOrder. The positions are those of the gold bar, the two freeze bars and the blue bar in one list
 * that holds columns and bars together, hidden columns too.
 */
#pragma once

#include <gio/gio.h>

typedef enum
{
  WPA_AREA_KEYS,   /* left of the gold bar */
  WPA_AREA_VALUES, /* between the bars */
  WPA_AREA_GRAPHED /* right of the blue bar */
} WpaArea;

typedef struct
{
  char *name;        /* (owned) */
  char *aggregation; /* (owned): "Sum"; "" without one */
  char *stack_mode;  /* (owned): "StackTag", "FrameTags"; "" for plain stacks and other columns */
  WpaArea area;
  gboolean is_visible;
  gboolean is_sorted;
  gboolean is_ascending;
  int sort_priority; /* of a sorted column: the lowest comes first */
  int width_px;      /* 0 without one */
} WpaColumn;

typedef struct
{
  char *name;         /* (owned) */
  char *graph;        /* (owned): the title of its graph, "" without one */
  guint line;         /* in the file, from 1 */
  char *filter;       /* (owned): the query that is applied at first, "" without one */
  gboolean filter_keeps; /* what the query finds; else it is what goes */
  GPtrArray *columns; /* (owned): of WpaColumn, left to right */
} WpaPreset;

void wpa_preset_free (WpaPreset *self);

/* Reads @bytes, called @display_name in messages. Hostile XML is refused as that of recording profiles is.
 *
 * Returns: (transfer full) (nullable) (element-type WpaPreset): those with columns, in the order of the file, at least
 * one; NULL with @error (PROFILE_ERROR) when it is refused, or holds none. */
GPtrArray *wpa_presets_parse (GBytes *bytes, const char *display_name, GError **error);
