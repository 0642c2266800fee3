#include "base/number_format.h"

#include <string.h>

#define MINUS_SIGN "\u2212"
#define THIN_SPACE "\u202f" /* no-break */

#define NS_PER_US 1000
#define NS_PER_MS 1000000
#define NS_PER_S 1000000000

/* How many decimals @value has with three significant digits. */
static guint
count_decimals (double value)
{
  return value < 0.9995 ? 3 : value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
}

/* @value with three significant digits at most and no trailing zeros; at least 0 and below 1000. */
static char *
format_significant (double value)
{
  guint n_decimals = count_decimals (value);
  char format[] = { '%', '.', (char) ('0' + n_decimals), 'f', '\0' };
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  g_ascii_formatd (buffer, sizeof buffer, format, value);
  if (n_decimals > 0)
    {
      gsize length = strlen (buffer);
      while (buffer[length - 1] == '0')
        buffer[--length] = '\0';
      if (buffer[length - 1] == '.')
        buffer[--length] = '\0';
    }
  return g_strdup (buffer);
}

static guint64
magnitude_of (gint64 value)
{
  return value < 0 ? 0 - (guint64) value : (guint64) value;
}

static const char *
sign_of (gint64 value)
{
  return value < 0 ? MINUS_SIGN : "";
}

void
format_append_unsigned (GString *text, guint64 value)
{
  char digits[20];
  gsize first = sizeof digits;
  do
    digits[--first] = (char) ('0' + value % 10);
  while ((value /= 10) > 0);
  g_string_append_len (text, &digits[first], (gssize) (sizeof digits - first));
}

void
format_append_hexadecimal (GString *text, guint64 value)
{
  char digits[18];
  gsize first = sizeof digits;
  do
    digits[--first] = "0123456789abcdef"[value % 16];
  while ((value /= 16) > 0);
  digits[--first] = 'x';
  digits[--first] = '0';
  g_string_append_len (text, &digits[first], (gssize) (sizeof digits - first));
}

void
format_append_integer (GString *text, gint64 value)
{
  if (value < 0)
    g_string_append_c (text, '-');
  format_append_unsigned (text, magnitude_of (value));
}

/* Appends @numerator / 2^@shift as format_significant() would: a half goes to the even digit. */
static void
append_significant_binary (GString *text, guint64 numerator, guint shift)
{
  double value = (double) numerator / (double) (G_GUINT64_CONSTANT (1) << shift);
  static const guint64 scales[] = { 1, 10, 100, 1000 };
  guint64 scale = scales[count_decimals (value)];
  unsigned __int128 scaled = (unsigned __int128) numerator * scale;
  guint64 digits = (guint64) (scaled >> shift), half = G_GUINT64_CONSTANT (1) << (shift - 1);
  guint64 rest = (guint64) scaled & (2 * half - 1);
  if (rest > half || (rest == half && digits % 2 == 1))
    digits++;
  format_append_unsigned (text, digits / scale);
  if (digits % scale == 0)
    return;
  g_string_append_c (text, '.');
  for (guint64 fraction = digits % scale; fraction > 0; fraction = fraction * 10 % scale)
    g_string_append_c (text, (char) ('0' + fraction * 10 / scale));
}

void
format_append_bytes (GString *text, gint64 n_bytes)
{
  static const char *const units[] = { " KiB", " MiB", " GiB", " TiB", " PiB", " EiB" };
  guint64 magnitude = magnitude_of (n_bytes);
  g_string_append (text, sign_of (n_bytes));
  if (magnitude < 1000)
    {
      format_append_unsigned (text, magnitude);
      g_string_append (text, " B");
      return;
    }
  /* In as many digits as a double has. */
  double rounded = (double) magnitude, value = rounded / 1024;
  gsize unit = 0;
  /* What would round to four digits is shown in the next unit. */
  for (; value >= 999.5 && unit + 1 < G_N_ELEMENTS (units); unit++)
    value /= 1024;
  append_significant_binary (text, (guint64) rounded, 10 * ((guint) unit + 1));
  g_string_append (text, units[unit]);
}

char *
format_bytes (gint64 n_bytes)
{
  GString *text = g_string_new (NULL);
  format_append_bytes (text, n_bytes);
  return g_string_free (text, FALSE);
}

void
format_append_count (GString *text, gint64 count)
{
  guint64 magnitude = magnitude_of (count), scale = 1;
  while (magnitude / scale >= 1000)
    scale *= 1000;
  g_string_append (text, sign_of (count));
  format_append_unsigned (text, magnitude / scale);
  while (scale > 1)
    {
      guint group = (guint) (magnitude % scale / (scale / 1000));
      char digits[] = { (char) ('0' + group / 100), (char) ('0' + group / 10 % 10), (char) ('0' + group % 10) };
      g_string_append (text, THIN_SPACE);
      g_string_append_len (text, digits, sizeof digits);
      scale /= 1000;
    }
}

char *
format_count (gint64 count)
{
  GString *text = g_string_new (NULL);
  format_append_count (text, count);
  return g_string_free (text, FALSE);
}

/* Of a minute or longer, the two largest units. */
static char *
format_long_duration (const char *sign, guint64 seconds)
{
  static const struct
  {
    guint64 seconds;
    const char *name;
  } units[] = { { 86400, "d" }, { 3600, "h" }, { 60, "min" }, { 1, "s" } };
  gsize i = 0;
  while (seconds < units[i].seconds)
    i++;
  guint64 large = seconds / units[i].seconds;
  guint64 small = seconds % units[i].seconds / units[i + 1].seconds;
  if (small == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT " %s", sign, large, units[i].name);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT " %s %" G_GUINT64_FORMAT " %s", sign, large, units[i].name,
                          small, units[i + 1].name);
}

