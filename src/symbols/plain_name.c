#include "symbols/plain_name.h"

#include "symbols/cpp_name.h"
#include "symbols/pdb_layouts.h"

static gboolean
has_prefix (const char *name, gsize length, const char *prefix)
{
  gsize prefix_length = strlen (prefix);
  return length >= prefix_length && memcmp (name, prefix, prefix_length) == 0;
}

static gboolean
is_identifier (const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && name[i] != '_' && name[i] != '$' && (guint8)name[i] < 0x80)
      return FALSE;
  return length > 0 && !g_ascii_isdigit (name[0]);
}

/* The length without "@" and decimal digits at the end; @length where there are none. */
static gsize
length_without_stack_bytes (const char *name, gsize length)
{
  gsize end = length;
  while (end > 0 && g_ascii_isdigit (name[end - 1]))
    end--;
  return end < length && end > 1 && name[end - 1] == '@' ? end - 1 : length;
}

/* Removes what a calling convention adds to the name of a C function: "_name", "_name@8" and "@name@8" on
 * x86, "name@@16" on x86 and x64. A name that is no identifier without it stays whole. */
static void
strip_c_decoration (const char **name, gsize *length, guint16 machine)
{
  gsize end = length_without_stack_bytes (*name, *length);
  gsize start = 0;
  if (machine != PE_MACHINE_X86 && machine != PE_MACHINE_X64)
    return;
  if (end < *length && (*name)[end - 1] == '@')
    end--;
  else if (machine == PE_MACHINE_X64)
    return;
  else if ((*name)[0] == '_' || ((*name)[0] == '@' && end < *length))
    start = 1;
  else
    return;
  if (end > start && is_identifier (*name + start, end - start))
    {
      *name += start;
      *length = end - start;
    }
}

void
plain_name_append_as_is (GString *text, const char *name, gsize length)
{
  length = MIN (length, PLAIN_NAME_LONGEST_BYTES);
  if (g_utf8_validate_len (name, length, NULL))
    {
      g_string_append_len (text, name, (gssize)length);
      return;
    }
  g_autofree char *valid = g_utf8_make_valid (name, (gssize)length);
  g_string_append (text, valid);
}

/* Whether the name of a linker's symbol stands for data, which linkers also put into sections with code. */
static gboolean
is_data (const char *name, gsize length)
{
  static const char *const prefixes[]
      = { "??_C@", "__real@", "__xmm@", "__ymm@", "__mask@@", "??_7", "??_8", "??_R", "??_S" };
  if (has_prefix (name, length, "__imp_"))
    return !has_prefix (name, length, "__imp_load_");
  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (has_prefix (name, length, prefixes[i]))
      return TRUE;
  return FALSE;
}

gboolean
plain_name_append (GString *text, const char *name, gsize length, guint16 machine)
{
  g_autoptr (GString) plain = NULL;
  if (length == 0 || is_data (name, length))
    return FALSE;
  if (length > 1 && name[0] == '#' && machine == PE_MACHINE_ARM64)
    {
      name++;
      length--;
    }
  if (name[0] == '?')
    {
      plain = g_string_new (NULL);
      CppNameKind kind = cpp_name_append (plain, name, length);
      if (kind == CPP_NAME_DATA)
        return FALSE;
      if (kind == CPP_NAME_FUNCTION)
        {
          name = plain->str;
          length = plain->len;
        }
    }
  else
    strip_c_decoration (&name, &length, machine);
  plain_name_append_as_is (text, name, length);
  return TRUE;
}
