// swift-tools-version: 6.2
import PackageDescription

/// For loops over pixels, which take thirty times as long without it: in debug builds too.
let optimised: [SwiftSetting] = [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// The settings of every target: the language's stricter future, and no warning left standing.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(
  name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let cryptoExtras = Target.Dependency.product(name: "CryptoExtras", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(
  name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let unixSignals = Target.Dependency.product(
  name: "UnixSignals", package: "swift-service-lifecycle")
let serviceLifecycle = Target.Dependency.product(
  name: "ServiceLifecycle", package: "swift-service-lifecycle")

/// The import table of the design, from the label to the host.
///
/// `Tests/TidyTests` holds it.
let sources: [Target] = [
  .systemLibrary(
    name: "CZBar", pkgConfig: "zbar", providers: [.apt(["libzbar-dev"])]),
  .systemLibrary(
    name: "CImageCodecs", pkgConfig: "libpng",
    providers: [.apt(["libpng-dev", "libturbojpeg0-dev"])]),
  .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
  .systemLibrary(
    name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  .systemLibrary(
    name: "CPango", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
  .systemLibrary(name: "CZint", providers: [.apt(["libzint-dev"])]),
  .target(
    name: "CLinuxDevices", cSettings: [.treatAllWarnings(as: .error)],
    linkerSettings: [.linkedLibrary("xkbcommon")]),
  .target(name: "Labels", swiftSettings: strict),
  .target(
    name: "Scanning", dependencies: ["Labels", "CZBar", "CImageCodecs"],
    swiftSettings: strict + optimised),
  .target(
    name: "Capture", dependencies: ["CLinuxDevices", "Labels", "Scanning", yams],
    swiftSettings: strict),
  .target(name: "Circulation", dependencies: ["Labels"], swiftSettings: strict),
  .target(
    name: "Credentials", dependencies: ["Circulation", "Labels", crypto, cryptoExtras],
    swiftSettings: strict),
  .target(name: "Lists", dependencies: ["Circulation", "Labels"], swiftSettings: strict),
  .target(name: "Rotation", dependencies: ["Circulation", "Labels"], swiftSettings: strict),
  .target(
    name: "Printing", dependencies: ["Labels", "Rotation", "CPango", "CZint"],
    swiftSettings: strict),
  .target(
    name: "Ledger", dependencies: ["Circulation", "Rotation", crypto], swiftSettings: strict),
  .target(name: "Storage", dependencies: [grdb, grdbSQLite], swiftSettings: strict),
  .target(
    name: "Journal", dependencies: ["Credentials", "Ledger", "Storage", crypto, grdb],
    swiftSettings: strict),
  .target(name: "Desk", dependencies: ["Journal", "Lists"], swiftSettings: strict),
  .target(name: "Exchange", dependencies: ["Ledger", "CZlib", crypto], swiftSettings: strict),
  .target(
    name: "Registry", dependencies: ["Credentials", "Exchange", "Storage", "CPostgreSQL", grdb],
    swiftSettings: strict),
  .target(
    name: "Serving",
    dependencies: [
      "Circulation", httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioPosix,
      serviceLifecycle, unixSignals,
    ],
    swiftSettings: strict),
  .target(
    name: "StationServer",
    dependencies: [
      "Capture", "Credentials", "Desk", "Exchange", "Printing", "Serving", asyncHTTPClient,
      httpTypes, hummingbird, logging, mustache, nioCore, nioPosix, nioHTTP1, serviceLifecycle,
    ],
    resources: [.embedInCode("Page/Assets"), .embedInCode("Routes/openapi.json")],
    swiftSettings: strict),
  .target(
    name: "HostServer",
    dependencies: [
      "Circulation", "Credentials", "Registry", "Serving", httpTypes, hummingbird, logging,
      mustache, nioCore,
    ],
    resources: [.embedInCode("Page/Assets"), .embedInCode("Routes/openapi.json")],
    swiftSettings: strict),
  .executableTarget(
    name: "lienthong",
    dependencies: [
      "Capture", "Circulation", "Credentials", "Desk", "Exchange", "HostServer", "Journal",
      "Labels", "Ledger", "Lists", "Printing", "Registry", "Scanning", "Serving", "StationServer",
      "Storage", argumentParser, asyncHTTPClient, logging, nioCore, nioHTTP1, unixSignals,
    ],
    swiftSettings: strict),
]

/// The tests, what they share, and the benchmarks.
let tests: [Target] = [
  .target(
    name: "TestSupport",
    dependencies: [
      "CImageCodecs", "Credentials", "Desk", "Exchange", "Registry", asyncHTTPClient, nioCore,
      nioHTTP1,
    ],
    path: "Tests/TestSupport", swiftSettings: strict + optimised),
  .testTarget(name: "LabelsTests", dependencies: ["Labels"], swiftSettings: strict),
  .testTarget(
    name: "ScanningTests", dependencies: ["Labels", "Scanning", "TestSupport"],
    swiftSettings: strict + optimised),
  .testTarget(
    name: "CaptureTests",
    dependencies: ["Capture", "CLinuxDevices", "Labels", "Scanning", "TestSupport"],
    exclude: ["Recordings"],
    swiftSettings: strict),
  .testTarget(name: "CirculationTests", dependencies: ["Circulation"], swiftSettings: strict),
  .testTarget(
    name: "ListsTests", dependencies: ["Circulation", "Labels", "Lists", "TestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "RotationTests", dependencies: ["Circulation", "Labels", "Rotation"],
    swiftSettings: strict),
  .testTarget(
    name: "PrintingTests",
    dependencies: ["Labels", "Printing", "Rotation", "Scanning", "TestSupport"],
    swiftSettings: strict),
  .testTarget(
    name: "LedgerTests", dependencies: ["Ledger", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "JournalTests", dependencies: ["Credentials", "Journal", "TestSupport", grdb],
    swiftSettings: strict),
  .testTarget(name: "DeskTests", dependencies: ["Desk", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "ExchangeTests", dependencies: ["Exchange", "TestSupport"], swiftSettings: strict),
  .testTarget(
    name: "RegistryTests",
    dependencies: [
      "Credentials", "Desk", "Journal", "Registry", "TermSimulation", "TestSupport", grdb,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "HostServerTests",
    dependencies: [
      "Credentials", "HostServer", "Labels", "Registry", "Serving", "TestSupport", httpTypes,
      hummingbird,
      hummingbirdTesting, logging, nioCore,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "UplinkTests",
    dependencies: [
      "Desk", "HostServer", "Journal", "Labels", "Registry", "StationServer", "TestSupport",
      asyncHTTPClient, httpTypes, hummingbird, hummingbirdTesting, logging, nioCore,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "StationServerTests",
    dependencies: [
      "Capture", "Circulation", "Credentials", "Desk", "Journal", "Labels", "Ledger", "Printing",
      "Rotation", "Serving", "StationServer", "TestSupport", asyncHTTPClient, httpTypes,
      hummingbird, hummingbirdTesting, logging, nioCore, serviceLifecycle,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "CommandTests",
    dependencies: [
      "Circulation", "Desk", "Exchange", "Journal", "Labels", "Ledger", "Registry", "Rotation",
      "Scanning", "StationServer", "lienthong", "TestSupport", asyncHTTPClient, nioCore, nioHTTP1,
    ],
    swiftSettings: strict),
  .testTarget(
    name: "JourneyTests",
    dependencies: [
      "Circulation", "Credentials", "Desk", "Exchange", "Journal", "Labels", "Ledger", "Registry",
      "StationServer", "lienthong", "TestSupport",
    ],
    swiftSettings: strict),
  .executableTarget(
    name: "DeviceLab",
    dependencies: [
      "Desk", "Journal", "Labels", "Ledger", "Scanning", "TestSupport", "lienthong",
      asyncHTTPClient, nioCore, nioHTTP1,
    ],
    path: "Tests/DeviceLab", swiftSettings: strict),
  .testTarget(name: "TidyTests", dependencies: ["TestSupport"], swiftSettings: strict),
  .executableTarget(
    name: "DecodeRates", dependencies: ["CZBar", "Labels", "Scanning"], path: "Tests/DecodeRates",
    swiftSettings: strict),
  .executableTarget(
    name: "TermSimulation", dependencies: ["TestSupport"], path: "Tests/TermSimulation",
    swiftSettings: strict),
  .executableTarget(
    name: "Benchmarks",
    dependencies: [
      "CZBar", "Credentials", "Desk", "Exchange", "Registry", "Scanning", "StationServer",
      "TestSupport", asyncHTTPClient, grdb, nioCore, nioHTTP1,
    ],
    path: "Tests/Benchmarks", exclude: ["README.md"], swiftSettings: strict),
]

let package = Package(
  name: "lienthong",
  platforms: [.macOS(.v15)],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: sources + tests
)
