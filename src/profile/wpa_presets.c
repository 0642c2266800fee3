#include "profile/wpa_presets.h"

#include "profile/profile_check.h"
#include "profile/profile_document.h"

#include <string.h>

#define MAXIMUM_PRESETS 1000
#define MAXIMUM_COLUMNS 300 /* of one preset */
#define N_BARS 4

/* Help texts make them large. */
static const ProfileDocumentKind wpa_document = { "layout of Windows Performance Analyzer",
                                                  ".wpaProfile or .wpaPresets", NULL, 16, 64, 200000 };

static void
wpa_column_free (gpointer data)
{
  WpaColumn *self = data;
  g_free (self->name);
  g_free (self->aggregation);
  g_free (self->stack_mode);
  g_free (self);
}

void
wpa_preset_free (WpaPreset *self)
{
  g_free (self->name);
  g_free (self->graph);
  g_free (self->filter);
  g_ptr_array_unref (self->columns);
  g_free (self);
}

/* "" for an attribute that is not there. (transfer full) */
static char *
dup_attribute (xmlNode *node, const char *name)
{
  char *value = profile_node_dup_attribute (node, name);
  return value ? value : g_strdup ("");
}

/* -1 for what is no number that could be meant. */
static int
get_number (xmlNode *node, const char *name)
{
  g_autofree char *text = dup_attribute (node, name);
  guint64 number;
  return g_ascii_string_to_unsigned (text, 10, 0, 100000, &number, NULL) ? (int) number : -1;
}

static gboolean
is_true (xmlNode *node, const char *name, gboolean fallback)
{
  g_autofree char *text = dup_attribute (node, name);
  return *text == '\0' ? fallback : g_ascii_strcasecmp (text, "true") == 0 || strcmp (text, "1") == 0;
}

/* What the element below @column that tells how stacks are read has as its Mode. */
static char *
dup_stack_mode (xmlNode *column)
{
  for (xmlNode *child = xmlFirstElementChild (column); child; child = xmlNextElementSibling (child))
    {
      g_autofree char *mode = dup_attribute (child, "Mode");
      if (profile_node_is (child, "StackOptionsParameter"))
        return g_steal_pointer (&mode);
      g_autofree char *below = dup_stack_mode (child);
      if (*below != '\0')
        return g_steal_pointer (&below);
    }
  return g_strdup ("");
}

static WpaColumn *
read_column (xmlNode *node)
{
  WpaColumn *self = g_new0 (WpaColumn, 1);
  g_autofree char *order = dup_attribute (node, "SortOrder");
  self->name = dup_attribute (node, "Name");
  self->aggregation = dup_attribute (node, "AggregationMode");
  self->stack_mode = dup_stack_mode (node);
  self->is_visible = is_true (node, "IsVisible", TRUE);
  self->is_ascending = g_ascii_strcasecmp (order, "Ascending") == 0;
  self->is_sorted = self->is_ascending || g_ascii_strcasecmp (order, "Descending") == 0;
  self->sort_priority = get_number (node, "SortPriority");
  self->width_px = MAX (get_number (node, "Width"), 0);
  return self;
}

/* How many columns stand left of the bar at position @bars[@which] (array length=N_BARS) of the combined list. */
static int
count_left_of (const int bars[N_BARS], guint which)
{
  int n_left = bars[which];
  for (guint i = 0; i < N_BARS; i++)
    if (i != which && bars[i] >= 0 && bars[i] < bars[which])
      n_left--;
  return n_left;
}

static void
set_areas (WpaPreset *self, xmlNode *preset)
{
  const int bars[N_BARS] = { get_number (preset, "KeyColumnCount"), get_number (preset, "GraphColumnCount"),
                             get_number (preset, "LeftFrozenColumnCount"),
                             get_number (preset, "RightFrozenColumnCount") };
  int n_keys = bars[0] >= 0 ? count_left_of (bars, 0) : 0;
  int n_before_blue = bars[1] >= 0 ? count_left_of (bars, 1) : G_MAXINT;
  for (int i = 0; i < (int) self->columns->len; i++)
    ((WpaColumn *) g_ptr_array_index (self->columns, i))->area = i < n_keys          ? WPA_AREA_KEYS
                                                                 : i < n_before_blue ? WPA_AREA_VALUES
                                                                                     : WPA_AREA_GRAPHED;
}

/* (nullable): NULL without columns. */
static WpaPreset *
read_preset (xmlNode *node, const char *graph)
{
  xmlNode *columns = profile_node_first (node, "Columns");
  xmlNode *column = profile_node_first (columns, "Column");
  if (!column)
    return NULL;
  WpaPreset *self = g_new0 (WpaPreset, 1);
  self->name = dup_attribute (node, "Name");
  self->graph = g_strdup (graph);
  self->line = (guint) MAX (xmlGetLineNo (node), 1);
  self->filter = dup_attribute (node, "InitialFilterQuery");
  self->filter_keeps = is_true (node, "InitialFilterShouldKeep", TRUE);
  self->columns = g_ptr_array_new_with_free_func (wpa_column_free);
  for (; column && self->columns->len < MAXIMUM_COLUMNS; column = profile_node_next (column, "Column"))
    g_ptr_array_add (self->columns, read_column (column));
  set_areas (self, node);
  return self;
}

/* Depth is bounded by the reader. */
static void
find_presets (xmlNode *node, const char *graph, GPtrArray *presets)
{
  g_autofree char *title
      = profile_node_is (node, "Graph") || profile_node_is (node, "GraphSchema") ? dup_attribute (node, "Title") : NULL;
  const char *here = title && *title ? title : graph;
  WpaPreset *preset = profile_node_is (node, "Preset") ? read_preset (node, here) : NULL;
  if (preset)
    g_ptr_array_add (presets, preset);
  for (xmlNode *child = xmlFirstElementChild (node); child && presets->len < MAXIMUM_PRESETS;
       child = xmlNextElementSibling (child))
    find_presets (child, here, presets);
}

GPtrArray *
wpa_presets_parse (GBytes *bytes, const char *display_name, GError **error)
{
  g_autoptr (xmlDoc) document = profile_document_parse (bytes, &wpa_document, display_name, error);
  if (!document)
    return NULL;
  xmlNode *root = xmlDocGetRootElement (document);
  g_autoptr (GPtrArray) presets = g_ptr_array_new_with_free_func ((GDestroyNotify) wpa_preset_free);
  find_presets (root, "", presets);
  if (presets->len > 0)
    return g_steal_pointer (&presets);
  g_set_error (error, PROFILE_ERROR, PROFILE_ERROR_NOT_A_PROFILE,
               "“%s” line %d: the element “%s” holds no preset with columns as current versions of Windows Performance "
               "Analyzer write them; export the presets again from such a version",
               display_name, (int) xmlGetLineNo (root), (const char *) root->name);
  return NULL;
}
