#include "app/settings/app_settings.h"

struct _AppSettings
{
  GObject parent_instance;
  GSettings *settings;     /* (owned) (nullable): NULL without a schema */
  GHashTable *values;      /* (owned): key to GVariant; used without a schema, or for keys it lacks */
  GSettingsSchema *schema; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (AppSettings, app_settings, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* The schema's defaults once more, for processes that run without it. */
static const struct
{
  const char *key, *value;
} defaults[] = {
  { "window-width", "1400" },
  { "window-height", "850" },
  { "window-maximized", "false" },
  { "graph-above-table", "false" },
  { "summary-after-load", "true" },
  { "restore-view", "true" },
  { "paned-position-beside", "-1" },
  { "paned-position-above", "-1" },
  { "single-allocations", "false" },
  { "allocations-height", "-1" },
  { "frame-order", "'outermost-first'" },
  { "preset", "'default'" },
  { "time-axis", "'seconds'" },
  { "color-scheme", "'system'" },
  { "grouping", "['type', 'paged', 'tag', 'stack']" },
  { "value-columns", "['count', 'size', 'impacting', 'peak']" },
  { "column-widths", "@a{si} {}" },
  { "sort-column", "'impacting'" },
  { "sort-ascending", "false" },
  { "measure", "'size'" },
  { "graph-explorer", "false" },
  { "module-wrappers", "''" },
  { "pool-tag-file", "''" },
  { "own-pool-tag-file", "''" },
  { "stack-tag-files", "@as []" },
  { "symbol-path", "''" },
  { "symbol-folder-map", "@as []" },
  { "symbol-offline", "false" },
  { "symbol-load-after-opening", "false" },
  { "symbol-network-agreed", "false" },
};

static void
app_settings_finalize (GObject *object)
{
  AppSettings *self = APP_SETTINGS (object);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->schema, g_settings_schema_unref);
  g_clear_pointer (&self->values, g_hash_table_unref);
  G_OBJECT_CLASS (app_settings_parent_class)->finalize (object);
}

static void
app_settings_class_init (AppSettingsClass *class)
{
  G_OBJECT_CLASS (class)->finalize = app_settings_finalize;
  signals[SIGNAL_CHANGED]
      = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_FIRST | G_SIGNAL_DETAILED, 0, NULL,
                      NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
emit_changed (AppSettings *self, const char *key)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], g_quark_from_string (key), key);
}

static void
on_settings_changed (GSettings *settings, const char *key, gpointer data)
{
  emit_changed (APP_SETTINGS (data), key);
}

static void
app_settings_init (AppSettings *self)
{
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_variant_unref);
  for (gsize i = 0; i < G_N_ELEMENTS (defaults); i++)
    {
      GVariant *value = g_variant_parse (NULL, defaults[i].value, NULL, NULL, NULL);
      g_hash_table_insert (self->values, (gpointer) defaults[i].key, g_variant_ref_sink (value));
    }
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  if (source != NULL)
    self->schema = g_settings_schema_source_lookup (source, POOLSCOPE_APPLICATION_ID, TRUE);
  if (self->schema != NULL)
    {
      self->settings = g_settings_new_full (self->schema, NULL, NULL);
      g_signal_connect_object (self->settings, "changed", G_CALLBACK (on_settings_changed), self, 0);
    }
}

AppSettings *
app_settings_get (void)
{
  static AppSettings *instance;
  if (instance == NULL)
    instance = g_object_new (APP_TYPE_SETTINGS, NULL);
  return instance;
}

static gboolean
has_schema_key (AppSettings *self, const char *key)
{
  return self->schema != NULL && g_settings_schema_has_key (self->schema, key);
}

GVariant *
app_settings_dup_value (AppSettings *self, const char *key, const GVariantType *type)
{
  g_autoptr (GVariant) value = NULL;
  if (has_schema_key (self, key))
    value = g_settings_get_value (self->settings, key);
  else
    {
      GVariant *known = g_hash_table_lookup (self->values, key);
      g_return_val_if_fail (known != NULL, NULL);
      value = g_variant_ref (known);
    }
  g_return_val_if_fail (g_variant_is_of_type (value, type), NULL);
  return g_steal_pointer (&value);
}

