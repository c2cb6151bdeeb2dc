import CZBar
import Foundation
import Labels
import Scanning

/// A text that a reader gave for a photo.
struct ReadText: Hashable {
  let symbology: String
  let text: String
}

/// What reads photos.
protocol PhotoReader {
  var name: String { get }

  /// The codes in a photo, and the milliseconds of the thread's processor time that they took,
  /// with the picture in memory.
  func read(_ image: GreyImage, file: URL) throws -> (texts: [ReadText], milliseconds: Double)
}

/// Processor time of this thread.
func measured<Value>(_ work: () throws -> Value) rethrows -> (Value, milliseconds: Double) {
  func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1_000 + Double(time.tv_nsec) / 1_000_000
  }
  let start = now()
  let value = try work()
  return (value, now() - start)
}

/// What `lienthong decode` prints.
struct LienThongReader: PhotoReader {
  let name = "LienThong, trusted reads"
  private let scanner = BarcodeScanner()

  func read(_ image: GreyImage, file: URL) -> (texts: [ReadText], milliseconds: Double) {
    let (symbols, milliseconds) = measured { scanner.scan(image) }
    return (symbols.map { ReadText(symbology: $0.type.name, text: $0.text) }, milliseconds)
  }
}
