import TestSupport

/// A walk through a page by the Tab key alone.
enum KeyboardWalk {
  /// Keys that are pressed at most; the settings have some 150 places to go to.
  private static let keyLimit = 600
  /// U+E004, WebDriver's code for Tab.
  private static let tab = "\u{E004}"

  /// What a person without a pointer could not reach (2.1.1), could not tell to have the focus
  /// (2.4.7), or could not see for something in front of it (2.4.11).
  static func problems(in browser: Browser) async throws -> [String] {
    try await browser.run(begin)
    let body = try await browser.find("body")
    for _ in 0..<keyLimit {
      try await body.type(tab)
      if try await browser.run(look) == true { break }
    }
    return try await browser.run(end).elements.compactMap(\.text)
  }

  private static let begin = #"""
    const about = (element) => [
      element.tagName.toLowerCase(), element.id, element.className,
      element.textContent.trim().slice(0, 30),
    ].join(' ');
    window.walk = { seen: new Set(), problems: [], about, ends: 0 };
    document.activeElement.blur();
    window.scrollTo(0, 0);
    """#

  /// Judges the element that has the focus; true once the walk is over.
  private static let look = #"""
    const { seen, problems, about } = window.walk;
    const element = document.activeElement;
    // The walk begins where the focus was, so it passes the end of the page once.
    if (element === document.body) {
      window.walk.ends += 1;
      return window.walk.ends > 2;
    }
    if (seen.has(element)) return seen.size > 1 && element === Array.from(seen)[0];
    seen.add(element);
    // A hidden file field is pressed, and shows its focus, through its label.
    const shown = element.matches('.visually-hidden') ? element.labels[0] : element;
    const style = getComputedStyle(shown);
    if (style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2) {
      problems.push(`no sign of focus: ${about(shown)}`);
    }
    const box = shown.getBoundingClientRect();
    const points = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]].map(([x, y]) => (
      document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)));
    const isSeen = points.some((top) => top && shown.contains(top));
    if (!isSeen) problems.push(`out of sight: ${about(shown)} ${box.top} ${box.bottom}`);
    return false;
    """#

  private static let end = #"""
    const { seen, problems, about } = window.walk;
    const controls = 'button, summary, a[href], input, select, textarea';
    for (const element of document.querySelectorAll(controls)) {
      if (element.disabled || !element.checkVisibility({ visibilityProperty: true })) continue;
      // Of choices that exclude each other Tab reaches one, and arrows the others.
      const isChoice = element.type === 'radio'
        && Array.from(seen).some((one) => one.type === 'radio' && one.name === element.name);
      if (!seen.has(element) && !isChoice) problems.push(`not reached: ${about(element)}`);
    }
    return problems;
    """#
}
