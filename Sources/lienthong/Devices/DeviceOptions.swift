import ArgumentParser
import Capture
import StationServer

/// Where the profiles of scanners and cameras are.
struct DeviceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A folder of device profiles; may be given several times, a later one goes first.",
      discussion: "Without it: \(DeviceSettings.usualFolders.joined(separator: ", ")).",
      valueName: "dir"),
    completion: .directory)
  var profiles: [String] = []

  @Option(
    help: "A folder that pictures of labels are dropped into; it is made where it is not there.",
    completion: .directory)
  var dropFolder: String?

  var settings: DeviceSettings {
    var settings = DeviceSettings(dropFolder: dropFolder)
    if !profiles.isEmpty { settings.profileFolders = profiles }
    return settings
  }

  /// The profiles of all folders, those of a station's own folder before the others.
  func shelf(data: String?) -> ProfileShelf {
    ProfileShelf(folders: settings.profileFolders + (data.map { [$0 + "/devices"] } ?? []))
  }
}
