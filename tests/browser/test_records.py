"""The records as a person keeps them: a mailbox with two mails, a number, a rule that is tried."""

from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select, WebDriverWait

from admin.access.roles import Role
from store.models import Flow, Mailbox, Recipient
from tests.admin.panels import user
from tests.browser.at_work import REPLACED
from tests.browser.chromium import PATIENCE, complaints
from tests.browser.panel_process import RunningPanel


def fill(browser: Chrome, name: str, text: str) -> None:
    browser.find_element(By.NAME, name).send_keys(text)


def send(browser: Chrome, form: str = "form.record") -> None:
    """Press the form's first button, and wait for the page that follows."""
    page = browser.find_element(By.TAG_NAME, "html")
    browser.find_element(By.CSS_SELECTOR, f"{form} button.first").click()
    WebDriverWait(browser, PATIENCE, ignored_exceptions=REPLACED).until(
        lambda driver: driver.find_element(By.TAG_NAME, "html") != page
    )


def test_somebody_keeps_a_mailbox_a_number_and_a_rule(
    browser: Chrome, running_panel: RunningPanel
) -> None:
    Flow.create(name="main")
    running_panel.let_in(browser, user(Role.ADMINISTRATOR))
    records = f"{running_panel.url}/records"

    browser.get(f"{records}/mailboxes/new/")
    fill(browser, "name", "culture")
    fill(browser, "numbers", "811")
    fill(browser, "hours-mon", "nine to five")
    fill(browser, "mail-0-to", "culture@paper.example")
    browser.find_element(By.CSS_SELECTOR, '[data-adds="mail"]').click()
    fill(browser, "mail-1-to", "night@paper.example")
    send(browser)
    faults = [fault.text for fault in browser.find_elements(By.CLASS_NAME, "fault")]
    assert len(faults) == 1
    assert "nine to five" in faults[0]
    monday = browser.find_element(By.NAME, "hours-mon")
    monday.clear()
    monday.send_keys("09:00-17:00")
    send(browser)
    assert Mailbox.get().hours == {"mon": "09:00-17:00"}
    assert [to.address for to in Recipient.select().order_by(Recipient.id)] == [
        "culture@paper.example",
        "night@paper.example",
    ]

    browser.get(f"{records}/routes/new/")
    fill(browser, "number", "100")
    Select(browser.find_element(By.NAME, "flow")).select_by_value("main")
    send(browser)
    fill(browser, "asked", "100\n")
    WebDriverWait(browser, PATIENCE, ignored_exceptions=REPLACED).until(
        lambda driver: "hears the flow main" in driver.find_element(By.TAG_NAME, "main").text
    )

    browser.get(f"{records}/dialling/?asked=0900123456")
    assert "No, it would be refused now." in browser.find_element(By.TAG_NAME, "main").text
    assert complaints(browser) == []
