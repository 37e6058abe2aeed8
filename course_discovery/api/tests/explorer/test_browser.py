"""The explorer as a person meets it, in a real Chromium."""

import os
import re
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from course_discovery.api.tests.explorer.catalog import UNSEEN

pytestmark = pytest.mark.skipif(
    bool(os.environ.get("DATABASE_URL") or os.environ.get("TEST_SEARCH_URL")),
    reason="a browser sees the same on every engine",
)
PATHS = ("/", "/?q=music", "/?q=zzzz", "/courses/NorthU+MUS101/")


def number(text: str | None) -> int:
    """The number in a text."""
    found = re.search(r"\d+", text or "")
    assert found
    return int(found[0])


def test_a_search_leads_to_the_page_of_a_course(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).fill("music fjords")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Results for “music fjords”")
    expect(page.locator(".card")).to_have_count(1)
    page.get_by_role("link", name="Music of the North").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Music of the North")
    expect(page.get_by_text("Ada Noter")).to_be_visible()
    page.get_by_role("link", name="Sound and Sense").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sound and Sense")
    expect(page.locator(".card")).to_have_count(2)


def test_suggestions_are_chosen_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    box = page.get_by_role("combobox")
    box.focus()
    expect(box).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("phys")
    option = page.get_by_role("option", name="Physics of Strings")
    expect(option).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    expect(option).to_have_attribute("aria-selected", "false")
    page.keyboard.press("ArrowDown")
    expect(option).to_have_attribute("aria-selected", "true")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    page.keyboard.press("Escape")
    expect(option).to_be_hidden()
    expect(box).to_have_value("phys")
    page.keyboard.press("ArrowDown")
    expect(option).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Physics of Strings")


def test_enter_without_a_choice_searches(page: Page) -> None:
    page.goto("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("phys strings")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=phys\+strings$"))


def test_a_facet_narrows_to_exactly_its_count_and_back(page: Page) -> None:
    page.goto("/")
    everything = number(page.locator(".total").text_content())
    links = page.get_by_role("navigation", name="Filters").get_by_role("link")
    places = links.count()
    assert places > 8
    for place in range(places):
        count = number(links.nth(place).locator(".count").text_content())
        links.nth(place).click()
        expect(page.locator(".total")).to_contain_text(f"{count} result")
        expect(page.locator(".card")).to_have_count(count)
        page.locator(".chips a").first.click()
        expect(page.locator(".total")).to_contain_text(f"{everything} results")


def test_the_keyboard_reaches_everything(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    first = page.get_by_role("navigation", name="Filters").get_by_role("link").first
    expect(first).to_be_focused()
    outline = first.evaluate("element => getComputedStyle(element).outlineStyle")
    assert outline == "solid"


def test_a_phone_never_scrolls_sideways(phone: Page) -> None:
    program = None
    for path in (*PATHS, "/?kind=program"):
        phone.goto(path)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 360, path
        if path == "/?kind=program":
            program = phone.locator(".card a").first.get_attribute("href")
    assert program
    phone.goto(program)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360


def test_on_a_phone_filters_unfold(phone: Page) -> None:
    phone.goto("/")
    choice = phone.locator(".filters a", has_text="Physics")
    expect(choice).to_be_hidden()
    phone.locator(".filters > summary").click()
    expect(choice).to_be_visible()
    choice.click()
    expect(phone.locator(".total")).to_contain_text("1 result")


def test_everything_works_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("music")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Music of the North")).to_be_visible()
    page.locator(".filters a", has_text="Programs").click()
    expect(page.locator(".card")).to_have_count(1)
    context.close()


def test_nobody_sees_what_is_not_public(page: Page) -> None:
    for path in (*PATHS, "/?q=music&sort=start", "/?kind=program"):
        page.goto(path)
        text = page.locator("body").inner_text()
        for title in UNSEEN:
            assert title not in text
    page.goto("/")
    page.get_by_role("combobox").focus()
    page.keyboard.type("music")
    expect(page.get_by_role("option")).to_have_count(1)


def test_no_script_of_a_description_runs(page: Page) -> None:
    page.goto("/courses/NorthU+MUS101/")
    expect(page).to_have_title("Music of the North – edX")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_texts_stand_out_from_what_is_behind_them(
    browser: Browser, address: str, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2, success criterion 1.4.3: 4.5 to 1."""
    context = browser.new_context(base_url=address, color_scheme=scheme)
    page = context.new_page()
    for path in (*PATHS, "/?subject=Physics"):
        page.goto(path)
        assert page.evaluate(_WEAK) == [], path
    context.close()


# Texts whose contrast with the nearest background that is not transparent is too weak.
_WEAK = """() => {
  const channels = (text) => text.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = color.map((each) => {
      const part = each / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const color = channels(getComputedStyle(each).backgroundColor);
      if (color.length < 4 || color[3] === 1) return color.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    const says = [...element.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim());
    if (!says || !element.checkVisibility() || element.closest("[aria-hidden=true]")) continue;
    const pair = [channels(getComputedStyle(element).color).slice(0, 3), behind(element)];
    const [dark, bright] = pair.map(light).sort((a, b) => a - b);
    if ((bright + 0.05) / (dark + 0.05) < 4.5) weak.push(element.outerHTML.slice(0, 120));
  }
  return weak;
}"""
