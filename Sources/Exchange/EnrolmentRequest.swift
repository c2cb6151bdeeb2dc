package import Ledger

/// A station asks to be enrolled, with the key that it has made for itself.
package struct EnrolmentRequest: Hashable, Sendable {
  package let station: StationID
  package let libraryName: String
  package let key: VerifyingKey

  /// Bytes of UTF-8 that a library's name may have.
  package static let longestName = 200

  package init(station: StationID, libraryName: String, key: VerifyingKey) {
    self.station = station
    self.libraryName = libraryName
    self.key = key
  }

  /// The bytes to send: signed with the station's new key, proved with the code.
  package func sealed(
    with key: SigningKey, proving secret: EnrolmentSecret
  ) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter()
    body.beginArray(count: 5)
    writeFields(to: &body)
    body.write(bytes: secret.id)
    body.write(bytes: secret.proof(over: proven))
    return try Envelope.seal(body.bytes, for: .enrolment, with: key)
  }

  /// What the proof is over.
  fileprivate var proven: [UInt8] {
    var writer = CBORWriter()
    writer.beginArray(count: 4)
    writer.write(Envelope.Purpose.enrolment.rawValue)
    writeFields(to: &writer)
    return writer.bytes
  }

  private func writeFields(to writer: inout CBORWriter) {
    writer.write(station.text)
    writer.write(libraryName)
    writer.write(bytes: key.bytes)
  }
}

/// A request to be enrolled as it came: signed by the key that it names, and by nobody else yet.
package struct SealedEnrolmentRequest: Sendable {
  package let request: EnrolmentRequest
  /// Names the code that the station says it knows.
  package let secretID: [UInt8]
  private let proof: [UInt8]

  /// Takes the bytes apart and checks that whoever sent them has the key.
  package init(_ bytes: [UInt8]) throws(ExchangeError) {
    let envelope = try Envelope(
      bytes, for: .enrolment, limitBytes: ExchangeLimits.enrolmentBytes)
    let keyBytes: ArraySlice<UInt8>
    let (station, libraryName): (StationID, String)
    do throws(CBORError) {
      var reader = CBORReader(envelope.body)
      try reader.beginArray(exactly: 5)
      station = try reader.readStation()
      libraryName = try reader.readText(limit: EnrolmentRequest.longestName)
      keyBytes = try reader.readBytes(exactly: VerifyingKey.byteCount)
      secretID = Array(try reader.readBytes(exactly: EnrolmentSecret.idByteCount))
      proof = Array(try reader.readBytes(exactly: EnrolmentSecret.proofByteCount))
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    request = EnrolmentRequest(
      station: station, libraryName: libraryName, key: try VerifyingKey(bytes: keyBytes))
    try envelope.verify(with: request.key)
  }

  /// Refuses a request of somebody who does not know the code.
  package func refuseWhenUnproven(by secret: EnrolmentSecret) throws(ExchangeError) {
    guard secret.isProof(proof, over: request.proven) else { throw .wrongCode }
  }
}
