import Foundation
import Testing
import TestSupport

@testable import Journal

@Suite("The seal on names")
struct NameVaultTests {
  private func vault(_ name: String, in folder: TemporaryFolder) throws -> NameVault {
    NameVault(try KeyFile(path: folder.file(name).path, creating: true))
  }

  @Test("opens with its own key and for its own owner alone, and is never the same twice")
  func owner() throws {
    let folder = try TemporaryFolder()
    let (one, other) = (try vault("one.key", in: folder), try vault("other.key", in: folder))
    let sealed = try one.seal("Nguyễn Thị Hoa", boundTo: "TT1.00001")
    #expect(one.open(sealed, boundTo: "TT1.00001") == "Nguyễn Thị Hoa")
    #expect(one.open(sealed, boundTo: "TT1.00002") == nil)
    #expect(other.open(sealed, boundTo: "TT1.00001") == nil)
    #expect(try one.seal("Nguyễn Thị Hoa", boundTo: "TT1.00001") != sealed)
  }

  @Test("is broken by any one bit that was changed, and by an end that is missing")
  func changed() throws {
    let vault = try vault("names.key", in: try TemporaryFolder())
    let sealed = try vault.seal("Trần Văn Đức", boundTo: "TT1.00002")
    for index in sealed.indices {
      var broken = sealed
      broken[index] ^= 1
      #expect(vault.open(broken, boundTo: "TT1.00002") == nil)
      #expect(vault.open(sealed.prefix(upTo: index), boundTo: "TT1.00002") == nil)
    }
  }
}
