#include "cli/argument_values.h"

#include "base/number_format.h"

#include <string.h>

#define UNIQUE_METRICS "unique-NAME for a dimension"

typedef gboolean (*NameLookup) (const char *name, guint *ret_value);
typedef const char *(*NameGetter) (guint value);

/* Something that is named by one of several words. */
typedef struct
{
  const char *option, *noun; /* "--group", "dimension" */
  guint n_listed; /* words to name when one is unknown */
  NameLookup lookup;
  NameGetter get_name;
  const char *others; /* (nullable): how the words are told that are not listed */
} Vocabulary;

static gboolean
lookup_dimension (const char *name, guint *ret_value)
{
  Dimension dimension;
  if (!dimension_from_name (name, &dimension))
    return FALSE;
  *ret_value = dimension;
  return TRUE;
}

static const char *
get_dimension_name (guint value)
{
  return dimension_get_name ((Dimension) value);
}

static gboolean
lookup_metric (const char *name, guint *ret_value)
{
  Metric metric;
  if (!metric_from_name (name, &metric))
    return FALSE;
  *ret_value = metric;
  return TRUE;
}

static const char *
get_metric_name (guint value)
{
  return metric_get_name ((Metric) value);
}

static gboolean
report_unknown (const Command *command, const Vocabulary *vocabulary, const char *word)
{
  g_autoptr (GString) message = g_string_new (NULL);
  g_string_append_printf (message, "%s: unknown %s “%s”; valid are", vocabulary->option, vocabulary->noun,
                          word);
  for (guint i = 0; i < vocabulary->n_listed; i++)
    g_string_append_printf (message, "%s %s", i > 0 ? "," : "", vocabulary->get_name (i));
  if (vocabulary->others)
    g_string_append_printf (message, ", %s", vocabulary->others);
  cli_print_usage_error (command, message->str);
  return FALSE;
}

/* Parses a list of distinct words. @ret_values has room for all words that there are. */
static gboolean
parse_list (const Command *command, const Vocabulary *vocabulary, const char *text, guint *ret_values,
            gsize *ret_n)
{
  g_auto (GStrv) words = g_strsplit (*text ? text : ",", ",", -1);
  gsize n = 0;
  for (char **word = words; *word; word++)
    {
      guint value;
      if (!vocabulary->lookup (*word, &value))
        return report_unknown (command, vocabulary, *word);
      for (gsize i = 0; i < n; i++)
        if (ret_values[i] == value)
          {
            g_autofree char *message
                = g_strdup_printf ("%s: “%s” stands twice in the list; name each %s once", vocabulary->option,
                                   *word, vocabulary->noun);
            cli_print_usage_error (command, message);
            return FALSE;
          }
      ret_values[n++] = value;
    }
  *ret_n = n;
  return TRUE;
}

gboolean
argument_parse_grouping (const Command *command, const char *option, const char *text,
                         Dimension grouping[N_DIMENSIONS], gsize *ret_n_levels)
{
  const Vocabulary vocabulary = { option, "dimension", N_DIMENSIONS, lookup_dimension, get_dimension_name,
                                 NULL };
  guint values[N_DIMENSIONS];
  if (!parse_list (command, &vocabulary, text, values, ret_n_levels))
    return FALSE;
  for (gsize i = 0; i < *ret_n_levels; i++)
    grouping[i] = (Dimension) values[i];
  return TRUE;
}

gboolean
argument_parse_metrics (const Command *command, const char *text, Metric metrics[N_METRICS],
                        gsize *ret_n_metrics)
{
  static const Vocabulary vocabulary
      = { "--columns", "metric", METRIC_FIRST_UNIQUE, lookup_metric, get_metric_name, UNIQUE_METRICS };
  guint values[N_METRICS];
  if (!parse_list (command, &vocabulary, text, values, ret_n_metrics))
    return FALSE;
  for (gsize i = 0; i < *ret_n_metrics; i++)
    metrics[i] = (Metric) values[i];
  return TRUE;
}

gboolean
argument_parse_metric (const Command *command, const char *text, Metric *ret_metric)
{
  static const Vocabulary vocabulary
      = { "--sort", "metric", METRIC_FIRST_UNIQUE, lookup_metric, get_metric_name, UNIQUE_METRICS };
  guint value;
  if (!lookup_metric (text, &value))
    return report_unknown (command, &vocabulary, text);
  *ret_metric = (Metric) value;
  return TRUE;
}

gboolean
argument_parse_size (const Command *command, const char *option, const char *text, guint64 *ret_bytes)
{
  if (parse_bytes (text, ret_bytes))
    return TRUE;
  g_autofree char *message = g_strdup_printf (
      "%s: “%s” is no size; write a number of bytes or one with KB, MB, GB, KiB, MiB or GiB, as in 10MiB", option, text);
  cli_print_usage_error (command, message);
  return FALSE;
}

gboolean
argument_parse_number (const Command *command, const char *option, const char *text, guint64 minimum,
                       guint64 maximum, guint64 *ret_number)
{
  if (g_ascii_string_to_unsigned (text, 10, minimum, maximum, ret_number, NULL))
    return TRUE;
  g_autofree char *message
      = g_strdup_printf ("%s: “%s” is no whole number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT,
                         option, text, minimum, maximum);
  cli_print_usage_error (command, message);
  return FALSE;
}

/* @text (nullable) must be one of @words (array zero-terminated=1), the first of which is the default. */
gboolean
argument_parse_word (const Command *command, const char *option, const char *text, const char *const *words,
                     guint *ret_index)
{
  *ret_index = 0;
  for (guint i = 0; text && words[i]; i++)
    if (strcmp (text, words[i]) == 0)
      {
        *ret_index = i;
        return TRUE;
      }
  if (!text)
    return TRUE;
  g_autofree char *valid = g_strjoinv (", ", (char **) words);
  g_autofree char *message = g_strdup_printf ("%s: unknown value “%s”; valid are %s", option, text, valid);
  cli_print_usage_error (command, message);
  return FALSE;
}

/* Whether @text (nullable) has the form of a range; what depends on the trace is seen once it is loaded. */
gboolean
argument_check_range (const Command *command, const char *text)
{
  g_autoptr (GError) error = NULL;
  TimeRangeText range;
  if (!text || time_range_text_parse (text, NULL, &range, &error))
    return TRUE;
  g_autofree char *message = g_strdup_printf ("--range: %s", error->message);
  cli_print_usage_error (command, message);
  return FALSE;
}

/* @texts nullable. @ret_filter (transfer full). */
gboolean
argument_parse_filter (const Command *command, char **texts, PoolFilter **ret_filter)
{
  g_autoptr (GError) error = NULL;
  *ret_filter = pool_filter_new ((const char *const *) texts, &error);
  if (*ret_filter)
    return TRUE;
  g_autofree char *message = g_strdup_printf ("--filter: %s", error->message);
  cli_print_usage_error (command, message);
  return FALSE;
}
