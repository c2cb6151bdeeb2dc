#pragma once

#include <termios.h>

/// Makes a terminal a plain pipe of bytes: 8 bits, no echo, no signals, no modem lines.
///
/// `speed` is one of the B constants of termios.h, such as B9600.
int lt_terminal_make_raw(int descriptor, speed_t speed);

/// TIOCEXCL: keeps other programs from opening the terminal as long as it is open here.
int lt_terminal_exclude_others(int descriptor);
