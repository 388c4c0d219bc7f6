"""The first sign-in, as a person: the password from the terminal, a new one, an app with codes."""

import pyotp
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from admin.users import keeping
from tests.browser.at_work import REPLACED
from tests.browser.chromium import PATIENCE, complaints
from tests.browser.panel_process import RunningPanel

OWN = "seven wet paper boats"


def fill(browser: Chrome, **fields: str) -> None:
    """Key the fields and send the form that they are in."""
    for name, text in fields.items():
        browser.find_element(By.NAME, name).send_keys(text)
    browser.find_element(By.NAME, next(iter(fields))).submit()


def heading(browser: Chrome, words: str) -> None:
    WebDriverWait(browser, PATIENCE, ignored_exceptions=REPLACED).until(
        lambda it: words in [one.text for one in it.find_elements(By.TAG_NAME, "h1")]
    )


def secret(browser: Chrome) -> str:
    browser.find_element(By.TAG_NAME, "summary").click()
    return browser.find_element(By.ID, "secret").text.replace(" ", "")


def test_the_first_administrator_signs_in_and_later_again_with_a_recovery_code(
    browser: Chrome, running_panel: RunningPanel
) -> None:
    first = keeping.first_administrator()
    browser.get(f"{running_panel.url}/users/")
    heading(browser, "Sign in")
    fill(browser, name="admin", password=first)
    heading(browser, "Your own password")
    fill(browser, password=OWN, again=OWN)
    heading(browser, "A second proof that it is you")
    picture = browser.find_element(By.CLASS_NAME, "qr")
    assert browser.execute_script("return arguments[0].naturalWidth > 100", picture)
    fill(browser, code=pyotp.TOTP(secret(browser)).now())
    heading(browser, "Keep these recovery codes")
    codes = [one.text for one in browser.find_elements(By.CSS_SELECTOR, ".codes code")]
    browser.find_element(By.CSS_SELECTOR, "a.first").click()
    heading(browser, "Users")  # where he wanted to go

    browser.find_element(By.CSS_SELECTOR, ".account summary").click()
    browser.find_element(By.CSS_SELECTOR, ".account button").click()
    heading(browser, "Sign in")
    fill(browser, name="admin", password=OWN)
    heading(browser, "Your code")
    fill(browser, code=codes[0])
    heading(browser, "Overview")
    assert complaints(browser) == []
