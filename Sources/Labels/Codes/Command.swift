/// What a printed command label tells the kiosk to do, so that no keyboard is needed.
package enum Command: String, CheckedLabel, CaseIterable {
  /// Ends the patron's session.
  case done = "DONE"
  /// Gives up what is begun and records nothing.
  case cancel = "CANCEL"
  /// Takes back the last thing recorded.
  case undo = "UNDO"
  /// The next items are lent.
  case checkout = "LEND"
  /// The next items come back.
  case returnItems = "RETURN"
  /// The next items are renewed.
  case renew = "RENEW"
  /// The next items are read in the library, and counted without a name.
  case onSite = "ONSITE"
  /// Shows what can be done now.
  case help = "HELP"

  /// The prefix of every command.
  static let prefix = "C"

  package var text: String { "\(Self.prefix).\(rawValue)" }

  /// Takes `C.` and a command's word.
  package init(_ text: some StringProtocol) throws(LabelError) {
    let text = try LabelText(text).text
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts[0] == Self.prefix else { throw .unknownPrefix(String(parts[0])) }
    let word = parts.count == 2 ? String(parts[1]) : ""
    guard let command = Command(rawValue: word) else { throw .unknownCommand(word) }
    self = command
  }
}
