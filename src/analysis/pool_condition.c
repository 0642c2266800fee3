#include "analysis/pool_condition.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "analysis/glob.h"
#include "base/number_format.h"

#define TAG_LENGTH 4
#define SIZE_HINT "a number with B, KB, MB, GB, KiB, MiB or GiB, as in 4KiB"
#define TIME_HINT "a number with s, ms, us or ns, as in 1.5s"

static const struct
{
  const char *name, *display_name;
} numbers[POOL_N_NUMBERS] = {
  [POOL_NUMBER_SIZE] = { "size", N_ ("Size of one") },  [POOL_NUMBER_AGE] = { "age", N_ ("Age") },
  [POOL_NUMBER_LIFETIME] = { "lifetime", N_ ("Lifetime") }, [POOL_NUMBER_ALLOCATED] = { "allocated", N_ ("Allocated") },
  [POOL_NUMBER_FREED] = { "freed", N_ ("Freed") },
};

static const char *const operators[POOL_N_OPERATORS] = {
  [POOL_OPERATOR_MATCHES] = "=",  [POOL_OPERATOR_DIFFERS] = "!=", [POOL_OPERATOR_BELOW] = "<",
  [POOL_OPERATOR_AT_MOST] = "<=", [POOL_OPERATOR_ABOVE] = ">",    [POOL_OPERATOR_AT_LEAST] = ">=",
};

G_DEFINE_QUARK (pool-condition-error-quark, pool_condition_error)

const char *
pool_number_get_name (PoolNumber self)
{
  return numbers[self].name;
}

const char *
pool_number_get_display_name (PoolNumber self)
{
  return numbers[self].display_name;
}

static gboolean
number_from_name (const char *name, PoolNumber *ret_number)
{
  for (guint i = 0; i < POOL_N_NUMBERS; i++)
    if (strcmp (numbers[i].name, name) == 0)
      {
        *ret_number = (PoolNumber) i;
        return TRUE;
      }
  return FALSE;
}

/* A tag pattern without "*" covers all four bytes, so that "Irp" finds the tag "Irp ". An unprintable byte
 * is written as \xNN in a tag's text, an escaped backslash, x and two digits in the pattern: one byte. */
static char *
pad_tag_pattern (const char *pattern)
{
  gsize length;
  if (!glob_get_length (pattern, &length))
    return g_strdup (pattern);
  for (const char *at = pattern; *at != '\0'; at++)
    if (at[0] == '\\' && at[1] != '\0')
      {
        if (at[1] == '\\' && at[2] == 'x' && g_ascii_isxdigit (at[3]) && g_ascii_isxdigit (at[4]))
          length -= 3;
        at++;
      }
  GString *padded = g_string_new (pattern);
  for (; length < TAG_LENGTH; length++)
    g_string_append_c (padded, ' ');
  return g_string_free (padded, FALSE);
}

/* Takes over @text. */
static PoolCondition *
new_condition (PoolOperator operator, char *text)
{
  PoolCondition *self = g_new0 (PoolCondition, 1);
  g_atomic_ref_count_init (&self->references);
  self->operator = operator;
  self->text = text;
  return self;
}

/* Takes over @pattern. */
static PoolCondition *
new_match (Dimension dimension, char *pattern, gboolean is_excluded)
{
  PoolCondition *self = new_condition (is_excluded ? POOL_OPERATOR_DIFFERS : POOL_OPERATOR_MATCHES, pattern);
  self->dimension = dimension;
  self->pattern = dimension == DIMENSION_TAG ? pad_tag_pattern (pattern) : g_strdup (pattern);
  return self;
}

PoolCondition *
pool_condition_new_value (Dimension dimension, const char *value, gboolean is_excluded)
{
  char *pattern = glob_escape (value);
  if (dimension == DIMENSION_TAG)
    g_strchomp (pattern); /* the blanks come back when it is padded */
  return new_match (dimension, pattern, is_excluded);
}

PoolCondition *
pool_condition_ref (PoolCondition *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
pool_condition_unref (PoolCondition *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_free (self->text);
  g_free (self->pattern);
  g_free (self);
}

/* --- Understanding --------------------------------------------------------------------------------------- */

/* A text that is read from left to right. */
typedef struct
{
  const char *text, *at;
  gsize *ret_error_offset; /* (nullable) */
} ConditionReader;

/* Says that the text is wrong from @place on: why, and what is allowed. */
G_GNUC_PRINTF (4, 5)
static void
report_wrong (const ConditionReader *reader, const char *place, GError **error, const char *format, ...)
{
  va_list arguments;
  va_start (arguments, format);
  g_autofree char *reason = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (reader->ret_error_offset)
    *reader->ret_error_offset = (gsize) (place - reader->text);
  g_autofree char *before = g_strndup (reader->text, (gsize) (place - reader->text));
  g_autofree char *readable = g_utf8_make_valid (before, -1);
  g_set_error (error, POOL_CONDITION_ERROR, 0, "the filter “%s” is wrong at character %ld: %s", reader->text,
               g_utf8_strlen (readable, -1) + 1, reason);
}

static char *
list_dimensions (void)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < N_DIMENSIONS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", dimension_get_name ((Dimension) i));
  return g_string_free (list, FALSE);
}

