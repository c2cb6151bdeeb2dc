/// How a camera is set.
package struct CameraSettings: Hashable, Sendable {
  package var size: FrameSize
  /// The pixel format to use where the camera offers it; nothing leaves it to ``CameraFormat``.
  package var format: PixelFormat?
  /// Values for the controls that the camera may have, such as a fixed focus.
  package var controls: [CameraControl: Int32]

  package static let usual = CameraSettings(size: .usual, controls: [:])

  package init(
    size: FrameSize, format: PixelFormat? = nil, controls: [CameraControl: Int32]
  ) {
    self.size = size
    self.format = format
    self.controls = controls
  }
}

/// The controls that matter for labels, by the names that `v4l2-ctl` prints.
///
/// In the order in which they are set: a fixed value holds only once its automatic is off.
package enum CameraControl: String, Hashable, Sendable, CaseIterable {
  case automaticExposure = "auto_exposure"
  case exposure = "exposure_time_absolute"
  case automaticFocus = "focus_automatic_continuous"
  case focus = "focus_absolute"
  case zoom = "zoom_absolute"
  case brightness
  case contrast
  case gain
  case sharpness
  case powerLineFrequency = "power_line_frequency"
  case backlightCompensation = "backlight_compensation"

  /// The control's number in the kernel's v4l2-controls.h.
  var number: UInt32 {
    switch self {
    case .brightness: 0x0098_0900
    case .contrast: 0x0098_0901
    case .gain: 0x0098_0913
    case .powerLineFrequency: 0x0098_0918
    case .sharpness: 0x0098_091B
    case .backlightCompensation: 0x0098_091C
    case .automaticExposure: 0x009A_0901
    case .exposure: 0x009A_0902
    case .focus: 0x009A_090A
    case .automaticFocus: 0x009A_090C
    case .zoom: 0x009A_090D
    }
  }
}

/// The controls of a camera.
protocol ControlPanel {
  /// The values that a control takes; nothing where the camera has no such control.
  func range(of control: CameraControl) -> ClosedRange<Int32>?

  func set(_ control: CameraControl, to value: Int32)
}

extension CameraControl {
  /// Sets what the camera has of the wanted controls, in their order and within their ranges.
  static func set(_ wanted: [CameraControl: Int32], on panel: some ControlPanel) {
    for control in allCases {
      guard let value = wanted[control], let range = panel.range(of: control) else { continue }
      panel.set(control, to: min(max(value, range.lowerBound), range.upperBound))
    }
  }
}
