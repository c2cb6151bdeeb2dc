import Glibc

/// How a serial scanner is set.
package struct SerialSettings: Hashable, Sendable {
  /// What ends a code.
  package enum Ending: String, Hashable, Sendable, CaseIterable {
    /// CR, LF or both.
    case line
    case tab
    /// Nothing: a code is over when no byte follows.
    case gap
  }

  /// Bits a second; a CDC-ACM scanner passes over it.
  package var baud: Int
  package var endings: Set<Ending>

  /// What scanners do from the factory.
  package static let usual = SerialSettings(baud: 9_600, endings: [.line, .tab])

  package init(baud: Int, endings: Set<Ending>) {
    self.baud = baud
    self.endings = endings
  }

  /// The speeds that scanners offer, as termios names them.
  static let speeds: [Int: speed_t] = [
    1_200: speed_t(B1200), 2_400: speed_t(B2400), 4_800: speed_t(B4800), 9_600: speed_t(B9600),
    19_200: speed_t(B19200), 38_400: speed_t(B38400), 57_600: speed_t(B57600),
    115_200: speed_t(B115200), 230_400: speed_t(B230400),
  ]
}
