import Capture

/// Where a station finds the profiles of its devices, and the folder for pictures.
package struct DeviceSettings: Hashable, Sendable {
  /// Folders of profiles; a later one goes before an earlier one.
  package var profileFolders: [String]
  /// Where pictures are dropped; nothing where there is no such folder.
  package var dropFolder: String?

  /// Where an installed LienThong has its profiles, and where the school's own are.
  package static let usualFolders = [
    "/usr/local/share/lienthong/profiles", "/etc/lienthong/profiles",
  ]

  package init(profileFolders: [String] = usualFolders, dropFolder: String? = nil) {
    self.profileFolders = profileFolders
    self.dropFolder = dropFolder
  }

  /// What reads the devices; `own` is the folder of those that were paired with this station.
  func monitor(besides own: String) -> DeviceMonitor {
    let folders = profileFolders + [own]
    return DeviceMonitor(dropFolder: dropFolder) { ProfileShelf(folders: folders) }
  }
}
