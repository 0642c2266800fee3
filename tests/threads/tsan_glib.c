/* Tells ThreadSanitizer about GLib's locks. GLib is not built with it and locks by futexes, which
 * it cannot see, so that correct programs would be reported. These functions stand before GLib's in
 * the test programs: they call them, and say which memory a lock hands over. Linked only into
 * builds with -Db_sanitize=thread.
 */
#include <dlfcn.h>
#include <glib.h>

void __tsan_acquire (void *address);
void __tsan_release (void *address);

/* Declares `real`, the GLib function of the same name and type. */
#define REAL_FUNCTION(name) \
  static __typeof__ (name) *real; \
  if (__atomic_load_n (&real, __ATOMIC_ACQUIRE) == NULL) \
    { \
      __typeof__ (name) *found; \
      *(void **) &found = dlsym (RTLD_NEXT, #name); \
      __atomic_store_n (&real, found, __ATOMIC_RELEASE); \
    }

void
g_mutex_lock (GMutex *mutex)
{
  REAL_FUNCTION (g_mutex_lock)
  real (mutex);
  __tsan_acquire (mutex);
}

gboolean
g_mutex_trylock (GMutex *mutex)
{
  REAL_FUNCTION (g_mutex_trylock)
  const gboolean locked = real (mutex);

  if (locked)
    __tsan_acquire (mutex);
  return locked;
}

void
g_mutex_unlock (GMutex *mutex)
{
  REAL_FUNCTION (g_mutex_unlock)
  __tsan_release (mutex);
  real (mutex);
}

void
g_cond_wait (GCond *condition, GMutex *mutex)
{
  REAL_FUNCTION (g_cond_wait)
  __tsan_release (mutex);
  real (condition, mutex);
  __tsan_acquire (mutex);
}

gboolean
g_cond_wait_until (GCond *condition, GMutex *mutex, gint64 end_time)
{
  REAL_FUNCTION (g_cond_wait_until)
  __tsan_release (mutex);
  const gboolean signalled = real (condition, mutex, end_time);
  __tsan_acquire (mutex);
  return signalled;
}

void
g_async_queue_push (GAsyncQueue *queue, gpointer data)
{
  REAL_FUNCTION (g_async_queue_push)
  __tsan_release (queue);
  real (queue, data);
}

gpointer
g_async_queue_pop (GAsyncQueue *queue)
{
  REAL_FUNCTION (g_async_queue_pop)
  gpointer data = real (queue);

  __tsan_acquire (queue);
  return data;
}

gpointer
g_async_queue_try_pop (GAsyncQueue *queue)
{
  REAL_FUNCTION (g_async_queue_try_pop)
  gpointer data = real (queue);

  __tsan_acquire (queue);
  return data;
}

/* What a pool's worker gets instead of the caller's function. Lives as long as the process: GLib
 * does not say when the last worker has let go of it. */
typedef struct
{
  GFunc function;
  gpointer user_data;
} PoolWork;

static void
run_pool_work (gpointer data, gpointer user_data)
{
  PoolWork *work = user_data;

  __tsan_acquire (work);
  work->function (data, work->user_data);
  __tsan_release (work);
}

GThreadPool *
g_thread_pool_new (GFunc function, gpointer user_data, gint most_threads, gboolean exclusive, GError **error)
{
  REAL_FUNCTION (g_thread_pool_new)
  static GAsyncQueue *works;
  PoolWork *work = g_new (PoolWork, 1);

  work->function = function;
  work->user_data = user_data;
  if (g_once_init_enter (&works))
    g_once_init_leave (&works, g_async_queue_new ());
  g_async_queue_push (works, work);
  return real (run_pool_work, work, most_threads, exclusive, error);
}

gboolean
g_thread_pool_push (GThreadPool *pool, gpointer data, GError **error)
{
  REAL_FUNCTION (g_thread_pool_push)
  __tsan_release (pool->user_data);
  return real (pool, data, error);
}

void
g_thread_pool_free (GThreadPool *pool, gboolean immediate, gboolean wait)
{
  REAL_FUNCTION (g_thread_pool_free)
  gpointer work = pool->user_data;

  real (pool, immediate, wait);
  if (wait)
    __tsan_acquire (work);
}
