/* Writes a recording profile as XML. Order of the elements as the schema of .wprp wants it: collectors,
 * providers, profiles, and behind them what is added when the trace is merged. */
#include "profile/recording_profile.h"

#include <libxml/xmlwriter.h>

#define PROFILE_NAME "PoolUsage"
#define PROVIDER_ID "PoolProvider"

static const char *const collector_ids[] = { "PoolCollectorInFile", "PoolCollectorInMemory" };
static const char *const mode_names[] = { "File", "Memory" };

static void
start (xmlTextWriter *writer, const char *name)
{
  xmlTextWriterStartElement (writer, BAD_CAST name);
}

static void
end (xmlTextWriter *writer)
{
  xmlTextWriterEndElement (writer);
}

static void
attribute (xmlTextWriter *writer, const char *name, const char *value)
{
  xmlTextWriterWriteAttribute (writer, BAD_CAST name, BAD_CAST value);
}

/* An element with the one attribute Value. */
static void
value (xmlTextWriter *writer, const char *element, const char *text)
{
  start (writer, element);
  attribute (writer, "Value", text);
  end (writer);
}

static void
number (xmlTextWriter *writer, const char *element, guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);
  value (writer, element, text);
}

/* @text must not hold “--”. */
static void
comment (xmlTextWriter *writer, const char *text)
{
  g_autofree char *padded = g_strdup_printf (" %s ", text);
  xmlTextWriterWriteComment (writer, BAD_CAST padded);
}

static void
write_usage (xmlTextWriter *writer, const RecordingProfile *self)
{
  g_autofree char *name = recording_profile_dup_file_name (self);
  const char *option = self->mode == RECORDING_MODE_FILE ? " -filemode" : "";
  g_autofree char *text
      = g_strdup_printf ("Start as administrator:  wpr -start %s%s\n"
                         "       then make the leak happen for a few minutes.\n"
                         "       Save:                    wpr -stop pool.etl \"pool leak\"\n"
                         "       Give up:                 wpr -cancel\n"
                         "       With -filemode everything goes to a file that grows until the end; without "
                         "it the newest events stay\n"
                         "       in memory and the oldest are lost.",
                         name, option);
  comment (writer, text);
}

static void
write_collectors (xmlTextWriter *writer, const RecordingProfile *self)
{
  g_autofree char *file = g_strdup_printf ("To a file: %u buffers of %u KB, %u MB of memory in all, bridge "
                                           "the moments in which the disk is slower than\n"
                                           "         the events come. Events lost? Raise Buffers. Too much "
                                           "memory? Lower it; the file does not get shorter.",
                                           self->n_file_buffers, self->buffer_kib,
                                           self->n_file_buffers * self->buffer_kib / 1024);
  g_autofree char *memory = g_strdup_printf (
      "In memory: the buffers are all there is. %u %% of the machine's memory; more keeps a longer time, and "
      "10 %% is\n"
      "         a sensible most. A recording that is longer than the buffers hold loses its beginning.",
      self->memory_percent);
  for (guint mode = RECORDING_MODE_FILE; mode <= RECORDING_MODE_MEMORY; mode++)
    {
      comment (writer, mode == RECORDING_MODE_FILE ? file : memory);
      start (writer, "SystemCollector");
      attribute (writer, "Id", collector_ids[mode]);
      attribute (writer, "Name", "NT Kernel Logger");
      number (writer, "BufferSize", self->buffer_kib);
      if (mode == RECORDING_MODE_FILE)
        number (writer, "Buffers", self->n_file_buffers);
      else
        {
          g_autofree char *percent = g_strdup_printf ("%u", self->memory_percent);
          start (writer, "Buffers");
          attribute (writer, "Value", percent);
          attribute (writer, "PercentageOfTotalMemory", "true");
          end (writer);
        }
      end (writer);
    }
}

