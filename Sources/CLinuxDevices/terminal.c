#include "devices_terminal.h"
#include "patient_ioctl.h"

#include <sys/ioctl.h>

int lt_terminal_make_raw(int descriptor, speed_t speed) {
  struct termios settings;
  if (tcgetattr(descriptor, &settings) == -1) return -1;
  cfmakeraw(&settings);
  // A scanner has no modem lines; without CLOCAL a missing carrier reads as the end of the file.
  settings.c_cflag |= CLOCAL | CREAD;
  settings.c_cflag &= ~(tcflag_t)(CSTOPB | CRTSCTS | HUPCL);
  settings.c_cc[VMIN] = 1;
  settings.c_cc[VTIME] = 0;
  if (cfsetspeed(&settings, speed) == -1) return -1;
  if (tcsetattr(descriptor, TCSANOW, &settings) == -1) return -1;
  // What came before anybody listened is no scan of now.
  return tcflush(descriptor, TCIFLUSH);
}

int lt_terminal_exclude_others(int descriptor) {
  return lt_patient_ioctl(descriptor, TIOCEXCL, 0);
}
