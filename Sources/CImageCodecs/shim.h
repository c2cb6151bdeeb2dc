#include <png.h>
#include <stdio.h>
#include <turbojpeg.h>
