import TestSupport
import Testing

/// What can be found out by a program about how well a page serves everybody (WCAG 2.2 AA).
enum Accessibility {
  /// What is wrong with what is visible now; the numbers are those of WCAG's criteria.
  static func problems(in browser: Browser) async throws -> [String] {
    let script = [helpers, pressed, contrast, structure, references, roles, "return problems;"]
    return try await browser.run(script.joined(separator: "\n")).elements.compactMap(\.text)
  }

  /// Expects nothing to be wrong, and names what is.
  static func expectNothingWrong(
    in browser: Browser, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let problems = try await problems(in: browser)
    #expect(problems == [], sourceLocation: sourceLocation)
  }

  private static let helpers = #"""
    const problems = [];
    // What names other elements by their id.
    const pointing = ['labelledby', 'describedby', 'controls', 'errormessage']
      .map((name) => `aria-${name}`);
    const all = (selector) => Array.from(document.querySelectorAll(selector));
    const visible = (element) => element.checkVisibility({ visibilityProperty: true })
      && !element.closest('.visually-hidden, .skip');
    const about = (element) => [
      element.tagName.toLowerCase(), element.id, element.className.baseVal ?? element.className,
      element.textContent.trim().slice(0, 30),
    ].join(' ');
    const note = (what, element) => problems.push(element ? `${what}: ${about(element)}` : what);
    const textOf = (ids) => ids.split(/\s+/)
      .map((id) => document.getElementById(id)?.textContent.trim() ?? '').join(' ').trim();
    const nameOf = (element) => textOf(element.getAttribute('aria-labelledby') ?? '')
      || element.getAttribute('aria-label')
      || Array.from(element.labels ?? [], (label) => label.textContent.trim()).join(' ')
      || (/^(INPUT|SELECT|TEXTAREA)$/.test(element.tagName) ? '' : element.textContent.trim());
    """#

  /// Names (4.1.2, 2.5.3), room (2.5.5, 44 px), no order of its own for the focus (2.4.3).
  private static let pressed = #"""
    const controls = 'button, summary, a[href], input, select, textarea';
    for (const element of all(controls)) {
      if (!element.checkVisibility() || element.closest('.skip')) continue;
      const name = nameOf(element);
      if (!name) note('no name', element);
      const letters = (text) => text.replace(/\s+/g, '');
      const words = element.matches('button, summary, a[href]') ? element.innerText : '';
      // A sign such as “+” is no word.
      const isNamed = !/\p{L}/u.test(words) || letters(name).includes(letters(words));
      if (!isNamed) note(`named “${name}”`, element);
      if (element.tabIndex > 0) note('focus out of order', element);
    }
    for (const element of all(`${controls}, label.button`)) {
      // A link within a sentence is as high as its line (2.5.8).
      if (!visible(element) || element.matches('p a')) continue;
      // A box to tick, or a choice, is pressed by the words beside it as well.
      const hasWords = ['checkbox', 'radio'].includes(element.type) && element.closest('label');
      const place = hasWords ? element.closest('label') : element;
      const box = place.getBoundingClientRect();
      if (box.width < 44 || box.height < 44) note(`only ${box.width} × ${box.height}`, element);
    }
    """#

  /// Texts 4.5:1 (1.4.3), edges of fields 3:1 (1.4.11).
  private static let contrast = #"""
    const numbers = (colour) => colour.match(/[\d.]+/g).map(Number);
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
    const ratio = (one, other) => {
      const pair = [luminance(one), luminance(other)];
      return (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    };
    for (const element of all('body *')) {
      const hasText = Array.from(element.childNodes).some(
        (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim());
      const isField = element.matches('input:not([type=checkbox], [type=file]), select, textarea');
      if (!(hasText || isField) || !visible(element) || element.disabled) continue;
      const style = getComputedStyle(element);
      const text = ratio(style.color, background(element));
      if (text < 4.5) note(`contrast ${text.toFixed(2)}`, element);
      if (!isField) continue;
      const edge = ratio(style.borderTopColor, background(element.parentElement));
      if (edge < 3) note(`edge ${edge.toFixed(2)}`, element);
      if (!element.placeholder) continue;
      const hint = ratio(getComputedStyle(element, '::placeholder').color, background(element));
      if (hint < 4.5) note(`placeholder ${hint.toFixed(2)}`, element);
    }
    """#

  /// Language (3.1.1, 3.1.2), title (2.4.2), landmarks, headings and lists (1.3.1), pictures
  /// (1.1.1), scrolling by key (2.1.1), zoom that is not switched off (1.4.4).
  private static let structure = #"""
    if (!['vi', 'en'].includes(document.documentElement.lang)) note('no language');
    if (!document.title.trim()) note('no title');
    for (const name of ['main', 'h1', 'header.top', 'footer']) {
      if (all(name).filter(visible).length !== 1) note(`not one ${name}`);
    }
    let level = 0;
    for (const heading of all('h1, h2, h3, h4, h5, h6').filter(visible)) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) note(`from level ${level} to ${next}`, heading);
      if (!heading.textContent.trim()) note('empty heading', heading);
      level = next;
    }
    for (const item of all('li')) if (!item.parentElement.matches('ul, ol')) note('no list', item);
    for (const list of all('ul, ol')) {
      if (Array.from(list.children).some((item) => item.tagName !== 'LI')) note('no item', list);
    }
    for (const part of all('dt, dd')) if (!part.closest('dl')) note('no list of terms', part);
    for (const picture of all('img')) if (!picture.hasAttribute('alt')) note('no text', picture);
    for (const drawing of all('svg')) {
      if (drawing.getAttribute('aria-hidden') !== 'true') note('read out', drawing);
    }
    for (const link of all('a[hreflang]')) if (link.lang !== link.hreflang) note('language', link);
    for (const part of all('body > *, body > * *').filter(visible)) {
      if (part.closest('header, main, footer, nav, .skip, template, script')) continue;
      if (part.textContent.trim() && !part.children.length) note('outside of all parts', part);
    }
    for (const part of all('body *').filter(visible)) {
      const { overflowX, overflowY } = getComputedStyle(part);
      if (!/auto|scroll/.test(overflowX + overflowY)) continue;
      const scrolls = part.scrollHeight > part.clientHeight + 1
        || part.scrollWidth > part.clientWidth + 1;
      const isReached = part.tabIndex >= 0
        || Array.from(part.querySelectorAll(controls)).some((each) => visible(each));
      if (scrolls && !isReached) note('scrolls by pointer only', part);
    }
    const zoom = document.querySelector('meta[name=viewport]').content;
    if (/user-scalable|maximum-scale/.test(zoom)) note('zoom is switched off');
    """#

  /// Each name once, and what refers to one finds it (4.1.2).
  private static let references = #"""
    const ids = all('[id]').map((element) => element.id);
    for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) {
      note(`twice #${id}`);
    }
    for (const kind of ['for', ...pointing]) {
      for (const element of all(`[${kind}]`)) {
        for (const id of element.getAttribute(kind).split(/\s+/)) {
          if (!document.getElementById(id)) note(`${kind} of nothing`, element);
        }
      }
    }
    """#

  /// Roles and states that there are, what changes by itself is told (4.1.3), and nothing hidden
  /// gets the focus.
  private static let roles = #"""
    const known = {
      role: ['alert', 'group', 'region', 'search', 'status'],
      'aria-live': ['polite'], 'aria-atomic': ['true'], 'aria-hidden': ['true'],
      'aria-pressed': ['true', 'false'], 'aria-current': ['page'], 'aria-invalid': ['true'],
    };
    const free = ['aria-label', ...pointing];
    for (const element of all('*')) {
      for (const { name, value } of element.attributes) {
        if (name !== 'role' && !name.startsWith('aria-')) continue;
        if (free.includes(name) || known[name]?.includes(value)) continue;
        note(`${name}=${value}`, element);
      }
      const isNameless = element.matches('div, p, span, li')
        && !element.hasAttribute('role') && element.hasAttribute('aria-label');
      if (isNameless) note('a name without a role', element);
    }
    for (const element of all('#result, .message, #search-count, #class-count')) {
      if (!element.closest('[role=status], [role=alert]') && !element.dataset.kind) {
        note('changes in silence', element);
      }
    }
    for (const element of all('[aria-hidden=true] *')) {
      if (element.tabIndex >= 0) note('hidden, with a focus', element);
    }
    """#
}
