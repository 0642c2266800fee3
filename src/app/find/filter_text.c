#include "app/find/filter_text.h"

#include "analysis/glob.h"

#include <glib/gi18n.h>

static const char *const signs[POOL_N_OPERATORS] = {
  [POOL_OPERATOR_MATCHES] = "=", [POOL_OPERATOR_DIFFERS] = "≠", [POOL_OPERATOR_BELOW] = "<",
  [POOL_OPERATOR_AT_MOST] = "≤", [POOL_OPERATOR_ABOVE] = ">",   [POOL_OPERATOR_AT_LEAST] = "≥",
};

char *
filter_text_dup_condition (const PoolCondition *condition)
{
  const char *name = pool_condition_is_number (condition) ? pool_number_get_display_name (condition->number)
                                                          : dimension_get_display_name (condition->dimension);
  g_autofree char *literal = condition->pattern != NULL ? glob_dup_literal (condition->text) : NULL;
  return g_strdup_printf ("%s %s %s", _ (name), signs[condition->operator],
                          literal != NULL ? literal : condition->text);
}

char *
filter_text_dup_typed (const PoolFilter *filter)
{
  GString *text = g_string_new (NULL);
  for (guint i = 0; i < pool_filter_get_n_conditions (filter); i++)
    {
      g_autofree char *condition = pool_condition_dup_text (pool_filter_get_condition (filter, i));
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", condition);
    }
  return g_string_free (text, FALSE);
}
