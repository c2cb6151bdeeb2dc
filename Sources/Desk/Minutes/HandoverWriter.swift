import Circulation
import Labels
import Ledger
import Rotation

/// Draws up what minutes of a box say, from the books as they stood.
struct HandoverWriter {
  let accounts: Accounts
  let event: Event
  let offsetMinutes: Int

  func copy(of number: BoxNumber, libraryName: String) -> HandoverCopy {
    let record = accounts.boxes[number]
    if case .box(.sealed(let slip)) = event.fact {
      return sealed(slip.manifest, libraryName: libraryName)
    }
    let difference = record.map(difference)
    let counted = record.map(counted) ?? [:]
    let lines = (difference?.lines ?? []).map { line in
      MinutesLine(
        item: line.item, title: accounts.title(of: line.item),
        condition: counted[line.item]?.condition.noted ?? accounts.condition(of: line.item))
    }
    return HandoverCopy(
      libraryName: libraryName, box: number, seal: record?.box.seal ?? 0,
      from: record?.box.from ?? number.library, to: event.station.library, stage: record?.stage,
      isReceipt: true, lines: lines,
      headings: Dictionary(
        (difference?.lines ?? []).map { ($0.item, $0.heading) }, uniquingKeysWith: { $1 }),
      wallMilliseconds: event.moment.wallMilliseconds, event: EventMark(event))
  }

  private func sealed(_ manifest: Manifest, libraryName: String) -> HandoverCopy {
    HandoverCopy(
      libraryName: libraryName, box: manifest.box, seal: manifest.seal, from: manifest.from,
      to: manifest.to, stage: manifest.stage, isReceipt: false,
      lines: manifest.items.map {
        MinutesLine(
          item: $0, title: accounts.title(of: $0), condition: accounts.condition(of: $0))
      }, headings: [:], wallMilliseconds: event.moment.wallMilliseconds, event: EventMark(event))
  }

  private func counted(_ record: BoxRecord) -> [ItemID: CountedItem] {
    (accounts.countedItems[record.box.number] ?? [:]).filter { $0.value.began == record.began }
  }

  private func difference(_ record: BoxRecord) -> ReceivingDifference {
    var receiving = Receiving(of: record.box.number)
    if let manifest = record.slip?.manifest { try? receiving.learn(manifest) }
    let counted = counted(record)
    for item in counted.values.sorted(by: { $0.item < $1.item }) {
      let day = SchoolDay(unixMilliseconds: item.wallMilliseconds, offsetMinutes: offsetMinutes)
      _ = receiving.scan(item.item, condition: item.condition, on: day)
    }
    var others: [ItemID: BoxNumber] = [:]
    for item in counted.keys {
      others[item] = accounts.lastActs[item]?.before.place.box
    }
    for other in accounts.boxes.values.sorted(by: { $0.box.number < $1.box.number })
    where other.isInbound && other.box.number != record.box.number {
      for item in other.slip?.manifest.items ?? [] { others[item] = other.box.number }
    }
    return receiving.difference { others[$0] }
  }
}
