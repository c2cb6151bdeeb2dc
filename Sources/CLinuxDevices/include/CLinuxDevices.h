#pragma once

// Linux's device interfaces for Swift: the structures of the kernel's headers, and one typed
// function for each ioctl request, because request macros such as VIDIOC_QBUF don't import.
//
// Every function repeats a call that a signal cut short, and returns what ioctl(2) returns: -1 with
// the reason in errno.
#include "devices_hidraw.h"
#include "devices_input.h"
#include "devices_terminal.h"
#include "devices_video.h"

#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <xkbcommon/xkbcommon.h>
