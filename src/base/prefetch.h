/* Begins to bring a place into the cache that will be written or read soon.
 *
 * A function that does nothing else is thrown away by GCC 12 with its calls, as one without effect; so this is no bare
 * __builtin_prefetch.
 */
#pragma once

#define prefetch(place)                                                                                     \
  do                                                                                                        \
    {                                                                                                       \
      __builtin_prefetch ((place), 1);                                                                      \
      __asm__ volatile ("");                                                                                \
    }                                                                                                       \
  while (0)
