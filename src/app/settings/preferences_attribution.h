/* The page of the preferences about modules and pool tags. */
#pragma once

#include "app/widgets/info_window.h"

void preferences_attribution_add_page (InfoWindow *window);
