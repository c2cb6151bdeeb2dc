import Circulation
import Credentials
import Exchange
import Journal
import Labels
import Ledger
import Registry
import StationServer

/// The sample group on disk: a host and the two stations, enrolled and ready to run.
struct SampleFolders: Sendable {
  let host: HostFolder
  /// In the order of the group's libraries: the host's own first.
  let stations: [DataFolder]

  /// The name of the group, as the host's page shows it.
  static let groupName = "Nhóm thư viện Tân Tập"
  /// What opens the accounts of the sample group, where nobody is real.
  static let password = "thu-vien-mau"

  /// A librarian and an administrator at each station.
  static func accounts() throws -> [Account] {
    [
      try Account(name: "thu-thu", role: .librarian),
      try Account(name: "quan-tri", role: .administrator),
    ]
  }

  init(in path: String, group: SampleGroup) {
    host = HostFolder(path: path + "/host")
    stations = group.libraries.map { DataFolder(path: path + "/" + $0.code) }
  }

  /// Makes all three folders, fills the stations, and enrols them at the host's address.
  ///
  /// - Throws: `JournalError.stationExists` or `RegistryError.hostExists` where there is one.
  func create(_ group: SampleGroup, hostURL: String) async throws {
    let (store, hostKey) = try await NewHost.create(in: host, groupName: Self.groupName)
    let registry = GroupRegistry(store: store, key: hostKey)
    try await registry.setAccount(
      HostAccount(name: try AccountName(HostInitCommand.coordinatorName), role: .coordinator),
      password: Self.password)
    for (folder, library) in zip(stations, group.libraries) {
      let station = StationID(library: try LibraryCode(library.code))
      let journal = try Journal.create(in: folder, station: station, libraryName: library.name)
      try await SampleLibraryData(group: group, library: station.library).record(in: journal)
      let key = try StationKeys(folder: folder).key(of: .first)
      try await registry.enrol(
        Enrolment(station: station, libraryName: library.name, key: key.verifyingKey))
      try await registry.setMember(
        MemberChange(
          library: station.library, name: library.name, shares: [.records, .items],
          audience: .group))
      try await UplinkSettings(url: hostURL, hostKey: hostKey.verifyingKey).save(to: journal)
      for account in try Self.accounts() {
        try await journal.setAccount(account, password: Self.password)
      }
      try journal.close()
    }
    try store.close()
  }
}

extension SampleFolders {
  /// How many events of each station's present epoch are in the host's books.
  func eventCounts() async throws -> [StationID: Int64] {
    let store = try await HostBooks.open(host, at: nil)
    let registry = GroupRegistry(store: store, key: try HostKey.read(host, creating: false))
    let stations = try await registry.overview().stations
    try store.close()
    return Dictionary(
      stations.map { ($0.enrolment.station, $0.cursor.sequence) }, uniquingKeysWith: max)
  }

  /// Tells the stations of a group that was made before where its host is now.
  func moveHost(to url: String) async throws {
    for folder in stations {
      let journal = try Journal(folder: folder)
      if let kept = try await UplinkSettings(of: journal) {
        try await UplinkSettings(url: url, hostKey: kept.hostKey).save(to: journal)
      }
      try journal.close()
    }
  }
}

/// One library's share of the sample group, in circulation's terms.
struct SampleLibraryData: Sendable {
  let group: SampleGroup
  let library: LibraryCode

  func record(in journal: Journal) async throws {
    try await journal.recordAll(facts())
    try await journal.register(patrons())
  }

  /// The group's catalogue and this library's items.
  ///
  /// The operations' names are made from their order, so that filling a library twice changes
  /// nothing.
  private func facts() throws -> [(id: OperationID, fact: Fact)] {
    let records = try group.records.map { Fact.recordDescribed(try description(of: $0)) }
    let items = try group.items.filter { $0.library == library.text }.map { item in
      Fact.itemRegistered(
        ItemRegistration(
          item: ItemID(library: library, accession: try AccessionNumber(item.accession)),
          record: try recordID(item.record), library: library))
    }
    return (records + items).enumerated().map {
      (OperationID(high: Self.namesOfOperations, low: UInt64($0.offset)), $0.element)
    }
  }

  /// "sample" in ASCII; no version of a UUID begins like this.
  private static let namesOfOperations: UInt64 = 0x7361_6D70_6C65_0000

  private func description(of record: SampleRecord) throws -> BibliographicRecord {
    BibliographicRecord(
      id: try recordID(record.number), title: record.title,
      author: record.author.isEmpty ? nil : record.author, publisher: record.publisher,
      kind: record.kind, grade: record.grade, isOnSiteOnly: record.isDictionary)
  }

  private func recordID(_ number: Int) throws -> RecordID {
    let digits = String(number)
    let text = "TT." + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    guard let id = RecordID(text) else { throw SampleError.badTitle(line: text) }
    return id
  }

  private func patrons() throws -> [PatronRegistration] {
    try group.patrons.filter { $0.library == library.text }.map { patron in
      PatronRegistration(
        patron: Patron(
          card: try CardNumber(library: library, serial: patron.cardSerial), kind: patron.kind,
          schoolClass: patron.className.flatMap { SchoolClass($0) }),
        name: patron.name)
    }
  }
}
