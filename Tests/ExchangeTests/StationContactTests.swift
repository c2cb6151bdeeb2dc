import Exchange
import Testing

@Suite("What a station tells of its clocks")
struct StationContactTests {
  @Test("is read back as it was written", arguments: [nil, 0, 40, 3_600_000])
  func roundTrip(way: Int?) {
    let contact = StationContact(
      wallMilliseconds: 1_789_500_000_000, monotonicMilliseconds: 60_000, boot: .max, head: 12,
      roundTripMilliseconds: way)
    #expect(StationContact(contact.text) == contact)
    #expect(contact.text.utf8.count <= StationContact.longestText)
  }

  @Test(
    "is passed over where it is none",
    arguments: [
      "", "wall", "wall=1", "wall=x;monotonic=1;boot=1;head=1",
      "wall=1;monotonic=1;boot=4294967296;head=1", "wall=-1;monotonic=1;boot=1;head=1",
      "wall=9223372036854775807;monotonic=1;boot=1;head=1",
      "wall=1;monotonic=1;boot=1;head=1;round-trip=-5",
      String(repeating: "wall=1;", count: 100) + "monotonic=1;boot=1;head=1",
    ])
  func garbage(text: String) {
    #expect(StationContact(text) == nil)
  }
}