static void
write_provider (xmlTextWriter *writer, const RecordingProfile *self)
{
  static const char *const keywords[] = { "CpuConfig", "Loader", "Pool", "ProcessThread" };
  static const struct
  {
    RecordingStacks wanted;
    const char *name;
  } stacks[] = {
    { RECORDING_STACKS_OF_ALLOCATIONS, "PoolAllocation" },
    { RECORDING_STACKS_OF_ALLOCATIONS, "PoolAllocationSession" },
    { RECORDING_STACKS_OF_FREES, "PoolFree" },
    { RECORDING_STACKS_OF_FREES, "PoolFreeSession" },
  };
  start (writer, "SystemProvider");
  attribute (writer, "Id", PROVIDER_ID);
  comment (writer,
           "Loader and ProcessThread say which driver an address belongs to and which process ran: symbols "
           "need both.");
  start (writer, "Keywords");
  for (gsize i = 0; i < G_N_ELEMENTS (keywords); i++)
    value (writer, "Keyword", keywords[i]);
  end (writer);
  if (self->stacks)
    {
      start (writer, "Stacks");
      for (gsize i = 0; i < G_N_ELEMENTS (stacks); i++)
        if (self->stacks & stacks[i].wanted)
          value (writer, "Stack", stacks[i].name);
      end (writer);
    }
  if (self->n_tags > 0)
    {
      comment (writer,
               "At most four tags of one to four characters; blanks belong to a tag. Without this list the\n"
               "           whole pool is recorded.");
      start (writer, "PoolTags");
      for (guint i = 0; i < self->n_tags; i++)
        value (writer, "PoolTag", self->tags[i]);
      end (writer);
    }
  end (writer);
}

static void
write_profile (xmlTextWriter *writer, const RecordingProfile *self, RecordingMode mode)
{
  g_autofree char *id = g_strdup_printf (PROFILE_NAME ".Verbose.%s", mode_names[mode]);
  g_autoptr (GString) description = g_string_new ("Pool usage");
  for (guint i = 0; i < self->n_tags; i++)
    g_string_append_printf (description, "%s “%s”",
                            i > 0               ? ","
                            : self->n_tags == 1 ? " of the tag"
                                                : " of the tags",
                            self->tags[i]);
  start (writer, "Profile");
  attribute (writer, "Id", id);
  attribute (writer, "Name", PROFILE_NAME);
  attribute (writer, "Description", description->str);
  attribute (writer, "LoggingMode", mode_names[mode]);
  attribute (writer, "DetailLevel", "Verbose");
  start (writer, "Collectors");
  start (writer, "SystemCollectorId");
  attribute (writer, "Value", collector_ids[mode]);
  value (writer, "SystemProviderId", PROVIDER_ID);
  end (writer);
  end (writer);
  end (writer);
}

static void
write_merge_properties (xmlTextWriter *writer)
{
  static const char *const events[] = { "ImageId", "BuildInfo", "VolumeMapping" };
  comment (writer,
           "Written when the recording is saved: ImageId says which symbol file belongs to each driver.");
  start (writer, "TraceMergeProperties");
  start (writer, "TraceMergeProperty");
  attribute (writer, "Id", "PoolTraceMerge");
  attribute (writer, "Name", "PoolTraceMerge");
  start (writer, "CustomEvents");
  for (gsize i = 0; i < G_N_ELEMENTS (events); i++)
    value (writer, "CustomEvent", events[i]);
  end (writer);
  end (writer);
  end (writer);
}

GBytes *
recording_profile_write (const RecordingProfile *self)
{
  xmlBuffer *buffer = xmlBufferCreate ();
  xmlTextWriter *writer = xmlNewTextWriterMemory (buffer, 0);
  xmlTextWriterSetIndent (writer, 1);
  xmlTextWriterSetIndentString (writer, BAD_CAST "  ");
  xmlTextWriterStartDocument (writer, "1.0", "utf-8", NULL);
  start (writer, "WindowsPerformanceRecorder");
  attribute (writer, "Version", "1.0");
  attribute (writer, "Author", "Poolscope");
  write_usage (writer, self);
  start (writer, "Profiles");
  write_collectors (writer, self);
  write_provider (writer, self);
  write_profile (writer, self, self->mode);
  write_profile (writer, self,
                 self->mode == RECORDING_MODE_FILE ? RECORDING_MODE_MEMORY : RECORDING_MODE_FILE);
  end (writer);
  write_merge_properties (writer);
  end (writer);
  xmlTextWriterEndDocument (writer);
  xmlFreeTextWriter (writer);
  GBytes *bytes = g_bytes_new (xmlBufferContent (buffer), (gsize) xmlBufferLength (buffer));
  xmlBufferFree (buffer);
  return bytes;
}
