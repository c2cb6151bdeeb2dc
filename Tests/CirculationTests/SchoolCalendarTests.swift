import Circulation
import Testing

@Suite struct SchoolCalendarTests {
  @Test(
    "never lets a loan fall due on a closed day",
    arguments: [LoanPeriod.days(7), .days(1), .days(14), .semester, .schoolYear])
  func dueOnOpenDay(period: LoanPeriod) throws {
    for year in 2025...2034 {
      let calendar = SchoolCalendar.standard(for: SchoolYear(start: year))
      let first = try SchoolDay(year: year, month: 8, day: 1)
      for step in 0..<365 {
        let day = first.adding(days: step)
        let due = try #require(calendar.dueDay(for: period, from: day))
        #expect(calendar.isOpen(due), "lent on \(day), due on \(due)")
        #expect(due >= day)
      }
    }
  }

  @Test("moves a week's loan over the days of Tết")
  func tet() throws {
    let calendar = SchoolCalendar.standard(for: SchoolYear(start: 2026))
    // Tết is on 6 February 2027; closed from 3 to 11 February.
    let due = calendar.dueDay(for: .days(7), from: try SchoolDay("2027-01-29"))
    #expect(due == (try SchoolDay("2027-02-12")))
  }

  @Test("ends a term's loan with the term it is made in")
  func semesterEnds() throws {
    let calendar = SchoolCalendar.standard(for: SchoolYear(start: 2026))
    #expect(
      calendar.dueDay(for: .semester, from: try SchoolDay("2026-10-01"))
        == (try SchoolDay("2027-01-15")))
    #expect(
      calendar.dueDay(for: .schoolYear, from: try SchoolDay("2026-10-01"))
        == (try SchoolDay("2027-05-28")))
  }

  @Test("stays where it was when a calendar is closed for ever")
  func alwaysClosed() throws {
    let calendar = SchoolCalendar(
      semesters: [], closedWeekdays: Set(Weekday.allCases), closedDays: [])
    let day = try SchoolDay("2026-10-01")
    #expect(calendar.openDay(onOrAfter: day) == day)
    #expect(calendar.openDay(onOrBefore: day) == day)
  }

  @Test("begins a school year in August")
  func schoolYear() throws {
    #expect(SchoolYear(containing: try SchoolDay("2026-07-31")).description == "2025-2026")
    #expect(SchoolYear(containing: try SchoolDay("2026-08-01")).description == "2026-2027")
  }
}
