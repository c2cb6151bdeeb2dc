import Foundation
import Glibc
import Scanning

/// The folder that pictures are dropped into, and its two places for those that were read.
package struct DropFolder: Hashable, Sendable {
  /// Where a picture goes that was read.
  enum Place: String, CaseIterable {
    case done, failed
  }

  package let path: String

  package init(path: String) {
    self.path = path
  }

  var exists: Bool {
    var isFolder = ObjCBool(false)
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  /// Makes the folder and its two places, where they are not there.
  func make() throws(DeviceError) {
    for place in Place.allCases {
      do {
        try FileManager.default.createDirectory(
          atPath: folder(place), withIntermediateDirectories: true)
      } catch {
        throw .denied(node: path)
      }
    }
  }

  /// Whether a name may be a picture's; names of hidden and half-copied files are not.
  func isPicture(_ name: String) -> Bool {
    let lower = name.lowercased()
    return !name.hasPrefix(".") && !name.contains("/")
      && [".jpg", ".jpeg", ".png", ".pgm", ".ppm"].contains { lower.hasSuffix($0) }
  }

  /// The pictures that have not changed for a while, the oldest first.
  func settledFiles(now: Date = Date()) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    let settled = now.addingTimeInterval(-Double(CaptureLimits.settledFileMilliseconds) / 1_000)
    return names.filter(isPicture)
      .compactMap { name in changeTime(of: path + "/" + name).map { (name, $0) } }
      // A clock that was set back must not keep a picture waiting.
      .filter { $0.1 <= settled || $0.1 > now }
      .sorted { $0.1 < $1.1 }.map(\.0)
  }

  /// A picture's bytes; nothing where it is gone, or is no plain file.
  ///
  /// The open file is asked, not the name, and no byte above the limit is read: a file that is put
  /// in its place, or that grows meanwhile, changes nothing.
  func bytes(of name: String) throws(UploadError) -> [UInt8]? {
    // O_NONBLOCK: nobody may write into a pipe of that name.
    let descriptor = open(path + "/" + name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor != -1 else {
      if errno == EACCES { throw .unusablePicture(.empty) }
      return nil
    }
    let file = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let limit = CaptureLimits.maximumUploadBytes
    guard status.st_size <= limit else { throw .tooManyBytes(Int(status.st_size)) }
    guard let data = try? file.read(upToCount: limit + 1) else { return [] }
    guard data.count <= limit else { throw .tooManyBytes(data.count) }
    return [UInt8](data)
  }

  /// Moves a picture out of the way, under its time, and throws the oldest ones away.
  func putAway(_ name: String, in place: Place, now: Date = Date()) {
    let milliseconds = Int64(now.timeIntervalSince1970 * 1_000)
    let target = "\(folder(place))/\(milliseconds)-\(name)"
    let file = path + "/" + name
    do {
      try FileManager.default.moveItem(atPath: file, toPath: target)
    } catch {
      // What can't be moved would be read again and again.
      try? FileManager.default.removeItem(atPath: file)
    }
    let kept = ((try? FileManager.default.contentsOfDirectory(atPath: folder(place))) ?? [])
      .sorted()
    for old in kept.dropLast(CaptureLimits.keptPictures) {
      try? FileManager.default.removeItem(atPath: folder(place) + "/" + old)
    }
  }

  private func folder(_ place: Place) -> String { path + "/" + place.rawValue }

  private func changeTime(of file: String) -> Date? {
    (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date
  }
}
