package import Labels

/// Why a picture could not be used.
package enum ImageError: Error, Hashable, Sendable {
  /// No bytes, or a picture without pixels.
  case empty

  /// The first bytes are those of no format that we read.
  case unknownFormat

  /// The file ends before its picture does.
  case truncated(ImageFormat)

  /// The file breaks a rule of its format; the text is the decoder's reason.
  case corrupt(ImageFormat, reason: String)

  /// The file is sound, but of a rare kind that can't be turned to grey.
  case unsupported(ImageFormat, reason: String)

  /// The picture passes ``ScanningLimits``.
  case tooLarge(width: Int, height: Int)

  /// A raw frame has another number of bytes than its width and height say.
  case wrongFrameLength(expected: Int, actual: Int)
}

extension ImageError: CustomStringConvertible {
  package var description: String { advice(in: .english) }

  /// What is wrong and what to do about it, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch language {
    case .english: englishAdvice
    case .vietnamese: vietnameseAdvice
    }
  }

  private var englishAdvice: String {
    switch self {
    case .empty:
      "The picture is empty. Take it again."
    case .unknownFormat:
      "This is not a PNG, JPEG, PGM or PPM picture. Save it as JPEG or PNG and try again "
        + "(on an iPhone: Settings, Camera, Formats, Most Compatible)."
    case .truncated(let format):
      "The \(format.rawValue) picture is cut short. Copy or send it again."
    case .corrupt(let format, let reason):
      "The \(format.rawValue) picture is damaged (\(reason)). Take it again."
    case .unsupported(let format, let reason):
      "This kind of \(format.rawValue) picture can't be read (\(reason)). "
        + "Save it as an ordinary JPEG or PNG."
    case .tooLarge(let width, let height):
      "The picture is too large (\(width) × \(height) pixels; at most "
        + "\(Self.megapixels) megapixels). Take it with a lower resolution."
    case .wrongFrameLength(let expected, let actual):
      "The camera gave \(actual) bytes in place of \(expected). Unplug it and plug it in again."
    }
  }

  private var vietnameseAdvice: String {
    switch self {
    case .empty:
      "Ảnh trống. Hãy chụp lại."
    case .unknownFormat:
      "Đây không phải ảnh PNG, JPEG, PGM hay PPM. Hãy lưu thành JPEG hoặc PNG rồi thử lại "
        + "(trên iPhone: Cài đặt, Camera, Định dạng, Tương thích nhất)."
    case .truncated(let format):
      "Ảnh \(format.rawValue) bị cụt. Hãy chép hoặc gửi lại."
    case .corrupt(let format, let reason):
      "Ảnh \(format.rawValue) bị hỏng (\(reason)). Hãy chụp lại."
    case .unsupported(let format, let reason):
      "Không đọc được loại ảnh \(format.rawValue) này (\(reason)). "
        + "Hãy lưu thành JPEG hoặc PNG thông thường."
    case .tooLarge(let width, let height):
      "Ảnh quá lớn (\(width) × \(height) điểm ảnh; nhiều nhất \(Self.megapixels) triệu). "
        + "Hãy chụp với độ phân giải thấp hơn."
    case .wrongFrameLength(let expected, let actual):
      "Máy ảnh gửi \(actual) byte thay vì \(expected). Hãy rút ra rồi cắm lại."
    }
  }

  private static let megapixels = ScanningLimits.maximumPixels / 1_000_000
}
