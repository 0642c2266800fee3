#include "etl/etl_archive_members.h"

#include "base/number_format.h"
#include "etl/etl_file.h"

#include <string.h>

#define MAXIMUM_MEMBERS 100000
#define MAXIMUM_SHOWN_MEMBERS 5

void
etl_archive_member_free (gpointer data)
{
  EtlArchiveMember *self = data;
  g_free (self->name);
  g_free (self);
}

static char *
dup_member_name (const EtlArchiveInput *input, guint index, struct archive_entry *entry)
{
  if (etl_archive_kind_is_single_file (input->kind))
    {
      /* As gunzip names it. */
      char *name = g_strdup (etl_archive_input_get_name (input));
      char *ending = strrchr (name, '.');
      if (ending && ending > name)
        *ending = '\0';
      return name;
    }
  const char *name = archive_entry_pathname_utf8 (entry);
  if (!name)
    name = archive_entry_pathname (entry);
  /* A name in letters that the locale of the process does not have. */
  return name ? g_utf8_make_valid (name, -1) : g_strdup_printf ("unreadable-name-%u.etl", index + 1);
}

static gboolean
is_trace_name (const char *name)
{
  gsize length = strlen (name);
  return length > 4 && g_ascii_strcasecmp (name + length - 4, ".etl") == 0;
}

GPtrArray *
etl_archive_members_list (EtlArchiveInput *input, GError **error)
{
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (etl_archive_member_free);
  for (guint index = 0;; index++)
    {
      struct archive_entry *entry;
      int status = archive_read_next_header (input->archive, &entry);
      if (status == ARCHIVE_EOF)
        return g_steal_pointer (&members);
      if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
        {
          if (members->len > 0 && !input->read_error)
            return g_steal_pointer (&members); /* damaged behind them */
          if (archive_read_has_encrypted_entries (input->archive) > 0)
            etl_archive_input_set_error (input, error, "is protected by a password; unpack it and open the .etl file");
          else
            etl_archive_input_set_read_error (input, error);
          return NULL;
        }
      if (etl_archive_kind_is_single_file (input->kind)
          && archive_filter_code (input->archive, 0) == ARCHIVE_FILTER_NONE)
        {
          etl_archive_input_set_read_error (input, error); /* so short that not even its header is whole */
          return NULL;
        }
      if (members->len == MAXIMUM_MEMBERS)
        {
          etl_archive_input_set_error (input, error, "holds too many files; unpack it and open the .etl file");
          return NULL;
        }
      if (archive_entry_filetype (entry) == AE_IFDIR)
        continue;
      EtlArchiveMember *member = g_new (EtlArchiveMember, 1);
      *member = (EtlArchiveMember){ index, dup_member_name (input, index, entry),
                          archive_entry_size_is_set (entry) ? archive_entry_size (entry) : -1,
                          archive_entry_is_data_encrypted (entry) > 0 };
      g_ptr_array_add (members, member);
      if (etl_archive_kind_is_single_file (input->kind))
        return g_steal_pointer (&members);
    }
}

static char *
dup_names (const GPtrArray *members, gboolean shows_sizes)
{
  GString *names = g_string_new (NULL);
  for (guint i = 0; i < members->len && i < MAXIMUM_SHOWN_MEMBERS; i++)
    {
      const EtlArchiveMember *member = g_ptr_array_index (members, i);
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", member->name);
      if (shows_sizes && member->size >= 0)
        {
          g_autofree char *size = format_bytes (member->size);
          g_string_append_printf (names, " (%s)", size);
        }
    }
  if (members->len > MAXIMUM_SHOWN_MEMBERS)
    g_string_append (names, ", …");
  return g_string_free (names, FALSE);
}

static void
set_no_member_error (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted,
                     GError **error)
{
  g_autofree char *names = dup_names (members, FALSE);
  if (members->len == 0)
    etl_archive_input_set_error (input, error,
               "is an archive without a file in it; copy the archive again, or ask for the .etl file");
  else if (wanted)
    g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE, "“%s” holds no file “%s”; it holds %s",
                 etl_archive_input_get_name (input), wanted, names);
  else
    g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
                 "“%s” holds no trace (.etl); it holds %s: if the trace is in one of them, unpack it first",
                 etl_archive_input_get_name (input), names);
}

GPtrArray *
etl_archive_members_find_traces (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted)
{
  GPtrArray *traces = g_ptr_array_new ();
  for (guint i = 0; i < members->len; i++)
    {
      EtlArchiveMember *member = g_ptr_array_index (members, i);
      if (wanted ? strcmp (member->name, wanted) == 0
                 : is_trace_name (member->name) || etl_archive_kind_is_single_file (input->kind))
        g_ptr_array_add (traces, member);
    }
  return traces;
}

const EtlArchiveMember *
etl_archive_members_choose (const EtlArchiveInput *input, const GPtrArray *members, const char *wanted, GError **error)
{
  g_autoptr (GPtrArray) traces = etl_archive_members_find_traces (input, members, wanted);
  if (traces->len == 0)
    {
      set_no_member_error (input, members, wanted, error);
      return NULL;
    }
  const EtlArchiveMember *first = g_ptr_array_index (traces, 0);
  if (traces->len == 1 || wanted)
    return first;
  g_autofree char *names = dup_names (traces, TRUE);
  g_set_error (error, ETL_ERROR, ETL_ERROR_ARCHIVE,
               "“%s” holds %u traces: %s; open one of them as “%s/%s”, or unpack it first", etl_archive_input_get_name (input),
               traces->len, names, etl_archive_input_get_name (input), first->name);
  return NULL;
}
