package import Labels

/// How a device is.
package enum DeviceState: String, Hashable, Sendable {
  /// It is being read.
  case present
  /// It was unplugged.
  case gone
  /// It may not be opened, or another program has it.
  case denied
  /// It gives more codes than anybody can scan, and is not listened to for a while.
  case mad
  /// It is plugged in and can't be read.
  case failing
}

/// A device as the page shows it.
package struct DeviceStatus: Hashable, Sendable {
  package let device: String
  package let kind: DeviceKind
  package var state: DeviceState
  /// The last thing that went wrong, until a good scan or frame.
  package var trouble: DeviceError?
  /// Good scans since the station started.
  package var scanCount = 0

  /// Whether somebody has to look after it.
  package var needsCare: Bool { state != .present || trouble != nil }

  package init(device: String, kind: DeviceKind, state: DeviceState) {
    self.device = device
    self.kind = kind
    self.state = state
  }

  /// How the device is and what to do, where something is wrong, for the person at the screen.
  package func words(in language: Language) -> String {
    if let trouble { return trouble.advice(of: device, in: language) }
    switch (state, language) {
    case (.present, .vietnamese): return "\(device): sẵn sàng."
    case (.present, .english): return "\(device): ready."
    case (.gone, .vietnamese): return "\(device): đã rút ra. Hãy cắm lại nếu cần dùng."
    case (.gone, .english): return "\(device): unplugged. Plug it in again to use it."
    case (.mad, .vietnamese): return "\(device): gửi quá nhiều mã. Hãy rút ra rồi cắm lại."
    case (.mad, .english): return "\(device): sends too many codes. Unplug it and plug it in."
    case (_, .vietnamese): return "\(device): không đọc được."
    case (_, .english): return "\(device): can't be read."
    }
  }
}
