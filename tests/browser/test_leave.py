"""Leave with a deputy, and a seat handed over, in front of a browser."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Enter
from tests.support import visitors


def test_leave_with_a_deputy_and_back_again(enter: Enter) -> None:
    """The worker names a deputy on the phone; the head sees who is away, and that the queue says who stands in."""
    worker = enter(visitors.PHONE, "zh-CN")
    page = worker.sign_in_as("worker")
    worker.go("/desk/leave/")
    worker.check_accessible()
    worker.check_fits_every_screen()
    page.locator("a[href='/desk/leave/add/']").click()
    worker.check_accessible()
    worker.check_fits_every_screen()
    page.fill("[name=last_day]", "2020-01-01")
    page.locator("form[data-submit-once] button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("请假的结束时间必须晚于开始时间")
    worker.forgive("status of 422")
    page.fill("[name=last_day]", page.evaluate("new Date(Date.now() + 4 * 864e5).toISOString().slice(0, 10)"))
    chosen = page.locator("select[name^=deputy_]")
    for number in range(chosen.count()):
        if chosen.nth(number).locator("option").count() > 1:
            chosen.nth(number).select_option(index=1)
    page.locator("main button[type=submit]").last.click()
    page.wait_for_url("**/desk/leave/*/")
    worker.check_accessible()
    worker.check_fits_every_screen()
    head = enter()
    there = head.sign_in_as("head")
    head.go("/desk/leave/")
    expect(there.locator("#now tbody tr")).to_have_count(1)
    head.check_accessible()
    head.go("/desk/queue/?show=open")
    expect(there.locator("tbody").first).to_contain_text("(stands in)")
    page.locator("form[action$='/end/'] button").click()
    page.wait_for_url("**/desk/leave/")
    head.go("/desk/leave/")
    expect(there.locator("#now tbody tr")).to_have_count(0)


def test_a_seat_is_handed_over_and_the_post_ends(enter: Enter) -> None:
    """The administrator moves one thing that waits, leaves the rest, ends the post; the head looks at vacancies."""
    head = enter()
    page = head.sign_in_as("head")
    admin = enter()
    desk = admin.sign_in_as("sysadmin")
    admin.go("/desk/seats/?role=grid_worker")
    desk.locator("tbody a").first.click()
    desk.locator("a[href$='/hand-over/']").first.click()
    expect(desk.locator("h1")).to_contain_text("Hand over a seat")
    admin.check_fits_every_screen()
    waits = desk.locator("input[name=matters]")
    for number in range(1, waits.count()):
        waits.nth(number).uncheck()
    desk.locator("select[name=to]").select_option(index=1)  # nobody is chosen beforehand
    desk.locator("button[name=move]").click()
    expect(desk.locator("body")).to_contain_text("1 matter was moved.")
    desk.locator("button[name=end]").click()
    expect(desk.locator("body")).to_contain_text("The end of the post is set.")
    head.go("/desk/vacancies/")
    head.check_accessible()
    head.check_fits_every_screen()
    expect(page.locator("h1")).to_contain_text("Vacancies")
