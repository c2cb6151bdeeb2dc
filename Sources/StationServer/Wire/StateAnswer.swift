import Capture
import Circulation
import Desk
import Labels
import Ledger
import Serving

extension Answer {
  /// The station at a glance; nothing in it is about a person.
  struct State: Encodable, Sendable {
    let station: String
    let library: String
    let libraryName: String
    let time: String
    let today: String
    let open: Bool
    let epoch: Int
    let head: Head
    let pending: Int64
    let link: Link
    /// Items by place.
    let balances: [String: Int]
    let patrons: Int
    let classes: [String]
    let overdue: Int
    let readingsToday: Int
    /// What somebody has to look after.
    let warnings: [Warning]
    let devices: [Device]
    /// What is wrong with profiles of devices that can't be used.
    let profileProblems: [Words]
  }

  struct Warning: Encodable, Sendable {
    let name: String
    let words: Words
  }

  /// A scanner or camera, and how it is.
  struct Device: Encodable, Sendable {
    let device: String
    let kind: String
    let state: String
    let scans: Int
    /// Whether something is wrong with it; a device that is read may have trouble, too.
    let needsCare: Bool
    /// How it is and what to do.
    let words: Words
  }

  /// The first event of a stream: the listener's number, with which a page asks for the scans.
  struct Hello: Encodable, Sendable {
    let listener: Int
  }

  /// A code that a device read, for the one page that takes it; it names no patron.
  struct LiveScan: Encodable, Sendable {
    let device: String
    /// The code as reported, to be sent to `/scan` as a typed one is.
    let text: String
    /// What kind of label it is: `unknown` where it is none.
    let kind: String
    /// The label's text, where it is one.
    let label: String?
    /// From the code's coming into a camera's view to this event; nothing from other devices.
    let waitMilliseconds: Int64?
  }

  struct Head: Encodable, Sendable {
    let sequence: Int64
    let hash: String
  }

  struct Link: Encodable, Sendable {
    let state: String
    /// The last success, or the first failure in a row.
    let since: String?
    /// Why the last pass failed, and what to do.
    let reason: Words?
  }

  struct Health: Encodable, Sendable {
    let status: String
    let station: String
    let epoch: Int
    let head: Int64
    let pending: Int64
  }

  /// An act as everybody at the station may see it: the book, never the patron.
  struct LiveAct: Encodable, Sendable {
    let act: String
    let sequence: Int64
    let time: String
    let item: String?
    let title: String?
    /// What brought the scan.
    let device: String?
    let words: Words
  }
}

extension Answer.State {
  init(
    _ state: DeskState, link: LinkState, devices: DeviceBoard, unixMilliseconds: Int64,
    offsetMinutes: Int
  ) {
    station = state.station.text
    library = state.station.library.text
    libraryName = state.libraryName
    time = RFC3339.text(unixMilliseconds: unixMilliseconds, offsetMinutes: offsetMinutes)
    today = state.today.description
    open = state.isOpenToday
    epoch = state.head.epoch.number
    head = Answer.Head(sequence: state.head.sequence, hash: Hex.text(of: state.head.hash.bytes))
    pending = state.pendingCount
    self.link = Answer.Link(link, offsetMinutes: offsetMinutes)
    balances = Dictionary(
      uniqueKeysWithValues: state.balances.map { ($0.key.text, $0.value) })
    patrons = state.patronCount
    classes = state.classes.map(\.text)
    overdue = state.overdueCount
    readingsToday = state.readingsToday
    warnings = state.warnings.map { warning in
      Answer.Warning(name: warning.rawValue, words: Words { warning.words(in: $0) })
    }
    self.devices = devices.all.map { Answer.Device($0) }
    profileProblems = devices.profileProblems.map { problem in
      Words { problem.advice(in: $0) }
    }
  }
}

extension Answer.Device {
  init(_ status: DeviceStatus) {
    device = status.device
    kind = status.kind.rawValue
    state = status.state.rawValue
    scans = status.scanCount
    needsCare = status.needsCare
    words = Words { status.words(in: $0) }
  }
}

extension Answer.LiveScan {
  init(_ scan: DeviceScan, read: Label, waitMilliseconds: Int64? = nil) {
    self.waitMilliseconds = waitMilliseconds
    device = scan.device
    text = scan.text
    switch read {
    case .card(let card): (kind, label) = ("card", card.label)
    case .item(.id(let item)): (kind, label) = ("item", item.label)
    case .item(.accession(let number)): (kind, label) = ("item", number.text)
    case .item(.barcode(let barcode)): (kind, label) = ("item", barcode.text)
    case .box(let box): (kind, label) = ("box", box.label)
    case .isbn(let isbn): (kind, label) = ("isbn", isbn.text)
    case .command(let command): (kind, label) = ("command", command.rawValue)
    case .unknown: (kind, label) = ("unknown", nil)
    }
  }
}

extension Answer.Link {
  init(_ link: LinkState, offsetMinutes: Int) {
    switch link {
    case .never: self.init(state: "never", since: nil, reason: nil)
    case .reached(let moment):
      self.init(
        state: "ok",
        since: RFC3339.text(unixMilliseconds: moment, offsetMinutes: offsetMinutes), reason: nil)
    case .failing(let moment, let reason):
      self.init(
        state: "failing",
        since: RFC3339.text(unixMilliseconds: moment, offsetMinutes: offsetMinutes),
        reason: reason)
    case .refused(let moment, let reason):
      self.init(
        state: "refused",
        since: RFC3339.text(unixMilliseconds: moment, offsetMinutes: offsetMinutes),
        reason: reason)
    }
  }
}
