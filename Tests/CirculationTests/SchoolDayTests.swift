import Circulation
import Testing

@Suite struct SchoolDayTests {
  @Test("counts every day of three centuries one by one")
  func countsOn() throws {
    var day = try SchoolDay(year: 1900, month: 1, day: 1)
    let last = try SchoolDay(year: 2200, month: 12, day: 31)
    var previous = day.components
    while day < last {
      day = day.adding(days: 1)
      let (year, month, date) = day.components
      #expect(try SchoolDay(year: year, month: month, day: date) == day)
      #expect(date == previous.day + 1 || date == 1)
      previous = (year, month, date)
    }
  }

  @Test(
    "refuses days that do not exist",
    arguments: [
      (2026, 2, 31), (2026, 2, 29), (2026, 13, 1), (2026, 4, 31), (2026, 0, 5), (1, 1, 1),
    ])
  func refusesNoSuchDay(year: Int, month: Int, day: Int) {
    #expect(throws: DateError.noSuchDay(year: year, month: month, day: day)) {
      try SchoolDay(year: year, month: month, day: day)
    }
  }

  @Test("reads and writes dates", arguments: ["2026-09-05", "2024-02-29", "1999-12-31"])
  func readsDates(text: String) throws {
    #expect(try SchoolDay(text).description == text)
  }

  @Test(
    "refuses what is no date",
    arguments: ["", "05/09/2026", "2026-9-5", "2026-09-0x", "+026-09-05"])
  func refusesOtherText(text: String) {
    #expect(throws: DateError.self) { try SchoolDay(text) }
  }

  @Test("knows the day of the week before and after 1970")
  func weekday() throws {
    #expect(try SchoolDay("2026-11-24").weekday == .tuesday)
    #expect(try SchoolDay("1945-09-02").weekday == .sunday)
  }

  @Test("turns a moment into the day in Vietnam, where it is seven hours later")
  func localDay() throws {
    let lateEveningUTC = Int64(try SchoolDay("2026-09-14").number) * 86_400_000 + 20 * 3_600_000
    #expect(SchoolDay(unixMilliseconds: lateEveningUTC).description == "2026-09-15")
    #expect(SchoolDay(unixMilliseconds: -1, offsetMinutes: 0).description == "1969-12-31")
  }
}
