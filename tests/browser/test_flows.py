"""A flow is written, mended, published and rolled back, as a person does it."""

import pytest
from selenium.webdriver import ActionChains, Chrome, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from admin.access.roles import Role
from store import flows
from tests.admin.flows.texts import CHANGED, MAIN
from tests.admin.panels import user
from tests.browser.at_work import REPLACED
from tests.browser.chromium import PATIENCE, complaints
from tests.browser.panel_process import RunningPanel

CONTROL = Keys.CONTROL


class EditorPage:
    """What somebody sees and does there."""

    def __init__(self, browser: Chrome, panel: RunningPanel) -> None:
        self._browser = browser
        self._url = f"{panel.url}/flows/edit/main"

    def open(self) -> None:
        self._browser.get(self._url)
        self.wait_for("verdict", "test calls.")
        self._text.click()

    def wait_for(self, where: str, words: str) -> None:
        WebDriverWait(self._browser, PATIENCE, ignored_exceptions=REPLACED).until(
            lambda browser: words in browser.find_element(By.ID, where).text,
            f"{words!r} is not in #{where}",
        )

    def type(self, *keys: str) -> None:
        """Where the cursor is."""
        ActionChains(self._browser).send_keys(*keys).perform()

    def hold_control(self, key: str) -> None:
        ActionChains(self._browser).key_down(CONTROL).send_keys(key).key_up(CONTROL).perform()

    def click(self, where: str) -> None:
        self._browser.find_element(By.ID, where).click()

    def wait_for_offer(self, word: str) -> None:
        def offered(browser: Chrome) -> bool:
            self.hold_control(" ")
            found = browser.find_elements(By.CSS_SELECTOR, ".cm-tooltip-autocomplete")
            return any(word in offer.text for offer in found)

        WebDriverWait(self._browser, PATIENCE).until(offered, f"{word!r} is not offered")

    @property
    def _text(self) -> WebElement:
        return self._browser.find_element(By.CSS_SELECTOR, "#text .cm-content")

    @property
    def words(self) -> str:
        return self._text.text

    def marks(self) -> int:
        return len(self._browser.find_elements(By.CSS_SELECTOR, ".cm-lint-marker-error"))


@pytest.fixture
def page(browser: Chrome, running_panel: RunningPanel) -> EditorPage:
    flows.save_draft("main", MAIN, author="ann")
    flows.go_live("main", 1)
    running_panel.let_in(browser, user(Role.EDITOR))
    return EditorPage(browser, running_panel)


def live() -> int:
    return flows.live_numbers()["main"]


def test_a_flow_is_edited_with_a_mistake_mended_published_and_rolled_back(
    browser: Chrome, page: EditorPage
) -> None:
    page.open()
    page.hold_control(Keys.HOME)
    page.type(Keys.DOWN, Keys.DOWN, Keys.END, "x")
    page.wait_for("mistakes", 'there is no step "askx"')
    assert page.marks() == 1
    page.click("show-list")
    page.wait_for("steps", "news")

    browser.find_element(By.CSS_SELECTOR, "#mistakes button").click()
    page.type(Keys.END, Keys.BACKSPACE)
    page.wait_for("verdict", "No mistakes")
    assert page.marks() == 0
    page.type(Keys.UP, Keys.END, " of the Daily")
    page.hold_control("s")
    page.wait_for("standing", "Draft 2, saved by editor")
    assert flows.version("main").text == MAIN.replace("Main line", "Main line of the Daily")

    page.click("publish")
    assert "1 test call passed" in browser.find_element(By.ID, "content").text
    page.click("go-live")
    page.wait_for("content", "Live now: main 2.")
    assert live() == 2

    browser.find_element(By.CSS_SELECTOR, "form[action$='roll-back'] button").click()
    browser.switch_to.alert.accept()
    page.wait_for("content", "Version 1 is live again.")
    assert live() == 1
    assert complaints(browser) == []


def test_what_was_not_saved_is_kept_and_nothing_of_others_is_overwritten(
    browser: Chrome, page: EditorPage
) -> None:
    page.open()
    page.hold_control(Keys.END)
    page.type("lang")
    page.wait_for_offer("language")
    page.type(Keys.ESCAPE, *[Keys.BACKSPACE] * len("lang"), "# mine")
    page.wait_for("standing", "Not saved yet")
    flows.save_draft("main", CHANGED, author="ben")
    browser.refresh()  # the question before leaving is answered by the driver itself
    page.wait_for("notes", "Your text that was not saved is here again.")
    page.wait_for("notes", "ben saved version 2 meanwhile.")
    assert "# mine" in page.words

    page.hold_control("s")
    page.wait_for("conflict-words", "ben saved version 2")
    assert flows.version("main").text == CHANGED
    page.click("keep-mine")
    page.wait_for("standing", "Draft 3, saved by editor")
    assert flows.version("main").text == f"{MAIN}# mine"
    assert [entry for entry in complaints(browser) if "409" not in entry] == []
