import Testing

@Suite("The import table of the design")
struct ImportTests {
  private let table = ImportTable.design

  @Test("lists a target only after all that it builds upon, so no arrow points back")
  func order() {
    var seen: Set<String> = []
    for row in table.rows {
      let unseen = row.targets.filter { !seen.contains($0) }
      #expect(unseen.isEmpty, "\(row.target) stands before \(unseen)")
      seen.insert(row.target)
    }
  }

  @Test("knows every folder in Sources")
  func folders() throws {
    for target in try SourceTree.repository.get().targets {
      #expect(table.row(target) != nil, "Sources/\(target) is not in the import table")
    }
  }

  @Test("is kept by every import in Sources")
  func imports() throws {
    var findings: [Finding] = []
    for file in try SourceTree.repository.get().swiftFiles {
      guard let target = file.target else { continue }
      for declaration in ImportDeclaration.all(in: file.swift)
      where !table.allows(target, toImport: declaration.module) {
        findings.append(
          Finding(
            file, line: declaration.line, "\(target) may not import \(declaration.module)"))
      }
    }
    report(findings)
  }

  @Test("is what Package.swift declares")
  func manifest() throws {
    let tree = try SourceTree.repository.get()
    let manifest = Manifest(try tree.file("Package.swift").text)
    for name in tree.targets {
      let row = try #require(table.row(name))
      let target = try #require(manifest.target(name), "Package.swift lacks \(name)")
      let present = Set(row.targets.filter(tree.targets.contains))
      let missing = present.subtracting(target.dependencies)
      #expect(missing.isEmpty, "Package.swift: \(name) does not depend on \(missing)")
      let extra = target.dependencies.filter { !table.allows(name, toImport: $0) }
      #expect(extra.isEmpty, "Package.swift: \(name) depends on \(extra)")
    }
  }

  @Test(
    "allows what lies below, at any depth",
    arguments: [
      ("Labels", "FoundationEssentials"), ("Scanning", "CZBar"), ("Desk", "Labels"),
      ("Journal", "GRDB"), ("HostServer", "Ledger"), ("StationServer", "NIOCore"),
      ("StationServer", "HummingbirdCore"), ("lienthong", "Circulation"),
    ])
  func allowed(target: String, module: String) {
    #expect(table.allows(target, toImport: module))
  }

  @Test(
    "refuses what lies above or beside, and what another target wraps",
    arguments: [
      ("Labels", "Foundation"), ("Labels", "Scanning"), ("Capture", "CZBar"),
      ("Ledger", "Journal"), ("Desk", "GRDB"), ("Exchange", "Journal"), ("HostServer", "Desk"),
      ("StationServer", "Registry"), ("HostServer", "Glibc"), ("Desk", "Nothing"),
      ("Nothing", "Labels"),
    ])
  func refused(target: String, module: String) {
    #expect(!table.allows(target, toImport: module))
  }
}
