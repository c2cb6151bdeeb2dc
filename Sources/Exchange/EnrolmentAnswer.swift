import Crypto
package import Ledger

/// The host's answer to a request to be enrolled: which epoch begins, and the host's own key.
package struct EnrolmentAnswer: Hashable, Sendable {
  package let station: StationID
  /// The epoch to which the station's key is pinned; a later one than the first where the host
  /// has events of this station already.
  package let epoch: Epoch
  package let groupName: String
  package let hostKey: VerifyingKey
  /// The key to which the station encrypts what it sends to the host on a stick.
  package let stickKey: StickKey

  package init(
    station: StationID, epoch: Epoch, groupName: String, hostKey: VerifyingKey,
    stickKey: StickKey
  ) {
    self.station = station
    self.epoch = epoch
    self.groupName = groupName
    self.hostKey = hostKey
    self.stickKey = stickKey
  }

  /// The bytes to send: signed with the host's key, proved with the code, bound to the request.
  package func sealed(
    with key: SigningKey, proving secret: EnrolmentSecret, answering request: [UInt8]
  ) throws(ExchangeError) -> [UInt8] {
    var body = CBORWriter()
    body.beginArray(count: 6)
    writeFields(to: &body)
    body.write(bytes: secret.proof(over: proven(answering: request)))
    return try Envelope.seal(body.bytes, for: .enrolled, with: key)
  }

  /// Reads an answer, which must be of somebody who knows the code and saw this very request.
  package static func open(
    _ bytes: [UInt8], provenBy secret: EnrolmentSecret, answering request: [UInt8]
  ) throws(ExchangeError) -> EnrolmentAnswer {
    let envelope = try Envelope(bytes, for: .enrolled, limitBytes: ExchangeLimits.enrolmentBytes)
    let (station, epoch, groupName): (StationID, Epoch, String)
    let (keyBytes, stickKeyBytes, proof): (ArraySlice<UInt8>, ArraySlice<UInt8>, ArraySlice<UInt8>)
    do throws(CBORError) {
      var reader = CBORReader(envelope.body)
      try reader.beginArray(exactly: 6)
      station = try reader.readStation()
      epoch = try reader.readEpoch()
      groupName = try reader.readText(limit: EnrolmentRequest.longestName)
      keyBytes = try reader.readBytes(exactly: VerifyingKey.byteCount)
      stickKeyBytes = try reader.readBytes(exactly: StickKey.byteCount)
      proof = try reader.readBytes(exactly: EnrolmentSecret.proofByteCount)
      try reader.expectEnd()
    } catch {
      throw .badEncoding(error)
    }
    let answer = EnrolmentAnswer(
      station: station, epoch: epoch, groupName: groupName,
      hostKey: try VerifyingKey(bytes: keyBytes), stickKey: try StickKey(bytes: stickKeyBytes))
    try envelope.verify(with: answer.hostKey)
    guard secret.isProof(Array(proof), over: answer.proven(answering: request)) else {
      throw .wrongCode
    }
    return answer
  }

  private func proven(answering request: [UInt8]) -> [UInt8] {
    var writer = CBORWriter()
    writer.beginArray(count: 7)
    writer.write(Envelope.Purpose.enrolled.rawValue)
    writer.write(bytes: Array(SHA256.hash(data: request)))
    writeFields(to: &writer)
    return writer.bytes
  }

  private func writeFields(to writer: inout CBORWriter) {
    writer.write(station.text)
    writer.write(epoch.number)
    writer.write(groupName)
    writer.write(bytes: hostKey.bytes)
    writer.write(bytes: stickKey.bytes)
  }
}
