#include "export/allocation_list.h"

#include "analysis/dimension.h"
#include "export/csv_output.h"

/* Neighbours often share their stack. */
#define N_STACK_TEXTS 1024

/* The texts of stacks last written, by stack modulo the number of places. */
typedef struct
{
  guint32 stacks[N_STACK_TEXTS];
  char *texts[N_STACK_TEXTS]; /* (owned) (nullable) */
} StackTexts;

static void
stack_texts_free (StackTexts *self)
{
  for (guint i = 0; i < N_STACK_TEXTS; i++)
    g_free (self->texts[i]);
  g_free (self);
}

static const char *
get_stack_text (StackTexts *self, const AllocationList *list, guint32 stack)
{
  guint place = stack % N_STACK_TEXTS;
  if (!self->texts[place] || self->stacks[place] != stack)
    {
      g_free (self->texts[place]);
      self->stacks[place] = stack;
      self->texts[place] = dimension_dup_text (DIMENSION_STACK, list->trace, list->names, stack);
    }
  return self->texts[place];
}

static void
add_time (CsvOutput *csv, gint64 time_ns)
{
  if (time_ns == POOL_TIME_BEFORE || time_ns == POOL_TIME_NEVER)
    csv_output_add_field (csv, "");
  else
    csv_output_add_integer (csv, time_ns);
}

/* Process, thread and processor of the allocation. */
static void
add_context (CsvOutput *csv, const PoolTrace *trace, gsize row)
{
  const PoolContext *context = &trace->contexts[trace->intervals.context[row]];
  g_autofree char *process
    = context->process == POOL_INDEX_NONE ? g_strdup ("") : pool_process_dup_text (trace, context->process);
  csv_output_add_field (csv, process);
  if (context->thread_id == POOL_INDEX_NONE)
    csv_output_add_field (csv, "");
  else
    csv_output_add_unsigned (csv, context->thread_id);
  if (trace->intervals.processor[row] == G_MAXUINT16)
    csv_output_add_field (csv, "");
  else
    csv_output_add_unsigned (csv, trace->intervals.processor[row]);
}

static void
add_allocation (CsvOutput *csv, const AllocationList *list, StackTexts *stack_texts, gsize row)
{
  const PoolTrace *trace = list->trace;
  const PoolIntervals *intervals = &trace->intervals;
  const PoolSite *site = &trace->sites[intervals->site[row]];
  g_autofree char *address = g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", intervals->address[row]);
  g_autofree char *pool_type = pool_type_dup_text (site->pool_type, site->session);
  g_autofree char *tag = pool_tag_dup_text (site->tag);
  csv_output_add_field (csv, address);
  csv_output_add_unsigned (csv, intervals->size_bytes[row]);
  csv_output_add_field (csv, pool_type);
  csv_output_add_field (csv, tag);
  add_time (csv, intervals->allocated_ns[row]);
  add_time (csv, intervals->freed_ns[row]);
  add_context (csv, trace, row);
  csv_output_add_field (csv, get_stack_text (stack_texts, list, site->stack));
  csv_output_end_row (csv);
}

void
allocation_list_write_csv (const AllocationList *self, TextOutput *output)
{
  const PoolIntervals *intervals = &self->trace->intervals;
  CsvOutput csv = { .output = output };
  StackTexts *stack_texts = g_new0 (StackTexts, 1);
  text_output_add (output, "Address,Size,Pool Type,Pool Tag,Alloc ns,Free ns,Process,Thread,CPU,Stack\n");
  gsize n_written = 0;
  for (gsize row = 0; row < intervals->n && n_written < self->limit && !output->error; row++)
    {
      gint64 allocated_ns = intervals->allocated_ns[row], freed_ns = intervals->freed_ns[row];
      if (!time_range_touches (self->range, allocated_ns, freed_ns) || !pool_selection_has_row (self->selection, row)
          || !(self->selection->types >> time_range_classify (self->range, allocated_ns, freed_ns) & 1))
        continue;
      add_allocation (&csv, self, stack_texts, row);
      n_written++;
    }
  stack_texts_free (stack_texts);
}
