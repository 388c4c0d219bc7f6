"""The overview and the calls, as a person finds them."""

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from admin.access.roles import Role
from tests.admin.calls.rows import a_call
from tests.admin.panels import user
from tests.browser.chromium import complaints
from tests.browser.panel_process import RunningPanel

MOST_BYTES = 300_000
TRANSFERRED = """
return performance.getEntriesByType("navigation").concat(performance.getEntriesByType("resource"))
    .filter((each) => !each.name.includes("/live")).map((each) => [each.name, each.transferSize]);
"""


def test_a_call_is_found_from_the_overview_by_its_last_digits(
    browser: Chrome, running_panel: RunningPanel
) -> None:
    a_call("wanted", 0, caller_number="+49305550199", tags=["scoop"])
    a_call("other", 1)
    running_panel.let_in(browser, user(Role.ADMINISTRATOR))
    browser.get(f"{running_panel.url}/")
    sizes = dict(browser.execute_script(TRANSFERRED))
    assert any("chart.js" in name for name in sizes)
    assert 0 < sum(sizes.values()) < MOST_BYTES
    assert len(browser.find_elements(By.CSS_SELECTOR, ".chart canvas")) == 2
    browser.find_element(By.LINK_TEXT, "Calls").click()
    browser.find_element(By.ID, "number").send_keys("0199", Keys.ENTER)
    (found,) = browser.find_elements(By.CSS_SELECTOR, "tbody tr")
    assert "+49305550199" in found.text
    found.find_element(By.TAG_NAME, "a").click()
    steps = browser.find_elements(By.CSS_SELECTOR, ".steps tbody tr")
    assert [row.find_element(By.TAG_NAME, "strong").text for row in steps] == ["step0", "step1"]
    bars = [row.find_element(By.TAG_NAME, "rect").rect for row in steps]
    assert bars[0]["x"] < bars[1]["x"]
    assert bars[0]["width"] > 1
    assert complaints(browser) == []
