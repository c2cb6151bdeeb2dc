#pragma once

// libpng's simplified API and TurboJPEG. Both report errors by return value, so Swift may call them
// directly; the classic interfaces of both libraries longjmp over their caller and may not be used.
#include <png.h>
#include <turbojpeg.h>
