/* The remembered settings. Works without an installed schema too (an uninstalled or half installed
 * program): then the defaults hold and changes live as long as the process.
 */
#pragma once

#include <gio/gio.h>

#define APP_TYPE_SETTINGS (app_settings_get_type ())
G_DECLARE_FINAL_TYPE (AppSettings, app_settings, APP, SETTINGS, GObject)

/* The process's settings. Returns: (transfer none). Main thread only.
 * Emits "changed::<key>" when the value of a key changes. */
AppSettings *app_settings_get (void);

gboolean app_settings_get_boolean (AppSettings *self, const char *key);
void app_settings_set_boolean (AppSettings *self, const char *key, gboolean value);
int app_settings_get_int (AppSettings *self, const char *key);
void app_settings_set_int (AppSettings *self, const char *key, int value);
/* Returns: (transfer full) */
char *app_settings_get_string (AppSettings *self, const char *key);
/* Whether the choice is @value. */
gboolean app_settings_has_string (AppSettings *self, const char *key, const char *value);
void app_settings_set_string (AppSettings *self, const char *key, const char *value);
/* Returns: (transfer full) (array zero-terminated=1) */
char **app_settings_get_strv (AppSettings *self, const char *key);
void app_settings_set_strv (AppSettings *self, const char *key, const char *const *value);
/* Any key as what it is stored as, of @type. (transfer full) (nullable) */
GVariant *app_settings_dup_value (AppSettings *self, const char *key, const GVariantType *type);
/* @value is sunk when floating. */
void app_settings_set_value (AppSettings *self, const char *key, GVariant *value);
/* An action "key" that shows and sets the value: a toggle for booleans, a choice for strings. (transfer full)
 */
GAction *app_settings_create_action (AppSettings *self, const char *key);
