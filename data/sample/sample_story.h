#pragma once

#include <glib.h>

typedef enum
{
  SAMPLE_STORY_LEAK,     /* a driver leaks for over a minute among honest traffic */
  SAMPLE_STORY_CIRCULAR, /* the end of a longer recording, with losses */
} SampleStoryKind;

GBytes *sample_story_make (SampleStoryKind kind);
