import Glibc
package import Labels
package import Scanning

/// Why a device, or something that came from it, could not be used.
package enum DeviceError: Error, Hashable, Sendable {
  /// The device was unplugged.
  case gone
  /// The station's user may not open the node.
  case denied(node: String)
  /// Another program has the device.
  case inUse(node: String)
  /// No node of the device gives pictures.
  case noCamera(node: String)
  /// The camera offers none of MJPG, YUYV and GREY.
  case noUsableFormat
  /// A frame has fewer bytes than its format says.
  case shortFrame(expected: Int, actual: Int)
  /// A frame can't be made a picture.
  case badFrame(ImageError)
  /// The camera is there and gives no frames.
  case noFrames
  /// The device says that it is a bar code scanner, and not how its reports are laid out.
  case badReportDescriptor
  /// There is no such keyboard layout.
  case unknownLayout(String)
  /// A code that is none.
  case badCode(CodeTrouble)
  /// More codes than anybody can scan.
  case tooManyCodes
  /// More devices than the station reads at once.
  case tooManyDevices
  /// A picture in the drop folder that can't be used.
  case badPicture(file: String, UploadError)
  /// A picture in the drop folder without a code that can be read.
  case noCode(file: String)
  /// A call to the system failed.
  case system(call: String, code: Int32)

  /// What a failed call means for a device node; `code` is its errno.
  init(_ call: String, on node: String, code: Int32) {
    switch code {
    // EIO is a fault that may pass; where a device is really gone, its node is too.
    case ENODEV, ENXIO, ENOENT: self = .gone
    case EACCES, EPERM: self = .denied(node: node)
    case EBUSY: self = .inUse(node: node)
    default: self = .system(call: "\(call) \(node)", code: code)
    }
  }

  /// The state that a device is in when it can't be read for this reason.
  var state: DeviceState {
    switch self {
    case .gone: .gone
    case .denied, .inUse: .denied
    case .tooManyCodes: .mad
    default: .failing
    }
  }
}

extension DeviceError {
  /// What is wrong with which device, and what to do about it, for the person at the screen.
  package func advice(of device: String, in language: Language) -> String {
    switch language {
    case .vietnamese: "\(device): \(vietnameseAdvice)"
    case .english: "\(device): \(englishAdvice)"
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .gone: "đã rút ra. Hãy cắm lại nếu cần dùng."
    case .denied(let node): "trạm không có quyền mở \(node). Hãy cài quy tắc udev của LienThong."
    case .inUse(let node): "chương trình khác đang giữ \(node). Hãy đóng chương trình đó."
    case .noCamera(let node): "\(node) không phải máy ảnh. Hãy sửa hồ sơ thiết bị."
    case .noUsableFormat: "máy ảnh không có MJPG, YUYV hay GREY. Hãy dùng máy ảnh khác."
    case .shortFrame(let expected, let actual):
      "khung hình thiếu (\(actual)/\(expected) byte). Hãy rút ra rồi cắm lại."
    case .badFrame: "hình gửi về bị hỏng. Hãy đổi dây, hoặc cắm vào cổng USB khác."
    case .noFrames: "máy ảnh không gửi hình. Hãy rút ra rồi cắm lại."
    case .badReportDescriptor: "máy quét không theo chuẩn HID POS. Hãy đổi sang chế độ bàn phím."
    case .unknownLayout(let name): "không có kiểu bàn phím \(name). Hãy sửa hồ sơ thiết bị."
    case .badCode(let trouble): trouble.vietnameseAdvice
    case .tooManyCodes: "gửi quá nhiều mã. Hãy rút ra rồi cắm lại."
    case .tooManyDevices: "có quá \(CaptureLimits.maximumDevices) thiết bị. Hãy rút bớt."
    case .badPicture(let file, let error): "\(file): \(error.advice(in: .vietnamese))"
    case .noCode(let file): "\(file): không thấy mã nào. Hãy chụp gần hơn, đủ sáng."
    case .system(let call, let code):
      "hệ thống báo lỗi (\(call): \(Self.text(code))). Hãy rút ra rồi cắm lại."
    }
  }

  private var englishAdvice: String {
    switch self {
    case .gone: "unplugged. Plug it in again to use it."
    case .denied(let node): "the station may not open \(node). Install LienThong's udev rules."
    case .inUse(let node): "another program has \(node). Close that program."
    case .noCamera(let node): "\(node) is no camera. Correct the device's profile."
    case .noUsableFormat: "the camera has none of MJPG, YUYV and GREY. Use another one."
    case .shortFrame(let expected, let actual):
      "a frame is cut short (\(actual) of \(expected) bytes). Unplug it and plug it in again."
    case .badFrame: "its frames are damaged. Use another cable, or another USB port."
    case .noFrames: "the camera sends no pictures. Unplug it and plug it in again."
    case .badReportDescriptor: "this is no HID POS scanner. Set it to keyboard mode."
    case .unknownLayout(let name): "there is no keyboard layout \(name). Correct its profile."
    case .badCode(let trouble): trouble.englishAdvice
    case .tooManyCodes: "sends too many codes. Unplug it and plug it in again."
    case .tooManyDevices:
      "there are more than \(CaptureLimits.maximumDevices) devices. Unplug some."
    case .badPicture(let file, let error): "\(file): \(error.advice(in: .english))"
    case .noCode(let file): "\(file): no code was found. Go closer, with more light."
    case .system(let call, let code):
      "the system reports an error (\(call): \(Self.text(code))). Unplug it and plug it in again."
    }
  }

  private static func text(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension CodeTrouble {
  fileprivate var vietnameseAdvice: String {
    switch self {
    case .tooLong: "mã dài quá \(CaptureLimits.maximumCodeCharacters) ký tự. Hãy quét nhãn khác."
    case .controlCharacters: "mã có ký tự điều khiển. Hãy quét lại, hoặc đặt lại máy quét."
    case .noText: "mã không phải chữ. Hãy kiểm tra tốc độ (baud) trong hồ sơ thiết bị."
    case .cutShort: "mã bị đứt quãng. Hãy quét lại."
    }
  }

  fileprivate var englishAdvice: String {
    switch self {
    case .tooLong:
      "a code has more than \(CaptureLimits.maximumCodeCharacters) characters. Scan another label."
    case .controlCharacters: "a code has control characters. Scan again, or reset the scanner."
    case .noText: "a code is no text. Check the speed (baud) in the device's profile."
    case .cutShort: "a code was cut short. Scan it again."
    }
  }
}
