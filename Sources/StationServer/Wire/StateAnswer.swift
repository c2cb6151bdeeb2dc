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
    let words: Words
  }
}

extension Answer.State {
  init(_ state: DeskState, link: LinkState, unixMilliseconds: Int64, offsetMinutes: Int) {
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
