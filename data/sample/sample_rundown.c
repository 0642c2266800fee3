#include "sample/sample_rundown.h"

#include "sample/sample_modules.h"
#include "sample/sample_processes.h"

#include <string.h>

#define BUILD_LAB "19045.1.amd64fre.vb_release.191206-1406"

/* When the trace's user started the leaking program's driver. */
static const double myfault_load_s = 3.4;

/* An image in a process, with when it was there as the process has it. */
typedef struct
{
  EtlImage image;
  double start_s, end_s;
} SampleImage;

struct _SampleRundown
{
  GArray *images; /* of SampleImage; complete before anything points into it */
  GPtrArray *strings;
  GArray *threads; /* of EtlThread, as sample_threads_get () */
  gint64 first_ticks, ticks_per_second;
};

static const char *
keep_string (SampleRundown *self, char *text)
{
  g_ptr_array_add (self->strings, text);
  return text;
}

static void
add_image (SampleRundown *self, const SampleModule *module, guint32 process_id, double start_s, double end_s)
{
  guint8 guid[16];
  sample_module_get_pdb_guid (module, guid);
  EtlGuid pdb_guid
      = { .data1 = (guint32)guid[0] | (guint32)guid[1] << 8 | (guint32)guid[2] << 16 | (guint32)guid[3] << 24,
          .data2 = (guint16)(guid[4] | guid[5] << 8),
          .data3 = (guint16)(guid[6] | guid[7] << 8) };
  memcpy (pdb_guid.data4, guid + 8, 8);
  SampleImage added = {
    .image = { .base = module->base,
               .size_bytes = module->size_bytes,
               .process_id = process_id,
               .check_sum = module->check_sum,
               .time_date_stamp = module->time_date_stamp,
               .default_base = sample_module_is_kernel (module) ? 0x1C0000000u : 0x180000000u,
               .path = keep_string (self, g_strconcat (module->folder, module->file_name, NULL)),
               .original_file_name = module->file_name,
               .pdb_guid = pdb_guid,
               .pdb_age = module->pdb_age,
               .pdb_name = module->pdb_name,
               .description = module->description,
               .company = module->company,
               .product = "Microsoft\302\256 Windows\302\256 Operating System",
               .file_version = module->version },
    .start_s = start_s,
    .end_s = end_s,
  };
  if (strstr (module->company, "Microsoft") == NULL)
    added.image.product = module->description;
  g_array_append_val (self->images, added);
}

static void
add_process_images (SampleRundown *self, const SampleProcess *process)
{
  g_auto (GStrv) names = g_strsplit (process->modules, " ", -1);
  for (guint i = 0; names[i] != NULL; i++)
    {
      const SampleModule *module = sample_modules_find (names[i], strlen (names[i]));
      if (module != NULL)
        add_image (self, module, process->process.process_id, process->start_s, process->end_s);
      else if (names[i][0] != '\0')
        g_error ("The sample has no module “%s”", names[i]);
    }
}

/* Makes the objects of all events; @first_ticks is second 0 of the processes' times. */
SampleRundown *
sample_rundown_new (gint64 first_ticks, gint64 ticks_per_second)
{
  SampleRundown *self = g_new0 (SampleRundown, 1);
  self->first_ticks = first_ticks;
  self->ticks_per_second = ticks_per_second;
  self->images = g_array_new (FALSE, FALSE, sizeof (SampleImage));
  self->strings = g_ptr_array_new_with_free_func (g_free);
  self->threads = g_array_new (FALSE, FALSE, sizeof (EtlThread));
  guint n_modules = 0, n_processes = 0, n_threads = 0;
  const SampleModule *modules = sample_modules_get (&n_modules);
  for (guint i = 0; i < n_modules; i++)
    if (sample_module_is_kernel (&modules[i]))
      add_image (self, &modules[i], 0, strcmp (modules[i].short_name, "myfault") == 0 ? myfault_load_s : 0,
                 0);
  const SampleProcess *processes = sample_processes_get (&n_processes);
  for (guint i = 0; i < n_processes; i++)
    add_process_images (self, &processes[i]);
  const SampleThread *threads = sample_threads_get (&n_threads);
  for (guint i = 0; i < n_threads; i++)
    {
      gboolean is_user = threads[i].process_id > 4;
      EtlThread thread = { .process_id = threads[i].process_id,
                           .thread_id = threads[i].thread_id,
                           .stack_base = 0xFFFFF40D10000000u + i * 0x8000u,
                           .start_address = is_user ? 0x00007FFB1C522660u : 0xFFFFF80367E01230u,
                           .teb = is_user ? 0x000000D5A0200000u + i * 0x2000u : 0,
                           .sub_process_tag = threads[i].sub_process_tag,
                           .name = threads[i].name != NULL ? threads[i].name : "" };
      g_array_append_val (self->threads, thread);
    }
  return self;
}

