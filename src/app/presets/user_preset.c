#include "app/presets/user_preset.h"

#include "app/state/state_json.h"
#include "export/json_document.h"

#include <gio/gio.h>
#include <glib/gi18n.h>
#include <string.h>

#define FORMAT "poolscope-presets"
#define VERSION 1
#define MAX_WIDTH_PX 4000
#define MAX_CONDITIONS 200

UserPreset *
user_preset_new (const char *name, const ColumnLayout *layout, PoolTreeOrder order)
{
  UserPreset *self = g_new0 (UserPreset, 1);
  self->name = g_strstrip (g_strdup (name));
  self->layout = *layout;
  self->order = order;
  return self;
}

UserPreset *
user_preset_copy (const UserPreset *self)
{
  UserPreset *copy = g_memdup2 (self, sizeof *self);
  copy->name = g_strdup (self->name);
  copy->conditions = g_strdupv (self->conditions);
  return copy;
}

void
user_preset_free (UserPreset *self)
{
  g_free (self->name);
  g_strfreev (self->conditions);
  g_free (self);
}

gboolean
user_preset_check_name (const char *name, GError **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  if (*stripped == '\0')
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("A preset needs a name."));
  else if (strlen (stripped) > USER_PRESET_MAX_NAME_BYTES)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, _ ("The name of a preset can have at most %d bytes."),
                 USER_PRESET_MAX_NAME_BYTES);
  else
    return TRUE;
  return FALSE;
}

/* Writing */

static void
write_widths (const UserPreset *self, JsonBuilder *builder)
{
  json_builder_set_member_name (builder, "widths");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->layout.n_columns; i++)
    {
      if (self->widths_px[i] <= 0)
        continue;
      json_builder_begin_object (builder);
      json_document_add_string (builder, "column", table_column_get_name (self->layout.columns[i]));
      json_document_add_integer (builder, "width", self->widths_px[i]);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
write_preset (const UserPreset *self, JsonBuilder *builder)
{
  g_auto (GStrv) groups = column_layout_dup_group_names (&self->layout);
  g_auto (GStrv) values = column_layout_dup_value_names (&self->layout);
  json_builder_begin_object (builder);
  json_document_add_string (builder, "name", self->name);
  json_document_add_strings (builder, "groups", (const char *const *) groups);
  json_document_add_strings (builder, "values", (const char *const *) values);
  if (!self->order.by_text)
    json_document_add_string (builder, "sort", metric_get_name (self->order.metric));
  json_builder_set_member_name (builder, "ascending");
  json_builder_add_boolean_value (builder, self->order.is_ascending != FALSE);
  write_widths (self, builder);
  if (self->conditions != NULL)
    json_document_add_strings (builder, "filter", (const char *const *) self->conditions);
  json_builder_end_object (builder);
}

char *
user_presets_write (const GPtrArray *presets)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_document_add_string (builder, "format", FORMAT);
  json_document_add_integer (builder, "version", VERSION);
  json_builder_set_member_name (builder, "presets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < presets->len; i++)
    write_preset (g_ptr_array_index (presets, i), builder);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, TRUE);
  return g_strconcat (text, "\n", NULL);
}

/* Reading */

static void G_GNUC_PRINTF (2, 3)
tell (GPtrArray *problems, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_ptr_array_add (problems, g_strdup_vprintf (format, arguments));
  va_end (arguments);
}

/* Tells of columns that this program does not know. */
static void
check_columns (const char *preset, char *const *names, GPtrArray *problems)
{
  TableColumn column;
  for (; *names != NULL; names++)
    if (!table_column_from_name (*names, &column))
      tell (problems, _ ("Preset “%s”: the column “%s” is not known and was left out"), preset, *names);
}

/* The order that @object asks for; that of the first value column where its own is none of @layout. */
static PoolTreeOrder
read_order (JsonObject *object, const ColumnLayout *layout)
{
  PoolTreeOrder order = POOL_TREE_ORDER_DEFAULT;
  const char *sort = state_json_get_string (object, "sort");
  TableColumn column;
  order.is_ascending = state_json_get_boolean (object, "ascending");
  if (sort == NULL)
    order.by_text = TRUE;
  else if (table_column_from_name (sort, &column) && column.kind == TABLE_COLUMN_VALUE
           && column_layout_find (layout, column, NULL))
    order.metric = column.metric;
  else
    order.is_ascending = FALSE;
  return order;
}

