import ArgumentParser

/// `lienthong devices`: looks after scanners and cameras.
struct DevicesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "devices",
    abstract: "List, watch and pair scanners and cameras (máy quét, máy ảnh).",
    discussion: """
      A station reads the devices that a profile means. A keyboard or a camera that nobody has \
      paired is left alone. Print the sheet, run `pair`, scan the sheet's first code: from then on \
      the station reads that device, also after it was unplugged.
      """,
    subcommands: [
      DevicesListCommand.self, DevicesWatchCommand.self, DevicesPairCommand.self,
      DevicesSheetCommand.self,
    ])
}