void
sample_rundown_free (SampleRundown *self)
{
  g_array_unref (self->images);
  g_ptr_array_unref (self->strings);
  g_array_unref (self->threads);
  g_free (self);
}

/* Writes what is known of Windows and the machine; the part that only a merge adds if @is_merged. */
void
sample_rundown_write_machine (EtlWriter *writer, const EtlEvent *at, gboolean is_merged)
{
  /* Process, thread, image, context switch and the pool. */
  static const guint32 masks[8] = { 0x01000007, 0x00000040 };
  static const EtlMachine machine = { .mhz = 2904,
                                      .n_processors = 4,
                                      .memory_mib = 8192,
                                      .computer_name = "DESKTOP-7L2QF0K",
                                      .domain = "WORKGROUP" };
  guint n_services = 0;
  const EtlService *services = sample_services_get (&n_services);
  if (is_merged)
    {
      EtlEvent injected = *at;
      injected.process_id = injected.thread_id = G_MAXUINT32;
      etl_writer_build_info (writer, &injected, 0x01D9A5F4BB78CE00, BUILD_LAB, "Windows 10 Pro");
      etl_writer_system_paths (writer, &injected, "C:\\Windows\\system32\\", "C:\\Windows\\");
      etl_writer_volume_mapping (writer, &injected, "\\Device\\HarddiskVolume3\\", "C:\\");
      etl_writer_volume_mapping (writer, &injected, "\\SystemRoot\\", "C:\\Windows\\");
      etl_writer_volume_mapping (writer, &injected, "\\??\\", "");
    }
  etl_writer_group_masks (writer, at, ETL_GROUP_MASKS, masks, 0x50);
  etl_writer_build_lab (writer, at, BUILD_LAB);
  etl_writer_processor_config (writer, at, &machine);
  for (guint i = 0; i < n_services; i++)
    etl_writer_service (writer, at, &services[i]);
}

/* Whether something that lived from @start_s to @end_s (0: all the time) is in this rundown. */
static gboolean
is_present (double start_s, double end_s, gboolean is_end)
{
  return is_end ? end_s <= 0 : start_s <= 0;
}

static void
write_images (SampleRundown *self, EtlWriter *writer, const EtlEvent *at, gboolean is_end,
              gboolean with_identities)
{
  for (guint i = 0; i < self->images->len; i++)
    {
      const SampleImage *present = &g_array_index (self->images, SampleImage, i);
      if (!is_present (present->start_s, present->end_s, is_end))
        continue;
      if (with_identities)
        etl_writer_image_identity (writer, at, &present->image);
      EtlImage image = present->image;
      if (image.process_id != 0)
        image.time_date_stamp = 0; /* known for kernel modules only */
      etl_writer_image (writer, at, is_end ? ETL_IMAGE_DC_END : ETL_IMAGE_DC_START, &image);
    }
}

