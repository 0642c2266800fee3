#pragma once

#include <glib.h>

enum
{
  SAMPLE_STACK_MAXIMUM_FRAMES = 32,
};

/* The return addresses of one stack part, innermost first. */
typedef struct
{
  guint64 frames[SAMPLE_STACK_MAXIMUM_FRAMES];
  guint n_frames;
} SampleStack;

void sample_stack_resolve (SampleStack *self, const char *text, guint variant);
