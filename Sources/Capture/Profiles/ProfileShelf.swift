import Foundation

/// The profiles of some folders; the files of a later folder go before those of an earlier one.
package struct ProfileShelf: Sendable {
  package private(set) var profiles: [DeviceProfile] = []
  /// What is wrong with files that could not be used; the others are.
  package private(set) var problems: [ProfileError] = []

  /// Takes profiles that are at hand; later ones go before earlier ones.
  package init(_ profiles: [DeviceProfile]) {
    self.profiles = profiles
  }

  /// Reads every `.yaml` file of the folders; one that is not there has none.
  package init(folders: [String]) {
    for folder in folders {
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      for name in names.sorted() where name.hasSuffix(".yaml") {
        guard profiles.count < CaptureLimits.maximumProfiles else { return }
        read(folder + "/" + name)
      }
    }
  }

  private mutating func read(_ path: String) {
    do {
      profiles.append(try DeviceProfile(yaml: try Self.text(of: path), file: path))
    } catch {
      problems.append(error)
    }
  }

  private static func text(of path: String) throws(ProfileError) -> String {
    guard let file = FileHandle(forReadingAtPath: path),
      let data = try? file.read(upToCount: CaptureLimits.maximumProfileBytes + 1)
    else { throw ProfileError(file: path, reason: .unreadable) }
    return String(decoding: data, as: UTF8.self)
  }

  /// The profile that means a device most exactly; nothing where none does.
  package func profile(for device: DeviceDescription) -> DeviceProfile? {
    var best: (score: Int, profile: DeviceProfile)?
    for profile in profiles {
      guard let score = profile.score(for: device), score >= best?.score ?? 0 else { continue }
      best = (score, profile)
    }
    return best?.profile ?? Self.builtIn(for: device)
  }

  /// A device that says of itself that it is a bar code scanner needs no profile.
  private static func builtIn(for device: DeviceDescription) -> DeviceProfile? {
    guard device.kind == .hidPOS else { return nil }
    return DeviceProfile(name: "HID POS", matches: [], mode: .hidPOS, tested: "by its descriptor")
  }
}
