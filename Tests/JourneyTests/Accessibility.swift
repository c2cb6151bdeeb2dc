import TestSupport

/// What can be found out by a program about how well a page serves everybody (WCAG 2.2 AA).
enum Accessibility {
  /// What is wrong with what is visible now: names (4.1.2), sizes (2.5.5, 44 px), contrast (1.4.3).
  static func problems(in browser: Browser) async throws -> [String] {
    try await browser.run(script).elements.compactMap(\.text)
  }

  private static let script = """
    const problems = [];
    const visible = (element) => element.checkVisibility({ visibilityProperty: true })
      && !element.closest('.visually-hidden, .skip');
    const about = (element) => [
      element.tagName.toLowerCase(), element.id, element.className,
      element.textContent.trim().slice(0, 30),
    ].join(' ');
    const pressed = 'button, summary, a[href], input, select, label.button';
    for (const element of document.querySelectorAll(pressed)) {
      if (!visible(element)) continue;
      const name = element.getAttribute('aria-label') || element.textContent.trim()
        || Array.from(element.labels ?? [], (label) => label.textContent.trim()).join(' ');
      if (!name) problems.push(`no name: ${about(element)}`);
      // A box to tick is pressed by the words beside it as well.
      const place = element.type === 'checkbox' ? element.closest('label') : element;
      const box = place.getBoundingClientRect();
      if (box.width < 44 || box.height < 44) {
        problems.push(`only ${box.width} × ${box.height}: ${about(element)}`);
      }
    }
    const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
    const luminance = (colour) => {
      const [red, green, blue] = numbers(colour).map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const background = (element) => {
      for (let each = element; each; each = each.parentElement) {
        const colour = getComputedStyle(each).backgroundColor;
        if (numbers(colour)[3] !== 0) return colour;
      }
      return 'rgb(255, 255, 255)';
    };
    for (const element of document.querySelectorAll('body *')) {
      const hasText = Array.from(element.childNodes).some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      if (!hasText || !visible(element)) continue;
      const pair = [luminance(getComputedStyle(element).color), luminance(background(element))];
      const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      if (ratio < 4.5) problems.push(`contrast ${ratio.toFixed(2)}: ${about(element)}`);
    }
    return problems;
    """
}