/* Writes the processes, threads and images at the trace's start or end, all at the time of @at. */
void
sample_rundown_write (SampleRundown *self, EtlWriter *writer, const EtlEvent *at, gboolean is_end,
                      gboolean with_identities)
{
  guint n_processes = 0, n_threads = 0;
  const SampleProcess *processes = sample_processes_get (&n_processes);
  const SampleThread *threads = sample_threads_get (&n_threads);
  for (guint i = 0; i < n_processes; i++)
    if (is_present (processes[i].start_s, processes[i].end_s, is_end))
      etl_writer_process (writer, at, is_end ? ETL_PROCESS_DC_END : ETL_PROCESS_DC_START,
                          &processes[i].process);
  for (guint i = 0; i < n_threads; i++)
    {
      SampleRole role = threads[i].role;
      double start_s = role == SAMPLE_ROLE_NOTMYFAULT ? 1 : 0;
      double end_s = role == SAMPLE_ROLE_BACKGROUND_TASK ? 1 : 0;
      if (is_present (start_s, end_s, is_end))
        etl_writer_thread (writer, at, is_end ? ETL_THREAD_DC_END : ETL_THREAD_DC_START,
                           &g_array_index (self->threads, EtlThread, i));
    }
  write_images (self, writer, at, is_end, with_identities);
}

static void
log_object (SampleRundown *self, SampleLog *log, SampleRecordKind kind, guint16 hook, double at_s,
            guint32 process_id, guint32 thread_id, gconstpointer object, gboolean with_identity)
{
  SampleRecord record = { .ticks = self->first_ticks + (gint64)(at_s * (double)self->ticks_per_second),
                          .kind = (guint8)kind,
                          .hook = hook,
                          .processor = 1,
                          .process_id = process_id,
                          .thread_id = thread_id,
                          .object = object,
                          .with_identity = with_identity != 0 };
  sample_log_add (log, &record);
}

/* Logs the starts and ends of processes with their threads and images, and the load of the driver. The
 * headers' ids are the creator's. */
void
sample_rundown_log_changes (SampleRundown *self, SampleLog *log, gboolean with_identities)
{
  guint n_processes = 0;
  const SampleProcess *processes = sample_processes_get (&n_processes);
  for (guint i = 0; i < n_processes; i++)
    {
      const SampleProcess *process = &processes[i];
      guint32 process_id = process->process.process_id;
      SampleRole role = process->start_s > 0 ? SAMPLE_ROLE_NOTMYFAULT : SAMPLE_ROLE_BACKGROUND_TASK;
      const EtlThread *thread = NULL;
      guint n_threads = 0;
      const SampleThread *threads = sample_threads_get (&n_threads);
      for (guint j = 0; j < n_threads; j++)
        if (threads[j].process_id == process_id && threads[j].role == role)
          thread = &g_array_index (self->threads, EtlThread, j);
      if (process->start_s > 0)
        {
          log_object (self, log, SAMPLE_RECORD_PROCESS, ETL_PROCESS_START, process->start_s, 4120, 4124,
                      &process->process, FALSE);
          log_object (self, log, SAMPLE_RECORD_THREAD, ETL_THREAD_START, process->start_s + 0.0001, 4120,
                      4124, thread, FALSE);
        }
      if (process->end_s > 0)
        {
          log_object (self, log, SAMPLE_RECORD_THREAD, ETL_THREAD_END, process->end_s, process_id,
                      thread->thread_id, thread, FALSE);
          log_object (self, log, SAMPLE_RECORD_PROCESS, ETL_PROCESS_END, process->end_s + 0.0004, process_id,
                      thread->thread_id, &process->process, FALSE);
        }
    }
  for (guint i = 0; i < self->images->len; i++)
    {
      const SampleImage *image = &g_array_index (self->images, SampleImage, i);
      guint32 process_id = image->image.process_id != 0 ? image->image.process_id : 4;
      guint32 thread_id = image->image.process_id != 0 ? 5540 : 124;
      if (image->start_s > 0)
        log_object (self, log, SAMPLE_RECORD_IMAGE, ETL_IMAGE_LOAD, image->start_s + 0.001 + i * 0.00001,
                    process_id, thread_id, &image->image, with_identities);
      if (image->end_s > 0)
        log_object (self, log, SAMPLE_RECORD_IMAGE, ETL_IMAGE_UNLOAD, image->end_s + 0.0002 + i * 0.0000001,
                    process_id, 5316, &image->image, FALSE);
    }
}
