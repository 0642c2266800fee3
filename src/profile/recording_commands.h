/* The commands with which a profile is recorded on Windows, ready to be pasted into a command prompt. */
#pragma once

#include "profile/recording_profile.h"

typedef enum
{
  RECORDING_WAY_WPR_BUILT_IN, /* wpr with the profiles that Windows has; all of the pool only */
  RECORDING_WAY_WPR_PROFILE,  /* wpr with the .wprp file of the profile */
  RECORDING_WAY_XPERF,
} RecordingWay;

typedef struct
{
  RecordingWay way;
  const char *purpose; /* what it is for: English, marked for translation */
  char *command;       /* (owned): one line */
} RecordingCommand;

/* @file_name (nullable): of the saved profile, instead of recording_profile_dup_file_name().
 * Returns: (transfer full) (element-type RecordingCommand): in the order of use, way by way. The built-in way
 * is left out when there are tags, which it cannot filter. Commands are quoted for an interactive cmd.exe. */
GPtrArray *recording_commands_new (const RecordingProfile *profile, const char *file_name);

/* Switches off the paging of drivers, which 64-bit Windows 7 needs before stacks are whole; then a restart.
 */
#define RECORDING_COMMAND_PAGING_OFF "wpr -disablepagingexecutive on"

/* Returns: (transfer full): @argument so that cmd.exe hands it to a program as it is: in double quotes where
 * it has to be, with carets where quotes do not help (percent signs, double quotes). */
char *recording_command_quote (const char *argument);
