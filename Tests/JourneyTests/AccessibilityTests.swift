import Foundation
import TestSupport
import Testing

/// The checks themselves, on pages that are wrong on purpose.
@Suite(
  "The checks of a page", .serialized,
  .enabled(if: Chromedriver.isInstalled, "needs the Debian package chromium-driver"))
struct AccessibilityTests {
  private static let good = """
    <!doctype html><html lang="vi"><title>Thử</title>
    <meta name="viewport" content="width=device-width"><style>
    body { color: #222; background: #fff; }
    button, input { min-height: 48px; min-width: 48px; border: 2px solid #444; }
    :focus-visible { outline: 3px solid #a40; }
    </style><header class="top"><h1>Thư viện</h1></header>
    <main><label for="a">Số</label><input id="a"><button>Ghi</button>HERE</main>
    <footer>Trạm</footer></html>
    """

  @Test("find nothing on a page that is right")
  func right() async throws {
    try await Browser.open(width: 1_024, height: 600) { browser in
      try await show("", in: browser)
      try await Accessibility.expectNothingWrong(in: browser)
      #expect(try await KeyboardWalk.problems(in: browser) == [])
    }
  }

  @Test("find each thing that is wrong, and name it")
  func wrong() async throws {
    let cases = [
      ("<button></button>", "no name"), ("<input>", "no name"),
      ("<button aria-label='Xóa'>Ghi</button>", "named"),
      ("<button style='min-height:20px'>Ghi</button>", "only"),
      ("<button tabindex=2>Ghi</button>", "focus out of order"),
      ("<p style='color:#aaa'>Nhạt</p>", "contrast"),
      ("<label>Ô<input style='border-color:#ddd'></label>", "edge"),
      (
        "<label>Ô<input placeholder=x class=p></label><style>.p::placeholder{color:#bbb}</style>",
        "placeholder"
      ),
      ("<h4>Xa</h4>", "from level 1 to 4"), ("<li>Lẻ</li>", "no list"),
      ("<img src='data:,'>", "no text"), ("<svg></svg>", "read out"),
      ("<p id=a>Hai lần</p>", "twice #a"),
      ("<p aria-labelledby=nowhere>Ai?</p>", "aria-labelledby of nothing"),
      ("<p role=banana>Gì?</p>", "role=banana"), ("<div aria-label=x>Tên</div>", "without a role"),
      ("<p id=result>Đổi</p>", "changes in silence"), ("<main>Hai</main>", "not one main"),
      (
        "<div style='overflow:auto;height:20px'><p style='height:99px'>Cuộn</p></div>",
        "scrolls by pointer only"
      ),
    ]
    try await Browser.open(width: 1_024, height: 600) { browser in
      for (part, expected) in cases {
        try await show(part, in: browser)
        let problems = try await Accessibility.problems(in: browser)
        #expect(problems.contains { $0.contains(expected) }, "\(part): \(problems)")
      }
    }
  }

  @Test("find what keys don't reach, what hides the focus, and what shows none")
  func keys() async throws {
    let cases = [
      ("<button tabindex=-1>Ghi</button>", "not reached"),
      ("<button style='outline:0'>Ghi</button>", "no sign of focus"),
      (
        "<button id=b>Ghi</button><p style='position:fixed;inset:0;background:#fff'>Che</p>",
        "out of sight"
      ),
    ]
    try await Browser.open(width: 1_024, height: 600) { browser in
      for (part, expected) in cases {
        try await show(part, in: browser)
        let problems = try await KeyboardWalk.problems(in: browser)
        #expect(problems.contains { $0.contains(expected) }, "\(part): \(problems)")
      }
    }
  }

  /// Opens the page with a part more.
  private func show(_ part: String, in browser: Browser) async throws {
    let folder = try TemporaryFolder()
    let page = Self.good.replacing("HERE", with: part)
    let file = try folder.write(Array(page.utf8), to: "page.html")
    try await browser.go(to: file.absoluteString)
  }
}
