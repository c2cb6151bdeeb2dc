import Exchange
import Hummingbird
import Ledger
import NIOCore
import Registry
import Serving

/// The group at a glance, for programs; a monitor's figures; a watchdog's answer.
struct OverviewRoutes: Sendable {
  let registry: GroupRegistry
  let metrics: HostMetrics

  func add(to router: Router<HostContext>) {
    router.get("/api/v1/stations") { _, _ in
      let overview = try await registry.overview()
      return try JSONAnswer.response(["stations": overview.stations.map(StationAnswer.init)])
    }
    router.get("/api/v1/balances") { _, _ in
      let balances = try await registry.overview().balances
      let texts = balances.map { ($0.key.text, $0.value) }
      return try JSONAnswer.response(
        ["balances": Dictionary(texts, uniquingKeysWith: +)])
    }
    router.get("/api/v1/conflicts") { _, _ in
      let overview = try await registry.overview()
      return try JSONAnswer.response(ConflictsAnswer(overview))
    }
    router.get("/health") { _, _ in
      let overview = try await registry.overview()
      return try JSONAnswer.response(
        HealthAnswer(
          status: "ok", group: overview.groupName, stations: overview.stations.count,
          key: registry.verifyingKey.description))
    }
    router.get("/metrics") { _, _ in
      Response(
        status: .ok,
        headers: [.contentType: PrometheusText.mediaType, .cacheControl: "no-store"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text())))
    }
    router.get("/openapi.json") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "application/json"],
        body: ResponseBody(byteBuffer: ByteBuffer(bytes: PackageResources.openapi_json)))
    }
  }
}

struct HealthAnswer: Encodable {
  let status: String
  let group: String
  let stations: Int
  /// The key that receipts are signed with, for a station to compare.
  let key: String
}

struct StationAnswer: Encodable {
  let station: String
  let libraryName: String
  let epoch: Int
  let sequence: Int64
  let hash: String
  /// RFC 3339, or nothing where no batch came yet.
  let lastContact: String?

  init(_ station: EnrolledStation) {
    self.station = station.enrolment.station.text
    libraryName = station.enrolment.libraryName
    epoch = station.enrolment.epoch.number
    sequence = station.cursor.sequence
    hash = station.cursor.hash.description
    lastContact = station.lastContactMilliseconds.map {
      RFC3339.text(unixMilliseconds: $0, offsetMinutes: 0)
    }
  }
}

struct ConflictsAnswer: Encodable {
  struct One: Encodable {
    let event: String
    let name: String
    let act: String
    let item: String?
    let claimed: String?
    let actual: String?
    let lastEvent: String?
  }

  /// How many there are; the list is cut.
  let count: Int
  let conflicts: [One]

  init(_ overview: GroupOverview) {
    count = overview.conflictCount
    conflicts = overview.conflicts.map { conflict in
      One(
        event: conflict.event.description, name: conflict.name, act: conflict.act,
        item: conflict.item?.item, claimed: conflict.item?.claimed,
        actual: conflict.item?.actual, lastEvent: conflict.item?.lastEvent?.description)
    }
  }
}
