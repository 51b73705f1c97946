"""Pictures and other files, from either side."""

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, expect
from tests.browser.agent import AtDesk
from tests.browser.conftest import BOTH
from tests.browser.network import held, until
from tests.browser.sides import Sides

UPLOADS = re.compile(r"/(widget/)?api/files$")
ARRIVED = re.compile("Sent|Seen")
HAND_OVER = """
(target, [events, name, type, bytes]) => {
  const data = new DataTransfer();
  data.items.add(new File([Uint8Array.from(atob(bytes), (one) => one.charCodeAt(0))], name, { type }));
  const how = { bubbles: true, cancelable: true };
  for (const event of events)
    target.dispatchEvent(event === "paste"
      ? new ClipboardEvent(event, { ...how, clipboardData: data })
      : new DragEvent(event, { ...how, dataTransfer: data }));
}
"""


def picture(name: str = "press.png") -> FilePayload:
    made = io.BytesIO()
    Image.new("RGB", (320, 200), "#9c4426").save(made, "PNG")
    return {"name": name, "mimeType": "image/png", "buffer": made.getvalue()}


def hand_over(to: Locator, file: FilePayload, *events: str) -> None:
    to.evaluate(
        HAND_OVER, [events, file["name"], file["mimeType"], base64.b64encode(file["buffer"]).decode()]
    )


def expect_inline_on_both(sides: Sides) -> None:
    for side in sides.both:
        shown = side.screen.locator(".picture img")
        expect(shown).to_have_count(1)
        expect(shown).to_have_js_property("naturalWidth", 320)


@BOTH
def test_a_picked_picture_shows_how_far_it_is_and_stands_in_the_conversation(sides: Sides) -> None:
    writer = sides.writer
    with held(writer.context, UPLOADS) as waiting:
        writer.picker.set_input_files(picture())
        expect(writer.tray).to_contain_text("press.png")
        expect(writer.tray.get_by_role("progressbar")).to_be_visible()
        until(lambda: len(waiting) == 1, writer.page)
    expect(writer.tray.get_by_role("progressbar")).to_be_hidden()
    sides.writes("This one")
    expect_inline_on_both(sides)
    expect(writer.foot).to_have_text(ARRIVED)
    expect(writer.tray).to_have_count(0)


@BOTH
def test_a_pasted_picture_is_sent_without_a_word(sides: Sides) -> None:
    writer = sides.writer
    hand_over(writer.composer, picture(), "paste")
    expect(writer.tray).to_contain_text("press.png")
    expect(writer.tray.get_by_role("progressbar")).to_be_hidden()
    writer.composer.press("Enter")
    expect_inline_on_both(sides)


@BOTH
def test_a_file_dropped_onto_the_conversation_becomes_a_card_to_download(sides: Sides) -> None:
    writer, reader = sides.writer, sides.reader
    note: FilePayload = {"name": "order.txt", "mimeType": "text/plain", "buffer": b"One K2, grey."}
    hand_over(writer.composer, note, "dragover")
    expect(writer.dropping).to_be_visible()
    hand_over(writer.composer, note, "drop")
    expect(writer.dropping).to_be_hidden()
    expect(writer.tray).to_contain_text("order.txt")
    expect(writer.tray.get_by_role("progressbar")).to_be_hidden()
    sides.writes("My order")
    for side in sides.both:
        expect(side.screen.locator(".file")).to_contain_text(re.compile(r"Download order\.txt, (13 B|1 kB)"))
    with reader.page.expect_download() as coming:
        reader.screen.locator(".file").click()
    assert coming.value.suggested_filename == "order.txt"
    assert Path(coming.value.path()).read_bytes() == note["buffer"]


@pytest.fixture
def large(tmp_path: Path) -> Path:
    path = tmp_path / "film.mov"
    with path.open("wb") as file:
        file.truncate(21 * 1024 * 1024)
    return path


@BOTH
def test_a_file_that_is_too_large_is_refused_with_words(sides: Sides, large: Path) -> None:
    sides.writer.picker.set_input_files(large)
    expect(sides.writer.tray).to_contain_text("film.mov")
    words = "Larger than 20 MB" if isinstance(sides.writer, AtDesk) else "Files may be 20 MB at most"
    expect(sides.writer.tray).to_contain_text(words)


@BOTH
def test_a_program_is_refused_with_words_and_can_be_taken_away(sides: Sides) -> None:
    program: FilePayload = {"name": "setup.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\0" * 64}
    sides.writer.picker.set_input_files(program)
    expect(sides.writer.tray).to_contain_text("Programs cannot be sent.")
    sides.writer.tray.get_by_role("button", name="Remove setup.pdf").click()
    expect(sides.writer.tray).to_have_count(0)
    sides.writes("Never mind")
    expect(sides.writer.foot).to_have_text(ARRIVED)
    sides.show_exactly("Never mind")


@BOTH
def test_a_picture_can_be_looked_at_large(sides: Sides) -> None:
    sides.writer.picker.set_input_files(picture())
    expect(sides.writer.tray.get_by_role("progressbar")).to_be_hidden()
    sides.writer.composer.press("Enter")
    expect_inline_on_both(sides)
    for side in sides.both:
        side.screen.locator(".picture").click()
        large = side.screen.get_by_role("dialog")
        expect(large.locator("img")).to_be_visible()
        side.page.keyboard.press("Escape")
        expect(large).to_be_hidden()