char *
format_duration (gint64 ns)
{
  static const struct
  {
    double ns;
    const char *name;
  } units[] = { { 1, "ns" }, { NS_PER_US, "µs" }, { NS_PER_MS, "ms" } };
  guint64 magnitude = magnitude_of (ns);
  if (magnitude >= 59950000000u) /* what rounds to a minute */
    return format_long_duration (sign_of (ns), (magnitude + NS_PER_S / 2) / NS_PER_S);
  double value = (double) magnitude / NS_PER_S;
  const char *name = "s";
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if ((double) magnitude / units[i].ns < 999.5)
      {
        value = (double) magnitude / units[i].ns;
        name = units[i].name;
        break;
      }
  g_autofree char *digits = format_significant (value);
  return g_strdup_printf ("%s%s %s", sign_of (ns), digits, name);
}

char *
format_time (gint64 ns, gint64 resolution_ns)
{
  int n_decimals = 0;
  guint64 step = NS_PER_S;
  for (; step > 1 && step > (guint64) MAX (resolution_ns, 1); step /= 10)
    n_decimals++;
  guint64 steps = magnitude_of (ns) / step + (magnitude_of (ns) % step >= (step + 1) / 2 && step > 1 ? 1 : 0);
  const char *sign = steps == 0 ? "" : sign_of (ns);
  guint64 steps_per_second = NS_PER_S / step;
  if (n_decimals == 0)
    return g_strdup_printf ("%s%" G_GUINT64_FORMAT " s", sign, steps);
  return g_strdup_printf ("%s%" G_GUINT64_FORMAT ".%0*" G_GUINT64_FORMAT " s", sign, steps / steps_per_second,
                          n_decimals, steps % steps_per_second);
}

/* A moment outside the years 1 to 9999 gives an empty text. */
char *
format_filetime (gint64 filetime, gint32 bias_minutes)
{
  const gint64 ticks_per_second = 10000000;
  const gint64 seconds_1601_to_1970 = 11644473600;
  gint64 seconds = filetime / ticks_per_second - (filetime % ticks_per_second < 0 ? 1 : 0);
  g_autoptr (GDateTime) moment
      = g_date_time_new_from_unix_utc (seconds - seconds_1601_to_1970 - (gint64) bias_minutes * 60);
  /* Numbers are put together here since formats of GLib may follow the locale. */
  if (moment == NULL)
    return g_strdup ("");
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", g_date_time_get_year (moment),
                          g_date_time_get_month (moment), g_date_time_get_day_of_month (moment),
                          g_date_time_get_hour (moment), g_date_time_get_minute (moment),
                          g_date_time_get_second (moment));
}

/* Reads a decimal number times @unit, exactly, rounded down; digits and at most one point.
 * FALSE when there is no number or it exceeds 2^63 - 1. */
static gboolean
scale_decimal (const char *text, gsize length, guint64 unit, guint64 *ret_value)
{
  unsigned __int128 whole = 0, fraction = 0, fraction_unit = 1;
  gboolean has_point = FALSE;
  gsize n_digits = 0;
  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '.' && !has_point)
        {
          has_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      guint digit = (guint) (text[i] - '0');
      n_digits++;
      if (!has_point)
        whole = whole * 10 + digit;
      else if (fraction_unit
               < G_GUINT64_CONSTANT (1000000000000000000)) /* further digits are below a billionth */
        {
          fraction = fraction * 10 + digit;
          fraction_unit *= 10;
        }
      if (whole > G_MAXINT64)
        return FALSE;
    }
  unsigned __int128 value = whole * unit + fraction * unit / fraction_unit;
  if (n_digits == 0 || value > G_MAXINT64)
    return FALSE;
  *ret_value = (guint64) value;
  return TRUE;
}

typedef struct
{
  const char *suffix;
  guint64 factor;
} UnitSuffix;

/* Splits @text in number, optional blanks, and one of @units (the empty one included where allowed). */
static gboolean
parse_with_unit (const char *text, const UnitSuffix *units, gsize n_units, guint64 *ret_value)
{
  gsize length = strspn (text, "0123456789.");
  const char *suffix = text + length;
  while (*suffix == ' ')
    suffix++;
  for (gsize i = 0; i < n_units; i++)
    if (g_ascii_strcasecmp (suffix, units[i].suffix) == 0)
      return scale_decimal (text, length, units[i].factor, ret_value);
  return FALSE;
}

/* A single letter counts in powers of 1024 as everywhere on Unix, KB and its like in powers of 1000.
 * Upper and lower case are the same; a fraction is rounded down. FALSE also for more than 2^63 - 1. */
gboolean
parse_bytes (const char *text, guint64 *ret_bytes)
{
  static const UnitSuffix units[] = {
    { "", 1 },          { "B", 1 },           { "KB", 1000 },      { "MB", 1000000 },   { "GB", 1000000000 },
    { "K", 1u << 10 },  { "M", 1u << 20 },    { "G", 1u << 30 },   { "KiB", 1u << 10 }, { "MiB", 1u << 20 },
    { "GiB", 1u << 30 },
  };
  return parse_with_unit (text, units, G_N_ELEMENTS (units), ret_bytes);
}

/* What is below a nanosecond is cut off; no negative times. */
gboolean
parse_time (const char *text, gint64 *ret_ns)
{
  static const UnitSuffix units[] = {
    { "", NS_PER_S }, { "s", NS_PER_S }, { "ms", NS_PER_MS }, { "us", NS_PER_US }, { "ns", 1 },
  };
  guint64 ns;
  if (!parse_with_unit (text, units, G_N_ELEMENTS (units), &ns))
    return FALSE;
  *ret_ns = (gint64) ns;
  return TRUE;
}
