#include "devices_input.h"
#include "patient_ioctl.h"

#include <stdint.h>
#include <sys/ioctl.h>
#include <time.h>

int lt_input_grab(int descriptor, int grab) {
  // This request takes its number in place of a pointer.
  return lt_patient_ioctl(descriptor, EVIOCGRAB, (void *)(intptr_t)grab);
}

int lt_input_id(int descriptor, struct input_id *id) {
  return lt_patient_ioctl(descriptor, EVIOCGID, id);
}

int lt_input_name(int descriptor, char *name, size_t capacity) {
  return lt_patient_ioctl(descriptor, EVIOCGNAME(capacity), name);
}

int lt_input_bits(int descriptor, unsigned type, void *bits, size_t capacity) {
  return lt_patient_ioctl(descriptor, EVIOCGBIT(type, capacity), bits);
}

int lt_input_keys(int descriptor, void *bits, size_t capacity) {
  return lt_patient_ioctl(descriptor, EVIOCGKEY(capacity), bits);
}

int lt_input_leds(int descriptor, void *bits, size_t capacity) {
  return lt_patient_ioctl(descriptor, EVIOCGLED(capacity), bits);
}

int lt_input_use_monotonic_clock(int descriptor) {
  int clock = CLOCK_MONOTONIC;
  return lt_patient_ioctl(descriptor, EVIOCSCLOCKID, &clock);
}
