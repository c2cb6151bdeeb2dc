import CLinuxDevices
import Glibc

/// An open V4L2 node that gives frames.
final class CameraNode: Sendable {
  let node: OpenNode

  /// A device that goes on offering after so many formats or sizes is a broken one.
  private static let maximumOffers: UInt32 = 64
  private static let captureType = UInt32(V4L2_BUF_TYPE_VIDEO_CAPTURE.rawValue)

  init(_ path: String) throws(DeviceError) {
    node = try OpenNode(path, O_RDWR)
    var capability = v4l2_capability()
    guard lt_video_capability(node.descriptor, &capability) == 0 else {
      // A node of another kind doesn't know the question.
      if errno == ENOTTY || errno == EINVAL { throw .noCamera(node: path) }
      throw DeviceError("VIDIOC_QUERYCAP", on: path, code: errno)
    }
    let needed = UInt32(V4L2_CAP_VIDEO_CAPTURE) | UInt32(V4L2_CAP_STREAMING)
    let hasOwn = capability.capabilities >> 31 & 1 == 1
    let offered = hasOwn ? capability.device_caps : capability.capabilities
    guard offered & needed == needed else { throw .noCamera(node: path) }
  }

  /// Opens the first node that gives frames; a webcam has a second one that does not.
  static func open(_ paths: [String]) throws(DeviceError) -> CameraNode {
    var failure = DeviceError.gone
    for path in paths {
      do {
        return try CameraNode(path)
      } catch .noCamera {
        failure = .noCamera(node: path)
      } catch {
        throw error
      }
    }
    throw failure
  }

  /// Sets the best offered format, and gives what the driver made of it.
  func configure(_ settings: CameraSettings) throws(DeviceError) -> FrameDecoder {
    let choice = CameraFormat.choose(
      from: offers(), wanting: settings.size, preferring: settings.format)
    guard let wanted = choice else { throw .noUsableFormat }
    var format = v4l2_format()
    format.type = Self.captureType
    format.fmt.pix.width = UInt32(wanted.size.width)
    format.fmt.pix.height = UInt32(wanted.size.height)
    format.fmt.pix.pixelformat = wanted.pixelFormat.fourCC
    format.fmt.pix.field = V4L2_FIELD_NONE.rawValue
    try node.check("VIDIOC_S_FMT", lt_video_set_format(node.descriptor, &format))
    let given = format.fmt.pix
    guard let pixelFormat = PixelFormat(fourCC: given.pixelformat), given.width > 0,
      given.height > 0
    else { throw .noUsableFormat }
    CameraControl.set(settings.controls, on: self)
    return FrameDecoder(
      format: CameraFormat(
        pixelFormat: pixelFormat,
        size: FrameSize(width: Int(given.width), height: Int(given.height))),
      bytesPerRow: Int(given.bytesperline))
  }

  /// The pixel formats of ours that the camera offers, with their sizes.
  func offers() -> [(pixelFormat: PixelFormat, sizes: OfferedSizes)] {
    var offers: [(pixelFormat: PixelFormat, sizes: OfferedSizes)] = []
    for index in 0..<Self.maximumOffers {
      var description = v4l2_fmtdesc()
      description.index = index
      description.type = Self.captureType
      guard lt_video_format_at(node.descriptor, &description) == 0 else { break }
      guard let format = PixelFormat(fourCC: description.pixelformat) else { continue }
      let sizes = sizes(of: format)
      // A driver that lists no sizes has the one that is set.
      offers += (sizes.isEmpty ? currentSize() : sizes).map { (format, $0) }
    }
    return offers
  }

  private func sizes(of format: PixelFormat) -> [OfferedSizes] {
    var sizes: [OfferedSizes] = []
    for index in 0..<Self.maximumOffers {
      var size = v4l2_frmsizeenum()
      size.index = index
      size.pixel_format = format.fourCC
      guard lt_video_frame_size_at(node.descriptor, &size) == 0 else { break }
      sizes.append(OfferedSizes(size))
    }
    return sizes
  }

  private func currentSize() -> [OfferedSizes] {
    var format = v4l2_format()
    format.type = Self.captureType
    guard lt_video_format(node.descriptor, &format) == 0 else { return [] }
    let pixels = format.fmt.pix
    return [.discrete(FrameSize(width: Int(pixels.width), height: Int(pixels.height)))]
  }
}

extension CameraNode: ControlPanel {
  func range(of control: CameraControl) -> ClosedRange<Int32>? {
    var query = v4l2_queryctrl()
    query.id = control.number
    guard lt_video_query_control(node.descriptor, &query) == 0,
      query.flags & UInt32(V4L2_CTRL_FLAG_DISABLED) == 0, query.minimum <= query.maximum
    else { return nil }
    return query.minimum...query.maximum
  }

  func set(_ control: CameraControl, to value: Int32) {
    var setting = v4l2_control(id: control.number, value: value)
    // A control that is read-only for now is no reason to give the camera up.
    _ = lt_video_set_control(node.descriptor, &setting)
  }
}

extension OfferedSizes {
  fileprivate init(_ size: v4l2_frmsizeenum) {
    if size.type == V4L2_FRMSIZE_TYPE_DISCRETE.rawValue {
      self = .discrete(
        FrameSize(width: Int(size.discrete.width), height: Int(size.discrete.height)))
    } else {
      let range = size.stepwise
      self = .stepwise(
        smallest: FrameSize(width: Int(range.min_width), height: Int(range.min_height)),
        largest: FrameSize(width: Int(range.max_width), height: Int(range.max_height)),
        step: FrameSize(width: Int(range.step_width), height: Int(range.step_height)))
    }
  }
}