static char *
list_numbers (void)
{
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < POOL_N_NUMBERS; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", numbers[i].name);
  return g_string_free (list, FALSE);
}

/* Reads the operator, with the blanks around it: behind it as many are skipped as stand before it, since further
 * ones belong to the pattern. */
static gboolean
read_operator (ConditionReader *reader, PoolOperator *ret_operator)
{
  gsize n_blanks = strspn (reader->at, " ");
  const char *at = reader->at + n_blanks;
  gsize longest = 0;
  for (guint i = 0; i < POOL_N_OPERATORS; i++)
    if (g_str_has_prefix (at, operators[i]) && strlen (operators[i]) > longest)
      {
        longest = strlen (operators[i]);
        *ret_operator = (PoolOperator) i;
      }
  reader->at = at + longest;
  for (; n_blanks > 0 && *reader->at == ' ' && longest > 0; n_blanks--)
    reader->at++;
  return longest > 0;
}

static PoolCondition *
parse_match (ConditionReader *reader, const char *name, PoolOperator operator, GError **error)
{
  Dimension dimension;
  PoolNumber number;
  if (dimension_from_name (name, &dimension))
    return new_match (dimension, g_strdup (reader->at), operator == POOL_OPERATOR_DIFFERS);
  if (number_from_name (name, &number))
    report_wrong (reader, reader->text + strlen (name), error,
                  "%s is a number and is compared by <, <=, > or >=, as in %s<%s", name, name,
                  number == POOL_NUMBER_SIZE ? "4KiB" : "1.5s");
  else
    {
      g_autofree char *list = list_dimensions ();
      report_wrong (reader, reader->text, error, "there is no dimension “%s”; use one of: %s", name, list);
    }
  return NULL;
}

static PoolCondition *
parse_comparison (ConditionReader *reader, const char *name, PoolOperator operator, GError **error)
{
  Dimension dimension;
  PoolNumber number;
  if (!number_from_name (name, &number))
    {
      g_autofree char *list = list_numbers ();
      gboolean is_dimension = dimension_from_name (name, &dimension);
      report_wrong (reader, is_dimension ? reader->text + strlen (name) : reader->text, error,
                    "%s “%s” cannot be compared by %s; use %s=pattern or %s!=pattern, or one of the numbers: %s",
                    is_dimension ? "the texts of" : "what is called", name, operators[operator],
                    is_dimension ? name : "dimension", is_dimension ? name : "dimension", list);
      return NULL;
    }
  const char *place = reader->at + strspn (reader->at, " ");
  g_autofree char *text = g_strchomp (g_strdup (place));
  guint64 bytes = 0;
  gint64 ns = 0;
  gboolean is_size = number == POOL_NUMBER_SIZE;
  if (!(is_size ? parse_bytes (text, &bytes) : parse_time (text, &ns)))
    {
      report_wrong (reader, place, error, "“%s” is no %s; write %s", text, is_size ? "size" : "time",
                    is_size ? SIZE_HINT : TIME_HINT);
      return NULL;
    }
  PoolCondition *self = new_condition (operator, g_steal_pointer (&text));
  self->number = number;
  /* The largest number stands for what never ends. */
  self->value = MIN (is_size ? (gint64) bytes : ns, G_MAXINT64 - 1);
  return self;
}

PoolCondition *
pool_condition_parse (const char *text, gsize *ret_error_offset, GError **error)
{
  ConditionReader reader = { text, text, ret_error_offset };
  PoolOperator operator;
  while (g_ascii_isalnum (*reader.at) || *reader.at == '_')
    reader.at++;
  g_autofree char *name = g_strndup (text, (gsize) (reader.at - text));
  if (!g_utf8_validate (text, -1, NULL) || *name == '\0')
    {
      report_wrong (&reader, reader.at, error,
                    "a name is missing; write dimension=pattern, dimension!=pattern or number>value, as in tag=Leak");
      return NULL;
    }
  if (!read_operator (&reader, &operator))
    {
      PoolNumber number;
      Dimension dimension;
      if (number_from_name (name, &number) || dimension_from_name (name, &dimension))
        report_wrong (&reader, reader.at, error,
                      "an operator is missing; write dimension=pattern, dimension!=pattern or number>value, as in "
                      "tag=Leak or size>4KB");
      else
        parse_match (&reader, name, POOL_OPERATOR_MATCHES, error);
      return NULL;
    }
  return operator <= POOL_OPERATOR_DIFFERS ? parse_match (&reader, name, operator, error)
                                          : parse_comparison (&reader, name, operator, error);
}

char *
pool_condition_dup_text (const PoolCondition *self)
{
  const char *name = pool_condition_is_number (self) ? pool_number_get_name (self->number)
                                                     : dimension_get_name (self->dimension);
  return g_strconcat (name, operators[self->operator], self->text, NULL);
}

gboolean
pool_condition_equal (const PoolCondition *a, const PoolCondition *b)
{
  if (a->operator != b->operator)
    return FALSE;
  return pool_condition_is_number (a) ? a->number == b->number && a->value == b->value
                                      : a->dimension == b->dimension && strcmp (a->pattern, b->pattern) == 0;
}
