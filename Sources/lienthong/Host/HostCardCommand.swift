import ArgumentParser
import Labels
import Ledger
import Registry

/// `lienthong host card`: blocks a card in its library, and unblocks it.
struct HostCardCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "card",
    abstract: "Block a card, so that its library lends it nothing, or unblock it.",
    discussion: """
      The host knows no name and no card's number, only a token for each card, which changes with \
      every school year. A card is named by an item that is on loan to it, or by its token, which \
      this command prints. Its station hears of it when it next takes in the group's news; nothing \
      that was lent is touched.

      Examples:
        lienthong host card block --data /var/lib/lienthong-host --item TT1.TN.00001
        lienthong host card unblock --data /var/lib/lienthong-host --library TT1 --token 0F1E…
      """,
    subcommands: [HostCardBlockCommand.self, HostCardUnblockCommand.self])
}

/// `lienthong host card block`.
struct HostCardBlockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "block", abstract: "Block a card.")

  @OptionGroup var host: HostOptions
  @OptionGroup var card: CardOptions

  func run() async throws {
    try await Terminal.advising { try await card.set(isBlocked: true, at: host) }
  }
}

/// `lienthong host card unblock`.
struct HostCardUnblockCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "unblock", abstract: "Unblock a card.")

  @OptionGroup var host: HostOptions
  @OptionGroup var card: CardOptions

  func run() async throws {
    try await Terminal.advising { try await card.set(isBlocked: false, at: host) }
  }
}

/// Which card a command is for.
struct CardOptions: ParsableArguments {
  @Option(help: "An item that is on loan to the card, such as TT1.TN.00001.")
  var item: String?

  @Option(help: "The library of the card, with --token.")
  var library: LibraryCode?

  @Option(help: "The card's token: 32 hexadecimal digits.")
  var token: String?

  func validate() throws {
    guard (item == nil) != (token == nil), (library == nil) == (token == nil) else {
      throw ValidationError("Say --item, or --library with --token.")
    }
    if let token, Self.commitment(token) == nil {
      throw ValidationError("--token takes 32 hexadecimal digits.")
    }
    if let item, (try? ItemID(item)) == nil {
      throw ValidationError("--item takes an item's number, such as TT1.TN.00001.")
    }
  }

  func set(isBlocked: Bool, at options: HostOptions) async throws {
    let host = try await options.open()
    let (token, library) = try await card(at: host.registry)
    try await host.registry.setBlocked(isBlocked, card: token, of: library)
    try host.close()
    let (vi, en) = isBlocked ? ("Đã khóa", "blocked") : ("Đã mở khóa", "unblocked")
    try CommandOutput.write(
      """
      \(vi) thẻ \(token) của thư viện \(library). / Card \(token) of library \(library) is \(en).

      """)
  }

  private func card(
    at registry: GroupRegistry
  ) async throws -> (PatronCommitment, LibraryCode) {
    if let library, let token = token.flatMap(Self.commitment) { return (token, library) }
    guard let item = item.flatMap({ try? ItemID($0) }),
      let borrower = try await registry.borrower(of: item)
    else {
      Terminal.complain { language in
        switch language {
        case .vietnamese: "Thư viện chủ trì không ghi ai đang mượn cuốn này. Hãy xem lại số."
        case .english: "The host has this item on loan to nobody. Look at the number again."
        }
      }
      throw ExitCode.failure
    }
    return (borrower.token, borrower.library)
  }

  private static func commitment(_ text: String) -> PatronCommitment? {
    Hex.bytes(of: text).flatMap { PatronCommitment(bytes: $0) }
  }
}
