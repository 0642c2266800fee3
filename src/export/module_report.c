#include "export/module_report.h"

#include "analysis/dimension.h"
#include "base/number_format.h"
#include "base/tick_clock.h"
#include "export/csv_output.h"
#include "export/json_document.h"

#include <string.h>

/* What one image shows; texts are empty where nothing is known. */
typedef struct
{
  const PoolImage *image;
  char *base_address, *process, *loaded_ns, *unloaded_ns, *time_stamp, *pdb_key; /* (owned) */
  char *symbols; /* (owned): state of the symbols, and why */
} ModuleTexts;

static void
module_texts_clear (ModuleTexts *self)
{
  g_free (self->base_address);
  g_free (self->process);
  g_free (self->loaded_ns);
  g_free (self->unloaded_ns);
  g_free (self->time_stamp);
  g_free (self->pdb_key);
  g_free (self->symbols);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ModuleTexts, module_texts_clear)

static char *
dup_time (gint64 time_ns)
{
  return time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER
             ? g_strdup ("")
             : g_strdup_printf ("%" G_GINT64_FORMAT, time_ns);
}

static char *
dup_process (const PoolTrace *trace, const PoolImage *image)
{
  if (image->process != POOL_INDEX_NONE)
    return pool_process_dup_text (trace, image->process);
  return image->process_id == 0 ? g_strdup ("kernel") : g_strdup_printf ("%u", image->process_id);
}

static ModuleTexts
module_texts_make (const PoolTrace *trace, const SymbolModules *modules, const char *why_not, gsize index)
{
  const PoolImage *image = &trace->images[index];
  char *pdb_key = symbol_modules_dup_pdb_key (image);
  return (ModuleTexts){
    .image = image,
    .base_address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", image->base_address),
    .process = dup_process (trace, image),
    .loaded_ns = dup_time (image->loaded_ns),
    .unloaded_ns = dup_time (image->unloaded_ns),
    .time_stamp = image->time_date_stamp ? g_strdup_printf ("0x%x", image->time_date_stamp) : g_strdup (""),
    .pdb_key = pdb_key ? pdb_key : g_strdup (""),
    .symbols = symbol_modules_dup_image_state (modules, (guint32) index, why_not),
  };
}

void
module_report_write_csv (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                         TextOutput *output)
{
  CsvOutput csv = { output, FALSE };
  static const char *const names[]
      = { "Module",     "Path",    "Base", "Size",    "Process", "Load ns", "Unload ns",
          "Time Stamp", "Version", "PDB",  "PDB Key", "Frames",  "Symbols" };
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    csv_output_add_field (&csv, names[i]);
  csv_output_end_row (&csv);
  for (gsize i = 0; i < trace->n_images && !output->error; i++)
    {
      g_auto (ModuleTexts) texts = module_texts_make (trace, modules, why_not, i);
      const PoolImage *image = texts.image;
      csv_output_add_field (&csv, image->file_name);
      csv_output_add_field (&csv, image->path);
      csv_output_add_field (&csv, texts.base_address);
      csv_output_add_unsigned (&csv, image->size_bytes);
      csv_output_add_field (&csv, texts.process);
      csv_output_add_field (&csv, texts.loaded_ns);
      csv_output_add_field (&csv, texts.unloaded_ns);
      csv_output_add_field (&csv, texts.time_stamp);
      csv_output_add_field (&csv, image->file_version ? image->file_version : "");
      csv_output_add_field (&csv, image->pdb_name ? image->pdb_name : "");
      csv_output_add_field (&csv, texts.pdb_key);
      csv_output_add_unsigned (&csv, image->n_frames);
      csv_output_add_field (&csv, texts.symbols);
      csv_output_end_row (&csv);
    }
}

static void
write_time_line (const char *label, gint64 time_ns, TextOutput *output)
{
  if (time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER)
    return;
  g_autofree char *text = format_time (time_ns, NS_PER_SECOND / 1000000);
  text_output_printf (output, "  %s %s\n", label, text);
}

/* A block of lines per image. */
void
module_report_write_text (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                          TextOutput *output)
{
  for (gsize i = 0; i < trace->n_images && !output->error; i++)
    {
      g_auto (ModuleTexts) texts = module_texts_make (trace, modules, why_not, i);
      const PoolImage *image = texts.image;
      text_output_add_line_safe (output, image->file_name);
      text_output_printf (output, " (");
      text_output_add_line_safe (output, texts.process);
      text_output_add (output, ")\n  path ");
      text_output_add_line_safe (output, image->path);
      text_output_printf (output,
                          "\n  base %s, size 0x%" G_GINT64_MODIFIER "x, frames %" G_GUINT64_FORMAT "\n",
                          texts.base_address, image->size_bytes, image->n_frames);
      write_time_line ("loaded at", image->loaded_ns, output);
      write_time_line ("unloaded at", image->unloaded_ns, output);
      if (*texts.time_stamp)
        text_output_printf (output, "  time stamp %s\n", texts.time_stamp);
      if (image->file_version)
        {
          text_output_add (output, "  version ");
          text_output_add_line_safe (output, image->file_version);
          text_output_add (output, "\n");
        }
      if (image->has_pdb_identity)
        {
          text_output_add (output, "  PDB ");
          text_output_add_line_safe (output, image->pdb_name ? image->pdb_name : "");
          text_output_printf (output, " %s\n", texts.pdb_key);
        }
      text_output_printf (output, "  symbols %s\n", texts.symbols);
    }
}

static void
write_json_image (const ModuleTexts *texts, TextOutput *output)
{
  const PoolImage *image = texts->image;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_document_add_string (builder, "module", image->file_name);
  json_document_add_string (builder, "path", image->path);
  json_document_add_string (builder, "base", texts->base_address);
  json_document_add_unsigned (builder, "size_bytes", image->size_bytes);
  json_document_add_string (builder, "process", texts->process);
  json_document_add_time (builder, "loaded_ns", image->loaded_ns);
  json_document_add_time (builder, "unloaded_ns", image->unloaded_ns);
  json_document_add_string (builder, "time_stamp", *texts->time_stamp ? texts->time_stamp : NULL);
  json_document_add_string (builder, "version", image->file_version);
  json_document_add_string (builder, "pdb", image->pdb_name);
  json_document_add_string (builder, "pdb_key", *texts->pdb_key ? texts->pdb_key : NULL);
  json_document_add_unsigned (builder, "frames", image->n_frames);
  json_document_add_string (builder, "symbols", texts->symbols);
  json_document_write_row (builder, output);
}

void
module_report_write_json (const PoolTrace *trace, const SymbolModules *modules, const char *why_not,
                          TextOutput *output)
{
  g_autoptr (JsonBuilder) builder = json_document_begin ("modules", trace);
  json_document_add_health (builder, trace);
  json_document_write_open (builder, "modules", output);
  for (gsize i = 0; i < trace->n_images && !output->error; i++)
    {
      g_auto (ModuleTexts) texts = module_texts_make (trace, modules, why_not, i);
      text_output_add (output, i > 0 ? ",\n    " : "\n    ");
      write_json_image (&texts, output);
    }
  json_document_write_close (output);
}
