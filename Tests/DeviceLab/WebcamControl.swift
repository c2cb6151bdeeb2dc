/// A control of the lab's webcam.
enum WebcamControl: CaseIterable {
  case automaticExposure, exposure, automaticFocus, focus, brightness

  init?(entity: UInt8, selector: UInt8) {
    let found = Self.allCases.first { $0.entity == entity && $0.selector == selector }
    guard let found else { return nil }
    self = found
  }

  private var entity: UInt8 {
    self == .brightness ? WebcamDescriptors.processingUnit : WebcamDescriptors.cameraTerminal
  }

  private var selector: UInt8 {
    switch self {
    case .automaticExposure, .brightness: 2
    case .exposure: 4
    case .focus: 6
    case .automaticFocus: 8
    }
  }

  var length: Int {
    switch self {
    case .automaticExposure, .automaticFocus: 1
    case .focus, .brightness: 2
    case .exposure: 4
    }
  }

  /// The least value, the greatest, the step and the one from the factory.
  ///
  /// Automatic exposure has a bit for each mode; its step says which there are.
  private var figures: (minimum: Int, maximum: Int, step: Int, usual: Int) {
    switch self {
    case .automaticExposure: (1, 8, 0b1001, 8)
    case .exposure: (3, 2_047, 1, 250)
    case .automaticFocus: (0, 1, 1, 1)
    case .focus: (0, 250, 5, 0)
    case .brightness: (0, 255, 1, 128)
    }
  }

  var usual: Int { figures.usual }

  /// The control whose automatic has to be off, and the value by which it is.
  var master: (control: WebcamControl, off: Int)? {
    switch self {
    case .exposure: (.automaticExposure, 1)
    case .focus: (.automaticFocus, 0)
    case .automaticExposure, .automaticFocus, .brightness: nil
    }
  }

  /// What the camera answers to a question; nothing where it knows none.
  func answer(_ request: UInt8, current: Int) -> [UInt8]? {
    func number(_ value: Int) -> [UInt8] {
      WebcamDescriptors.littleEndian(value, count: length)
    }
    switch request {
    case WebcamRequest.current: return number(current)
    case WebcamRequest.minimum: return number(figures.minimum)
    case WebcamRequest.maximum: return number(figures.maximum)
    case WebcamRequest.resolution: return number(figures.step)
    case WebcamRequest.usual: return number(figures.usual)
    case WebcamRequest.length: return WebcamDescriptors.two(length)
    // It can be asked and set.
    case WebcamRequest.information: return [0b11]
    default: return nil
    }
  }
}

/// Requests of video devices (Video Class 1.0, table A-8).
enum WebcamRequest {
  static let set: UInt8 = 0x01
  static let current: UInt8 = 0x81
  static let minimum: UInt8 = 0x82
  static let maximum: UInt8 = 0x83
  static let resolution: UInt8 = 0x84
  static let length: UInt8 = 0x85
  static let information: UInt8 = 0x86
  static let usual: UInt8 = 0x87
}
