#include "bench_process.h"

#include "bench_clock.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

BenchCost
bench_process_measure (const char *const *arguments, const char *input, const char *output)
{
  struct rusage usage;
  int status = 0;
  gint64 start_us = g_get_monotonic_time ();
  pid_t child = fork ();
  if (child == 0)
    {
      int in = open (input ? input : "/dev/null", O_RDONLY);
      int out = open (output ? output : "/dev/null", O_WRONLY | O_CREAT | O_TRUNC, 0666);
      dup2 (in, STDIN_FILENO);
      dup2 (out, STDOUT_FILENO);
      execvp (arguments[0], (char **) arguments);
      _exit (127);
    }
  g_assert_cmpint (child, >, 0);
  g_assert_cmpint (wait4 (child, &status, 0, &usage), ==, child);
  g_assert_cmpint (status, ==, 0);
  return (BenchCost){ bench_clock_seconds_since (start_us),
                      (double) usage.ru_maxrss * 1024 };
}
