"""Somebody without a mouse, who goes through a page with Tab and uses what has the focus.

Whoever gets somewhere also sees where: what has the focus shows it, and is not covered.
"""

from playwright.sync_api import Locator, Page, expect

MOST = 400
"""So many times Tab; no page has more to go through."""
MOST_CHOICES = 100

IS_BEFORE = """target => Boolean(
  document.activeElement.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING
)"""
HAS_FOCUS = "target => document.activeElement === target"
FAULTS = """target => {
  const shows = one => {
    const style = getComputedStyle(one);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  const box = target.getBoundingClientRect();
  const above = [0.1, 0.5, 0.9].map(
    part => document.elementFromPoint(box.x + box.width * part, box.y + box.height * part));
  const seen = above.some(one => one && (target.contains(one) || one.contains(target)));
  const [near] = above.filter(Boolean);
  const marked = [target, target.parentElement, target.nextElementSibling].some(
    one => one && shows(one));
  return [
    marked ? "" : "does not show it",
    seen ? "" : `is covered by ${near ? near.outerHTML.slice(0, 200) : "the edge of the window"}`,
  ].filter(Boolean);
}"""


def reach(target: Locator) -> Locator:
    """Go to something with Tab, or back with Shift and Tab; `AssertionError` if it can't be."""
    expect(target).to_be_visible()
    target.page.wait_for_load_state()
    key = "Shift+Tab" if target.evaluate(IS_BEFORE) else "Tab"
    for _number in range(MOST):
        if target.evaluate(HAS_FOCUS):
            faults = target.evaluate(FAULTS)
            assert not faults, f"{target} has the focus and {', '.join(faults)}"
            return target
        target.page.keyboard.press(key)
    raise AssertionError(f"{target} is not reached by {key}")


def press(target: Locator) -> None:
    """Use a link or a button."""
    reach(target)
    target.page.keyboard.press("Enter")


def write(field: Locator, text: str) -> None:
    """Put a text into a field, instead of what stands there."""
    reach(field)
    field.page.keyboard.press("ControlOrMeta+a")
    field.page.keyboard.insert_text(text)


def tick(box: Locator) -> None:
    """Choose a checkbox."""
    reach(box)
    if not box.is_checked():
        box.page.keyboard.press("Space")
    expect(box).to_be_checked()


def choose(field: Locator, value: str) -> None:
    """Choose from a list, with the arrow keys."""
    reach(field)
    field.page.keyboard.press("Home")
    for _number in range(MOST_CHOICES):
        if field.input_value() == value:
            return
        field.page.keyboard.press("ArrowDown")
    raise AssertionError(f"{field} offers no {value}")


def open_tab(page: Page, name: str) -> None:
    """Open a tab of a form: Tab leads to the one that is open, arrows to the others."""
    wanted = page.get_by_role("tab", name=name)
    tabs = page.get_by_role("tablist").filter(has=wanted).get_by_role("tab")
    reach(tabs.and_(page.get_by_role("tab", selected=True)))
    page.keyboard.press("Home")
    for tab in tabs.all():
        expect(tab).to_be_focused()
        if wanted.evaluate(HAS_FOCUS):
            break
        page.keyboard.press("ArrowRight")
    expect(wanted).to_have_attribute("aria-selected", "true")
