import Foundation
import TestSupport
import Testing

@Suite("lienthong demo")
struct DemoCommandTests {
  @Test("tells the main job from the label to the receipt, and ends")
  func story() async throws {
    let folder = try TemporaryFolder()
    let arguments = ["demo", "--port", "0", "--folder", folder.url.path]
    let output = try await BuiltProduct.run(arguments, timeout: .seconds(120))
    #expect(output.status == 0, "\(output.stderr)")
    for step in 1...9 { #expect(output.stdout.contains("\n\(step). ")) }
    for line in [
      "CODE-128:", "Rule: already-on-loan", "the host had 0 events",
      "the host's signature holds", "0 new, the same position", "all agree",
    ] {
      #expect(output.stdout.contains(line), "\(line)")
    }

    // A group that was made before is used as it is, with its host at another port.
    let again = try await BuiltProduct.run(arguments, timeout: .seconds(120))
    #expect(again.status == 0, "\(again.stderr)")
    #expect(!again.stdout.contains("the host had 0 events"))
  }
}
