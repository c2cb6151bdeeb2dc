/// How large what goes over the wire may be; both ends hold to the same numbers.
package enum ExchangeLimits {
  /// Bytes of a sealed batch, as sent.
  package static let batchBytes = 8 * 1_024 * 1_024
  package static let eventsPerBatch = 10_000
  /// Bytes of a batch's events once they are unpacked.
  package static let payloadBytes = 16 * 1_024 * 1_024
  /// Bytes of a sealed receipt.
  package static let receiptBytes = 64 * 1_024
  /// Bytes of a sealed request to be enrolled, or of its answer.
  package static let enrolmentBytes = 2 * 1_024
  /// Bytes of a sealed request for history.
  package static let historyRequestBytes = 512
  /// Bytes of a sealed request for the feed.
  package static let feedRequestBytes = 512
  /// Bytes of a page of the feed, sealed or unpacked: its entries, the last of which may be long.
  package static let feedBytes = 2 * 1_024 * 1_024
  /// How long a page of the feed may be taken in where it was not asked for just now, in days.
  package static let feedDays: Int64 = 60
  /// Discrepancies that one receipt lists; it counts the rest.
  package static let discrepanciesPerReceipt = 500
  /// Bytes of a station's or a discrepancy's name.
  package static let nameBytes = 64
}

/// How what is exchanged is named in HTTP.
package enum ExchangeMediaType {
  package static let batch = "application/vnd.lienthong.batch+cbor"
  package static let receipt = "application/vnd.lienthong.receipt+cbor"
  package static let enrolment = "application/vnd.lienthong.enrolment+cbor"
  package static let historyRequest = "application/vnd.lienthong.history-request+cbor"
  package static let history = "application/vnd.lienthong.history+cbor"
  package static let feedRequest = "application/vnd.lienthong.feed-request+cbor"
  package static let feed = "application/vnd.lienthong.feed+cbor"
}

/// Where a host takes what.
package enum ExchangePath {
  package static let batches = "/exchange/v1/batches"
  package static let enrolments = "/exchange/v1/enrolments"
  package static let history = "/exchange/v1/history"
  package static let feed = "/exchange/v1/feed"
}
