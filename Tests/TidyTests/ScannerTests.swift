import Testing

@Suite("The scanner that takes Swift apart")
struct SwiftTextTests {
  @Test(
    "keeps code, and blanks strings and comments",
    arguments: [
      (#"let a = "{" + b"#, #"let a =     + b"#),
      (#"let a = "\"{" // }"#, #"let a =           "#),
      ("a /* { /* { */ } */ b", "a                   b"),
      (##"let a = #"\(b)"}"# + c"##, ##"let a =            + c"##),
      (#"let a = "x\(b("}") + 1)y" + c"#, #"let a =     b(   ) + 1    + c"#),
      (##"let a = #"x\#(b)y"# + c"##, ##"let a =       b     + c"##),
      (#"let a = "" + b"#, "let a =    + b"),
      (#"let a = "never closed {"#, "let a =                "),
    ])
  func code(source: String, code: String) {
    #expect(SwiftText(source).code == [code[...]])
  }

  @Test("keeps line breaks inside a string of many lines, and one quote inside it")
  func manyLines() {
    let source = "let a = \"\"\"\n  { \"quoted\" \\(b)\n  \"\"\"\nlet c = 1"
    let code = SwiftText(source).code
    #expect(code.count == 4)
    #expect(code[1].contains("b") && !code[1].contains("{"))
    #expect(code[3] == "let c = 1")
  }

  @Test("keeps comments, and no string that looks like one")
  func comments() {
    let source = #"let url = "http://a" // real"#
    #expect(SwiftText(source).comments == ["                     // real"])
  }
}

@Suite("The scanner for the bodies of functions")
struct FunctionBodyTests {
  @Test("counts the lines between the braces, and none of the signature's")
  func counting() {
    let source = """
      func long(
        a: Int
      ) -> Int {
        if a > 0 {
          return 1
        }
        return 0
      }
      """
    #expect(names(in: source) == ["long 4"])
  }

  @Test("counts an inner function for itself and for the one around it")
  func nesting() {
    let source = """
      func outer() {
        func inner() {
          call("}")
        }
        inner()
      }
      """
    #expect(names(in: source) == ["inner 1", "outer 4"])
  }

  @Test("knows initialisers, subscripts and computed properties, and calls to none of them")
  func kinds() {
    let source = """
      struct A {
        init() {
          self.init(x)
        }
        subscript(i: Int) -> Int {
          B.init { i }
        }
        var c: Int {
          get { 1 }
        }
        let d = { 2 }
      }
      """
    #expect(names(in: source) == ["init 1", "subscript 1", "c 1"])
  }

  @Test("passes over a default argument's braces and a protocol's requirements")
  func noBody() {
    let source = """
      protocol P {
        func required()
      }
      struct S {
        var stored: Int
        func f(_ g: () -> Void = { }) {
        }
      }
      """
    #expect(names(in: source) == ["f 0"])
  }

  private func names(in source: String) -> [String] {
    FunctionBody.all(in: SwiftText(source)).map { "\($0.name) \($0.lineCount)" }
  }
}

@Suite("The readers of imports and of the manifest")
struct DeclarationReaderTests {
  @Test(
    "find the module that a line imports",
    arguments: zip(
      [
        "import Labels", "package import GRDB", "@testable import Desk", "// import Journal",
        "@preconcurrency public import struct NIOCore.ByteBuffer", "let text = \"import A\"",
      ],
      ["Labels", "GRDB", "Desk", nil, "NIOCore", nil]))
  func imports(line: String, module: String?) {
    #expect(ImportDeclaration.all(in: SwiftText(line)).first?.module == module)
  }

  @Test("find the targets of a manifest and what each depends on")
  func manifest() {
    let source = """
      let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
      let targets: [Target] = [
        .systemLibrary(name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
        // .target(name: "Gone"),
        .target(name: "Labels", swiftSettings: strict),
        .executableTarget(
          name: "tool",
          dependencies: [
            "Labels", grdb, .product(name: "Crypto", package: "swift-crypto"),
          ],
          swiftSettings: strict),
      ]
      """
    #expect(
      Manifest(source).targets == [
        Manifest.Target(name: "CZBar", dependencies: []),
        Manifest.Target(name: "Labels", dependencies: []),
        Manifest.Target(name: "tool", dependencies: ["Crypto", "GRDB", "Labels"]),
      ])
  }
}
