import CLinuxDevices
import Foundation
import Glibc
import Labels
import Scanning

/// Reads the pictures that scanners and phones drop into a folder.
///
/// A picture is read once it is whole, and then moved: to `done` once somebody has each of its
/// codes, and to `failed` if it has none. One that is read while no page is open stays where it is
/// and waits. Where the station stops in between, its codes may come once more.
package struct FolderSource: DeviceSource {
  private let folder: DropFolder

  package init(folder path: String) {
    folder = DropFolder(path: path)
  }

  package func read(
    until stop: StopSignal, telling tell: @escaping (SourceNews) -> Void
  ) throws(DeviceError) {
    try folder.make()
    let watch = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
    guard watch != -1 else { throw .system(call: "inotify_init1", code: errno) }
    defer { close(watch) }
    // Written and closed, or moved in whole: only then is a file looked at.
    let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO)
    guard inotify_add_watch(watch, folder.path, events) != -1 else {
      throw DeviceError("inotify_add_watch", on: folder.path, code: errno)
    }
    let scanner = BarcodeScanner()
    tell(.ready)
    while !stop.isFired {
      // Nobody tells of files that were there before, nor of those over a network share.
      for name in folder.settledFiles() where !stop.isFired { take(name, scanner, stop, tell) }
      let ready = stop.wait(for: [watch], milliseconds: Int64(CaptureLimits.rescanMilliseconds))
      if !ready.isEmpty {
        for name in InotifyNames.read(from: watch) where folder.isPicture(name) && !stop.isFired {
          take(name, scanner, stop, tell)
        }
      }
      // Whoever removed the folder finds it made anew.
      guard folder.exists else { throw .system(call: "open \(folder.path)", code: ENOENT) }
    }
  }

  private func take(
    _ name: String, _ scanner: BarcodeScanner, _ stop: StopSignal, _ tell: (SourceNews) -> Void
  ) {
    do {
      guard let bytes = try folder.bytes(of: name) else { return }
      let codes = scanner.scan(
        try UploadedPicture.image(from: bytes), within: .time(CaptureLimits.pictureBudget))
      if codes.isEmpty { tell(.trouble(.noCode(file: name))) }
      for symbol in codes {
        let receipt = ScanReceipt()
        let code = ScannedCode(text: symbol.text, symbology: symbol.type)
        tell(.keptCode(code.reported, receipt))
        guard receipt.wait(until: stop) else { return }
      }
      folder.putAway(name, in: codes.isEmpty ? .failed : .done)
    } catch {
      tell(.trouble(.badPicture(file: name, error)))
      folder.putAway(name, in: .failed)
    }
  }
}

/// The file names in what inotify tells.
enum InotifyNames {
  /// The bytes of an event before its name: watch, mask, cookie and the name's length.
  private static let headerBytes = 16

  /// Reads what is there; names that are no UTF-8 are left to a rescan.
  static func read(from descriptor: Int32) -> [String] {
    var buffer = [UInt8](repeating: 0, count: 16 * 1_024)
    let count = Glibc.read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return [] }
    return names(in: buffer[..<count])
  }

  static func names(in bytes: ArraySlice<UInt8>) -> [String] {
    var names: [String] = []
    var rest = bytes
    while rest.count >= headerBytes {
      let length = rest.dropFirst(12).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      rest = rest.dropFirst(headerBytes)
      let name = rest.prefix(length).prefix { $0 != 0 }
      if let text = String(validating: name, as: UTF8.self), !text.isEmpty { names.append(text) }
      rest = rest.dropFirst(length)
    }
    return names
  }
}
