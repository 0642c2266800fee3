#include "app/session/stack_tag_files.h"

#include "app/settings/app_settings.h"
#include "app/test_log.h"

#define KEY "stack-tag-files"

struct _StackTagFiles
{
  GObject parent_instance;
  GPtrArray *files;          /* (owned): of StackTagFile */
  StackTags *tags;           /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): of the newest reading */
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (StackTagFiles, stack_tag_files, G_TYPE_OBJECT)

static void
stack_tag_file_free (gpointer data)
{
  StackTagFile *file = data;
  g_free (file->path);
  g_free (file->problem);
  g_free (file);
}

/* Reading */

typedef struct
{
  char **paths;     /* (owned) */
  GPtrArray *files; /* (owned): what comes of it */
  StackTags *tags;  /* (owned) */
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;
  g_strfreev (job->paths);
  g_clear_pointer (&job->files, g_ptr_array_unref);
  g_clear_pointer (&job->tags, stack_tags_unref);
  g_free (job);
}

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  job->files = g_ptr_array_new_with_free_func (stack_tag_file_free);
  job->tags = stack_tags_new ();
  for (char **path = job->paths; *path != NULL; path++)
    {
      g_autoptr (GError) error = NULL;
      StackTagFile *file = g_new0 (StackTagFile, 1);
      guint n_before = stack_tags_get_n_entry_points (job->tags);
      file->path = g_strdup (*path);
      if (!stack_tags_add_file (job->tags, *path, &error))
        file->problem = g_strdup (error->message);
      file->n_entry_points = stack_tags_get_n_entry_points (job->tags) - n_before;
      g_ptr_array_add (job->files, file);
    }
  g_task_return_boolean (task, TRUE);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  StackTagFiles *self = STACK_TAG_FILES (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  if (g_task_get_cancellable (G_TASK (result)) != self->cancellable)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  self->files = g_steal_pointer (&job->files);
  g_clear_pointer (&self->tags, stack_tags_unref);
  if (stack_tags_get_n_entry_points (job->tags) > 0)
    self->tags = g_steal_pointer (&job->tags);
  for (guint i = 0; i < self->files->len; i++)
    {
      const StackTagFile *file = self->files->pdata[i];
      test_log_add ("stack tags %s entry-points=%u problem=%s", file->path, file->n_entry_points,
                    file->problem != NULL ? file->problem : "");
    }
  test_log_add ("stack tags files=%u", self->files->len);
  g_signal_emit (self, changed_signal, 0);
}

void
stack_tag_files_reload (StackTagFiles *self)
{
  Job *job = g_new0 (Job, 1);
  job->paths = app_settings_get_strv (app_settings_get (), KEY);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_autoptr (GTask) task = g_task_new (self, self->cancellable, on_done, NULL);
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, run_job);
}

static void
on_setting_changed (AppSettings *settings, const char *key, gpointer data)
{
  stack_tag_files_reload (data);
}

/* Choosing */

static void
set_paths (char **paths)
{
  app_settings_set_strv (app_settings_get (), KEY, (const char *const *) paths);
}

void
stack_tag_files_add (StackTagFiles *self, const char *path)
{
  g_auto (GStrv) paths = app_settings_get_strv (app_settings_get (), KEY);
  if (g_strv_contains ((const char *const *) paths, path))
    {
      stack_tag_files_reload (self);
      return;
    }
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **) paths);
  g_strv_builder_add (builder, path);
  g_auto (GStrv) more = g_strv_builder_end (builder);
  set_paths (more);
}

void
stack_tag_files_remove (StackTagFiles *self, guint index)
{
  g_auto (GStrv) paths = app_settings_get_strv (app_settings_get (), KEY);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; paths[i] != NULL; i++)
    if (i != index)
      g_strv_builder_add (builder, paths[i]);
  g_auto (GStrv) fewer = g_strv_builder_end (builder);
  set_paths (fewer);
}

void
stack_tag_files_raise (StackTagFiles *self, guint index)
{
  g_auto (GStrv) paths = app_settings_get_strv (app_settings_get (), KEY);
  if (index == 0 || index >= g_strv_length (paths))
    return;
  char *raised = paths[index];
  paths[index] = paths[index - 1];
  paths[index - 1] = raised;
  set_paths (paths);
}

const GPtrArray *
stack_tag_files_list (StackTagFiles *self)
{
  return self->files;
}

StackTags *
stack_tag_files_get_tags (StackTagFiles *self)
{
  return self->tags;
}

StackTagFiles *
stack_tag_files_get (void)
{
  static StackTagFiles *files = NULL;
  if (files == NULL)
    {
      files = g_object_new (STACK_TYPE_TAG_FILES, NULL);
      stack_tag_files_reload (files);
    }
  return files;
}

static void
stack_tag_files_dispose (GObject *object)
{
  StackTagFiles *self = STACK_TAG_FILES (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  g_clear_pointer (&self->tags, stack_tags_unref);
  G_OBJECT_CLASS (stack_tag_files_parent_class)->dispose (object);
}

static void
stack_tag_files_class_init (StackTagFilesClass *class)
{
  G_OBJECT_CLASS (class)->dispose = stack_tag_files_dispose;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (class), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
stack_tag_files_init (StackTagFiles *self)
{
  self->files = g_ptr_array_new_with_free_func (stack_tag_file_free);
  g_signal_connect_object (app_settings_get (), "changed::" KEY, G_CALLBACK (on_setting_changed), self, 0);
}