void
app_settings_set_value (AppSettings *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) owned = g_variant_ref_sink (value);
  if (has_schema_key (self, key))
    {
      g_settings_set_value (self->settings, key, owned);
      return;
    }
  GVariant *known = g_hash_table_lookup (self->values, key);
  g_return_if_fail (known != NULL);
  if (g_variant_equal (known, owned))
    return;
  g_hash_table_insert (self->values, (gpointer) g_intern_string (key), g_variant_ref (owned));
  emit_changed (self, key);
}

gboolean
app_settings_get_boolean (AppSettings *self, const char *key)
{
  g_autoptr (GVariant) value = app_settings_dup_value (self, key, G_VARIANT_TYPE_BOOLEAN);
  return value != NULL && g_variant_get_boolean (value);
}

void
app_settings_set_boolean (AppSettings *self, const char *key, gboolean value)
{
  app_settings_set_value (self, key, g_variant_new_boolean (value));
}

int
app_settings_get_int (AppSettings *self, const char *key)
{
  g_autoptr (GVariant) value = app_settings_dup_value (self, key, G_VARIANT_TYPE_INT32);
  return value != NULL ? g_variant_get_int32 (value) : 0;
}

void
app_settings_set_int (AppSettings *self, const char *key, int value)
{
  app_settings_set_value (self, key, g_variant_new_int32 (value));
}

char *
app_settings_get_string (AppSettings *self, const char *key)
{
  g_autoptr (GVariant) value = app_settings_dup_value (self, key, G_VARIANT_TYPE_STRING);
  return value != NULL ? g_variant_dup_string (value, NULL) : g_strdup ("");
}

gboolean
app_settings_has_string (AppSettings *self, const char *key, const char *value)
{
  g_autofree char *current = app_settings_get_string (self, key);
  return g_str_equal (current, value);
}

void
app_settings_set_string (AppSettings *self, const char *key, const char *value)
{
  app_settings_set_value (self, key, g_variant_new_string (value));
}

char **
app_settings_get_strv (AppSettings *self, const char *key)
{
  g_autoptr (GVariant) value = app_settings_dup_value (self, key, G_VARIANT_TYPE_STRING_ARRAY);
  return value != NULL ? g_variant_dup_strv (value, NULL) : g_new0 (char *, 1);
}

void
app_settings_set_strv (AppSettings *self, const char *key, const char *const *value)
{
  app_settings_set_value (self, key, g_variant_new_strv (value, -1));
}

static void
on_action_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  AppSettings *self = app_settings_get ();
  const char *key = data;
  if (parameter != NULL)
    app_settings_set_string (self, key, g_variant_get_string (parameter, NULL));
  else
    app_settings_set_boolean (self, key, !app_settings_get_boolean (self, key));
}

static void
on_action_key_changed (AppSettings *self, const char *key, gpointer data)
{
  GSimpleAction *action = data;
  g_autoptr (GVariant) state = g_action_get_state (G_ACTION (action));
  if (g_variant_is_of_type (state, G_VARIANT_TYPE_BOOLEAN))
    g_simple_action_set_state (action, g_variant_new_boolean (app_settings_get_boolean (self, key)));
  else
    {
      g_autofree char *value = app_settings_get_string (self, key);
      g_simple_action_set_state (action, g_variant_new_string (value));
    }
}

GAction *
app_settings_create_action (AppSettings *self, const char *key)
{
  GVariant *known = g_hash_table_lookup (self->values, key);
  g_return_val_if_fail (known != NULL, NULL);
  gboolean is_choice = g_variant_is_of_type (known, G_VARIANT_TYPE_STRING);
  g_autofree char *text = is_choice ? app_settings_get_string (self, key) : NULL;
  GVariant *state = is_choice ? g_variant_new_string (text)
                              : g_variant_new_boolean (app_settings_get_boolean (self, key));
  GSimpleAction *action = g_simple_action_new_stateful (key, is_choice ? G_VARIANT_TYPE_STRING : NULL, state);
  g_signal_connect (action, "activate", G_CALLBACK (on_action_activated), (gpointer) g_intern_string (key));
  g_autofree char *detailed = g_strconcat ("changed::", key, NULL);
  g_signal_connect_object (self, detailed, G_CALLBACK (on_action_key_changed), action, 0);
  return G_ACTION (action);
}