static void
read_widths (UserPreset *self, JsonObject *object)
{
  g_autoptr (GPtrArray) widths = state_json_list_objects (object, "widths", COLUMN_LAYOUT_MAX);
  for (guint i = 0; i < widths->len; i++)
    {
      const char *name = state_json_get_string (g_ptr_array_index (widths, i), "column");
      gint64 width_px = state_json_get_integer (g_ptr_array_index (widths, i), "width", 0);
      TableColumn column;
      guint index;
      if (name != NULL && width_px > 0 && width_px <= MAX_WIDTH_PX && table_column_from_name (name, &column)
          && column_layout_find (&self->layout, column, &index))
        self->widths_px[index] = (int) width_px;
    }
}

static void
read_conditions (UserPreset *self, JsonObject *object, GPtrArray *problems)
{
  g_auto (GStrv) texts = state_json_dup_strings (object, "filter", MAX_CONDITIONS);
  g_autoptr (GStrvBuilder) conditions = g_strv_builder_new ();
  for (char **text = texts; *text != NULL; text++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PoolCondition) condition = pool_condition_parse (*text, NULL, &error);
      if (condition != NULL)
        g_strv_builder_add (conditions, *text);
      else
        tell (problems, _ ("Preset “%s”: the condition “%s” was left out: %s"), self->name, *text, error->message);
    }
  self->conditions = g_strv_builder_end (conditions);
  if (*self->conditions == NULL)
    g_clear_pointer (&self->conditions, g_strfreev);
}

/* (nullable): NULL, told in @problems, when nothing can be made of it. */
static UserPreset *
read_preset (JsonObject *object, guint number, GPtrArray *problems)
{
  g_autoptr (GError) error = NULL;
  const char *name = state_json_get_string (object, "name");
  if (!user_preset_check_name (name != NULL ? name : "", &error))
    {
      tell (problems, _ ("Preset number %u was left out: %s"), number, error->message);
      return NULL;
    }
  g_auto (GStrv) groups = state_json_dup_strings (object, "groups", COLUMN_LAYOUT_MAX);
  g_auto (GStrv) values = state_json_dup_strings (object, "values", COLUMN_LAYOUT_MAX);
  check_columns (name, groups, problems);
  check_columns (name, values, problems);
  ColumnLayout layout;
  if (!column_layout_init_strictly (&layout, (const char *const *) groups, (const char *const *) values))
    {
      tell (problems, _ ("Preset “%s” was left out: it needs at least one known column on each side of the bar"), name);
      return NULL;
    }
  UserPreset *self = user_preset_new (name, &layout, read_order (object, &layout));
  read_widths (self, object);
  read_conditions (self, object, problems);
  return self;
}

static gboolean
has_name (const GPtrArray *presets, const char *name)
{
  for (guint i = 0; i < presets->len; i++)
    if (g_str_equal (((const UserPreset *) g_ptr_array_index (presets, i))->name, name))
      return TRUE;
  return FALSE;
}

GPtrArray *
user_presets_read (const char *text, gsize n_bytes, GPtrArray *problems, GError **error)
{
  g_autoptr (JsonNode) root = state_json_parse (text, n_bytes, error);
  if (root == NULL)
    return NULL;
  JsonObject *object = json_node_get_object (root);
  if (g_strcmp0 (state_json_get_string (object, "format"), FORMAT) != 0
      || state_json_get_integer (object, "version", 0) != VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _ ("it holds no presets of this version of Poolscope: “format” is not “%s” or “version” is not %d"),
                   FORMAT, VERSION);
      return NULL;
    }
  GPtrArray *presets = g_ptr_array_new_with_free_func ((GDestroyNotify) user_preset_free);
  g_autoptr (GPtrArray) objects = state_json_list_objects (object, "presets", G_MAXUINT);
  for (guint i = 0; i < objects->len && i < USER_PRESETS_MAX; i++)
    {
      UserPreset *preset = read_preset (g_ptr_array_index (objects, i), i + 1, problems);
      if (preset != NULL && has_name (presets, preset->name))
        {
          tell (problems, _ ("Preset number %u was left out: the name “%s” is there already"), i + 1, preset->name);
          user_preset_free (preset);
        }
      else if (preset != NULL)
        g_ptr_array_add (presets, preset);
    }
  if (objects->len > USER_PRESETS_MAX)
    tell (problems, _ ("Only the first %d presets were read"), USER_PRESETS_MAX);
  return presets;
}
