/// A day at school: a calendar date without a time, counted in days since 1 January 1970.
///
/// Due dates are days, not moments, so that a clock that is some hours off changes nothing, and
/// arithmetic on them needs no time zone. Vietnam keeps UTC+7 all year; a school elsewhere passes
/// its own offset where a moment becomes a day.
package struct SchoolDay: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  package let number: Int

  package init(number: Int) {
    self.number = number
  }

  /// The day on which a moment falls, given the local offset from UTC in minutes.
  package init(unixMilliseconds: Int64, offsetMinutes: Int = Self.vietnamOffsetMinutes) {
    let local = unixMilliseconds + Int64(offsetMinutes) * 60_000
    number = Int(local.floorDivided(by: 86_400_000))
  }

  /// UTC+7, all year round.
  package static let vietnamOffsetMinutes = 7 * 60

  package static func < (left: Self, right: Self) -> Bool {
    left.number < right.number
  }

  /// The day so many days later, or earlier where the count is negative.
  package func adding(days: Int) -> SchoolDay {
    SchoolDay(number: number + days)
  }

  package var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[(number + 3).modulo(7)]
  }
}

/// A day of the week, Monday first as in Vietnamese school calendars.
package enum Weekday: String, CaseIterable, Codable, Sendable {
  case monday, tuesday, wednesday, thursday, friday, saturday, sunday
}

/// What is wrong with a date: the rule that it broke.
package enum DateError: Error, Hashable, Sendable {
  /// The text is not of the form `YYYY-MM-DD`.
  case notADate(String)
  /// No such day, for example 31 February.
  case noSuchDay(year: Int, month: Int, day: Int)
}

extension SchoolDay {
  /// The years that a date may have; outside of them it is a slip of the pen.
  package static let years = 1900...2200

  /// A date of the Gregorian calendar, refusing days that do not exist.
  package init(year: Int, month: Int, day: Int) throws(DateError) {
    guard Self.years.contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { throw .noSuchDay(year: year, month: month, day: day) }
    // Counting the year from March puts the leap day last; 719,468 days lie between
    // 0000-03-01 and 1970-01-01.
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted % 400
    let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `YYYY-MM-DD`.
  package init(_ text: some StringProtocol) throws(DateError) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard text.utf8.count == 10, parts.count == 3,
      parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { throw .notADate(String(text.prefix(40))) }
    try self.init(year: year, month: month, day: day)
  }

  /// Year, month and day in the Gregorian calendar.
  package var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = shifted.floorDivided(by: 146_097)
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension SchoolDay: CustomStringConvertible {
  /// The date as `YYYY-MM-DD`.
  package var description: String {
    let (year, month, day) = components
    return "\(year)-\(twoDigits(month))-\(twoDigits(day))"
  }

  /// The date as people in Vietnam write it, `DD/MM/YYYY`.
  package var vietnameseText: String {
    let (year, month, day) = components
    return "\(twoDigits(day))/\(twoDigits(month))/\(year)"
  }

  private func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}

extension SchoolDay: Codable {
  package init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension BinaryInteger {
  /// The quotient rounded towards minus infinity, so that days before 1970 count evenly.
  fileprivate func floorDivided(by divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }

  /// The remainder of `floorDivided(by:)`, never negative.
  fileprivate func modulo(_ divisor: Self) -> Self {
    self - floorDivided(by: divisor) * divisor
  }
}
