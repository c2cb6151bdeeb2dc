import Circulation
import Labels
import Ledger
import Rotation

/// One fact of each kind, and the parts they are made of.
enum SampleFacts {
  static let station = StationID("TT1-1").unsafelyPresent
  static let library = station.library
  static let item = (try? ItemID("TT1.TN.00001")).unsafelyPresent
  static let record = RecordID("TT.000001").unsafelyPresent
  static let commitment = PatronCommitment(bytes: Array(1...16)).unsafelyPresent
  static let move = ItemMove(
    item: item, from: .patron(library), to: .shelf(library), seen: 2)
  static let operation =
    OperationID("0198f1a2-b3c4-7def-8123-456789abcdef").unsafelyPresent

  static let borrower = Borrower(
    commitment: commitment, kind: .pupil, schoolClass: SchoolClass("3B"))

  static let box = (try? BoxNumber(library: library, serial: 7)).unsafelyPresent
  static let step = BoxStep(box: box, seal: 2)
  static let packing = ItemMove(item: item, from: .shelf(library), to: .box(box), seen: 2)
  static let route = BoxRoute(
    step: step, from: library, to: (try? LibraryCode("TT")).unsafelyPresent,
    stage: StageReference(rota: RotaID("2026-TT").unsafelyPresent, number: 1))

  static let revisedRoute = BoxRoute(
    step: step, from: library, to: route.to, stage: route.stage, revision: 3)

  static let term = Term(year: SchoolYear(start: 2026), semester: 1).unsafelyPresent
  static let hash = StatementHash(of: "end\n")
  static let signature = [UInt8](repeating: 0x5A, count: Countersignature.signatureBytes)

  static let slip = (try? sealedSlip()).unsafelyPresent

  private static func sealedSlip() throws -> SealedSlip {
    let manifest = try Manifest(
      box: box, seal: 2, from: library, to: route.to, stage: route.stage,
      lines: [ManifestLine(item: item, title: "Đất rừng phương Nam", version: 3)])
    return try SealedSlip(SignedManifest(manifest) { _ in [UInt8](repeating: 0xA5, count: 64) })
  }

  static let all: [Fact] = [
    .recordDescribed(
      BibliographicRecord(
        id: record, title: "Đất rừng phương Nam", author: "Đoàn Giỏi", publisher: "Kim Đồng",
        year: 2019, kind: .children, grade: 5, isbn: "9786042112345")),
    .recordDescribed(
      BibliographicRecord(
        id: record, title: "Toán 3", kind: .textbook, grade: 3,
        subjects: Subjects(["Toán", "Hình học"]).unsafelyPresent)),
    .itemRegistered(ItemRegistration(item: item, record: record, library: library)),
    .checkout(
      Checkout(
        move: ItemMove(item: item, from: .shelf(library), to: .patron(library), seen: 1),
        borrower: borrower, due: SchoolDay(number: 20_717),
        override: Override(rules: ["item-limit-reached", "overdue-loans"]))),
    .checkin(move),
    .renewal(
      Renewal(
        move: ItemMove(item: item, from: .patron(library), to: .patron(library), seen: 2),
        commitment: commitment, due: SchoolDay(number: 20_724))),
    .onSiteReading(
      OnSiteReading(
        day: SchoolDay(number: 20_710), kind: .children, schoolClass: SchoolClass("3B"),
        count: 12)),
    .lost(ItemMove(item: item, from: .shelf(library), to: .missing(library), seen: 3)),
    .found(ItemMove(item: item, from: .missing(library), to: .shelf(library), seen: 4)),
    .undone(
      Undo(
        operation: operation,
        subject: .item(
          ItemMove(item: item, from: .shelf(library), to: .patron(library), seen: 3),
          loan: OpenLoan(
            borrower: commitment, checkedOutMilliseconds: 1_789_347_600_000,
            due: SchoolDay(number: 20_717), renewals: 1)))),
    .undone(
      Undo(
        operation: operation,
        subject: .reading(
          OnSiteReading(
            day: SchoolDay(number: 20_710), kind: .children, schoolClass: nil, count: 1)))),
    .noted(ItemNote(item: item, condition: .damaged)),
    .noted(ItemNote(item: item, condition: nil)),
    .discovered(Discovery(item: item, library: library)),
    .labelReplaced(.item(item, label: "31234000000009")),
    .labelReplaced(.card(commitment)),
    .stockTaken(
      StockCount(
        session: operation, range: StockRange("TK.1-500") ?? .all, expected: 480,
        found: [.present: 470, .onLoan: 2], missing: 8)),
    .box(.opened(route)), .box(.opened(revisedRoute)), .box(.packed(packing)),
    .box(
      .unpacked(ItemMove(item: item, from: .box(box), to: .shelf(library), seen: 3))),
    .box(.sealed(slip)), .box(.reopened(step)), .box(.sent(route)),
    .box(.arrived(BoxRoute(step: step, from: library, to: library))), .box(.slipRead(slip)),
    .box(
      .received(
        BoxFinding(
          step: step,
          move: ItemMove(item: item, from: .box(box), to: .shelf(library), seen: 3),
          condition: .worn))),
    .box(.confirmed(BoxReceipt(step: step, counts: [.agreed: 199, .missing: 1]))),
    .box(.refused(step)), .box(.lost(step)), .box(.found(step)),
    .term(
      .closed(TermClosing(term: term, hash: hash, parts: 2, signature: signature))),
    .term(.part(StatementPart(hash: hash, number: 2, text: "open 2026-2027/1 …\nend\n"))),
    .term(
      .countersigned(
        Countersignature(
          hash: hash, library: route.to, signature: signature, exceptions: [item]))),
    .link(.epochEnded(nextKey: PublicKeyBytes(1...32).unsafelyPresent)),
    .link(
      .hostReached(
        HostContact(
          hostMilliseconds: 1_789_347_605_000, monotonicMilliseconds: 65_000, boot: 0xB007,
          uncertaintyMilliseconds: 40))),
  ]

  static func event(
    _ fact: Fact, sequence: Int64 = 7, station: StationID = station, wall: Int64 = 0
  ) -> Event {
    Event(
      station: station, epoch: .first, sequence: sequence,
      moment: Moment(
        wallMilliseconds: 1_789_347_600_000 + wall, monotonicMilliseconds: 60_000, boot: 0xB007),
      operation: operation, device: "page", fact: fact)
  }
}

extension Optional {
  /// The value of a literal that is well-formed by the eye; a slip shows in the first test.
  fileprivate var unsafelyPresent: Wrapped {
    guard let self else { preconditionFailure("a literal of the test is malformed") }
    return self
  }
}
