/// How large what goes over the wire may be; both ends hold to the same numbers.
package enum ExchangeLimits {
  /// Bytes of a sealed batch, as sent.
  package static let batchBytes = 8 * 1_024 * 1_024
  package static let eventsPerBatch = 10_000
  /// Bytes of a sealed receipt.
  package static let receiptBytes = 64 * 1_024
  /// Discrepancies that one receipt lists; it counts the rest.
  package static let discrepanciesPerReceipt = 500
  /// Bytes of a station's or a discrepancy's name.
  package static let nameBytes = 64
}

/// How batches and receipts are named in HTTP.
package enum ExchangeMediaType {
  package static let batch = "application/vnd.lienthong.batch+cbor"
  package static let receipt = "application/vnd.lienthong.receipt+cbor"
}
