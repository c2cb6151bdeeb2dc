/// How a device hands over what it reads.
package enum DeviceKind: String, Hashable, Sendable, CaseIterable, Codable {
  /// It types, through evdev.
  case keyboard
  /// It sends lines, through a terminal.
  case serial
  /// It sends reports of the HID usage page for bar code scanners, through hidraw.
  case hidPOS = "hid-pos"
  /// It sends frames, through V4L2.
  case camera
  /// Pictures are put into it.
  case folder
}
