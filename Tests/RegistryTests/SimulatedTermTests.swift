import TestSupport
import Testing

@Suite("A simulated term at two schools")
struct SimulatedTermTests {
  @Test("is added up to the last item, signed by both, and the same in every run")
  func small() async throws {
    let report = try await SimulatedTerm.run(.small)
    #expect(report.problems == [])
    #expect(try await SimulatedTerm.run(.small).text == report.text)
  }
}
