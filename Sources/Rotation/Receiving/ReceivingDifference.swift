package import Labels

/// What packed, said and found give for one item.
package struct ReceivingLine: Hashable, Sendable {
  package let item: ItemID
  /// Whether the sender's events say so; nothing where they have not come.
  package let packed: Bool?
  /// Whether the slip says so; nothing where there is none.
  package let said: Bool?
  package let finding: Receiving.Finding?
  package let heading: Heading
  /// The box that an item was to be in, where that is another one.
  package let otherBox: BoxNumber?

  /// The one thing that is said of an item.
  package enum Heading: String, Hashable, Sendable, CaseIterable {
    case agreed
    /// Expected and there, but hurt.
    case damaged
    case missing
    case extra
    case fromAnotherBox = "from-another-box"
    /// Found while there is neither slip nor event to hold it against.
    case unannounced
  }

  /// Whether slip and events contradict each other about the item.
  package var slipDisagrees: Bool {
    guard let packed, let said else { return false }
    return packed != said
  }
}

/// The three-way difference at receiving, each item under exactly one heading.
package struct ReceivingDifference: Hashable, Sendable {
  package let box: BoxNumber
  /// In order of items.
  package let lines: [ReceivingLine]

  /// The items under a heading.
  package func items(under heading: ReceivingLine.Heading) -> [ItemID] {
    lines.filter { $0.heading == heading }.map(\.item)
  }

  /// Whether all that was announced is there and unhurt, and nothing else is.
  package var isClean: Bool {
    lines.allSatisfy { $0.heading == .agreed && !$0.slipDisagrees }
  }
}

extension ReceivingLine.Heading {
  /// What the librarian reads above the items.
  package func words(in language: Language) -> String {
    switch (self, language) {
    case (.agreed, .vietnamese): "Đủ"
    case (.agreed, .english): "Agreed"
    case (.damaged, .vietnamese): "Hư hỏng"
    case (.damaged, .english): "Damaged"
    case (.missing, .vietnamese): "Thiếu"
    case (.missing, .english): "Missing"
    case (.extra, .vietnamese): "Thừa"
    case (.extra, .english): "Extra"
    case (.fromAnotherBox, .vietnamese): "Của thùng khác"
    case (.fromAnotherBox, .english): "From another box"
    case (.unannounced, .vietnamese): "Chưa có bảng kê"
    case (.unannounced, .english): "No manifest yet"
    }
  }
}
