package import Labels
package import Scanning

/// Why an upload could not be read.
///
/// That it holds no code is not an error.
package enum UploadError: Error, Hashable, Sendable {
  /// The upload passes ``CaptureLimits/maximumUploadBytes``.
  case tooManyBytes(Int)

  /// The bytes are no picture that can be used.
  case unusablePicture(ImageError)

  /// All scanning threads have as many uploads before them as they may.
  case busy
}

extension UploadError: CustomStringConvertible {
  package var description: String { advice(in: .english) }

  /// What is wrong and what to do about it, for the person at the screen.
  package func advice(in language: Language) -> String {
    switch (self, language) {
    case (.tooManyBytes(let count), .english):
      "The photo is too large (\(Self.mebibytes(count)) MB; at most \(Self.limit) MB). "
        + "Take it with a lower resolution."
    case (.tooManyBytes(let count), .vietnamese):
      "Ảnh quá lớn (\(Self.mebibytes(count)) MB; nhiều nhất \(Self.limit) MB). "
        + "Hãy chụp với độ phân giải thấp hơn."
    case (.unusablePicture(let error), _):
      error.advice(in: language)
    case (.busy, .english):
      "Too many photos are being read. Wait a few seconds and send it again."
    case (.busy, .vietnamese):
      "Đang có quá nhiều ảnh chờ đọc. Hãy đợi vài giây rồi gửi lại."
    }
  }

  private static let limit = mebibytes(CaptureLimits.maximumUploadBytes)

  private static func mebibytes(_ bytes: Int) -> Int { (bytes + 1_048_575) / 1_048_576 }
}
