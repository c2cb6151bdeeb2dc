#pragma once

#include <linux/input.h>
#include <stddef.h>

/// EVIOCGRAB: takes all of a device's events for this descriptor alone, or gives them back.
int lt_input_grab(int descriptor, int grab);

/// EVIOCGID: bus, vendor, product and version.
int lt_input_id(int descriptor, struct input_id *id);

/// EVIOCGNAME: the device's name with its NUL; returns its length.
int lt_input_name(int descriptor, char *name, size_t capacity);

/// EVIOCGBIT: which codes of an event type the device can send, a bit each; type 0 asks for types.
int lt_input_bits(int descriptor, unsigned type, void *bits, size_t capacity);

/// EVIOCGKEY: which keys are down now, a bit each.
int lt_input_keys(int descriptor, void *bits, size_t capacity);

/// EVIOCGLED: which lights are on now, a bit each.
int lt_input_leds(int descriptor, void *bits, size_t capacity);

/// EVIOCSCLOCKID: stamps events with the monotonic clock, which never jumps.
int lt_input_use_monotonic_clock(int descriptor);
