import Registry

/// One conflict as a list shows it.
enum ConflictRow {
  static func content(_ listed: ListedConflict, _ words: HostWords) -> [String: Any] {
    let conflict = listed.conflict
    return [
      "link": link(to: conflict.id), "what": words.kind(conflict.name),
      "event": conflict.event.description, "item": conflict.item?.item ?? "",
      "claimed": words.place(named: conflict.item?.claimed),
      "actual": words.place(named: conflict.item?.actual), "hasItem": conflict.item != nil,
      "noted": words.moment(listed.notedMilliseconds),
      "ruling": listed.ruling.map { words.ruling($0) } ?? words.term("open"),
      "isOpen": listed.ruling == nil,
    ]
  }

  /// Where a conflict is decided.
  static func link(to id: ConflictID) -> String {
    let event = id.event
    return
      "/viec-can-xem/\(event.station)/\(event.epoch)/\(event.sequence)/\(Link.escaped(id.name))"
  }
}
