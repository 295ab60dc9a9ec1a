"""What Slack would refuse in blocks and views, and the parts of blocks that others ask for."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.playground.slack.elements import MODAL_INPUTS
from bot.playground.slack.layouts import HOME, MESSAGE_BLOCKS, MODAL, Surface
from bot.playground.slack.refusal import Refusal, bad_arguments, bad_blocks
from bot.playground.slack.shapes import fault

Block = dict[str, Any]

# Measured by others, not documented: the texts of all blocks together, with a little for each block and element
# around them, may come to about this much.
BLOCKS_CHARACTERS = 13_200
AROUND_EACH = 40
VIEW_BYTES = 250_000


def check_message(blocks: Sequence[Block]) -> None:
    """Nothing, or the refusal of a message with these blocks."""
    faults = [*MESSAGE_BLOCKS.faults(blocks, "/blocks")] or [*_beyond_shape(blocks, "/blocks", "message")]
    if faults:
        raise bad_blocks(faults)
    if sum(_size(block) for block in blocks) > BLOCKS_CHARACTERS:
        raise Refusal("msg_blocks_too_long")


def check_view(view: Mapping[str, Any], kind: Surface) -> None:
    """Nothing, or the refusal of this view: a modal or a home tab."""
    if view.get("type") != kind:
        raise bad_arguments([fault("must be a valid enum value", "/view/type")])
    shape = MODAL if kind == "modal" else HOME
    faults = [*shape.faults(view, "/view")] or [*_beyond_shape(view["blocks"], "/view/blocks", kind)]
    if not faults and kind == "modal" and "submit" not in view:
        faults = [
            fault("must define `submit` to use `input` block", f"/view/blocks/{index}/input")
            for index, block in enumerate(view["blocks"])
            if block["type"] == "input"
        ]
    if faults:
        raise bad_arguments(faults)
    if len(str(view).encode()) > VIEW_BYTES:
        raise Refusal("view_too_large")


def elements(block: Block) -> list[Block]:
    """The elements of one block, in the order they are shown."""
    single = [block[name] for name in ("accessory", "element") if name in block]
    return single or ([*block["elements"]] if block["type"] == "actions" else [])


def options(element: Block) -> list[Block]:
    """All options of a select, a set of checkboxes or radio buttons, or an overflow menu."""
    groups = [group["options"] for group in element.get("option_groups", [])]
    return [option for group in [element.get("options", []), *groups] for option in group]


def words(part: Any) -> list[str]:
    """Every text within a block, in the order it is read."""
    if isinstance(part, list):
        return [text for item in part for text in words(item)]
    if not isinstance(part, dict):
        return []
    own = [part["text"]] if isinstance(part.get("text"), str) else []
    return own + [text for value in part.values() for text in words(value)]


def _size(part: Any) -> int:
    if isinstance(part, list):
        return sum(_size(item) for item in part)
    if not isinstance(part, dict):
        return 0
    own = len(part["text"]) if isinstance(part.get("text"), str) else AROUND_EACH
    return own + sum(_size(value) for value in part.values())


def _beyond_shape(blocks: Sequence[Block], where: str, surface: Surface) -> Iterator[str]:
    yield from _repeated([block.get("block_id") for block in blocks], "block_id", where)
    focused = 0
    for index, block in enumerate(blocks):
        within = elements(block)
        at = f"{where}/{index}"
        yield from _repeated([element.get("action_id") for element in within], "action_id", at)
        focused += sum(bool(element.get("focus_on_load")) for element in within)
        for element in within:
            yield from _beyond_element(element, at, surface)
    if focused > 1:
        yield fault("only one element can have `focus_on_load`", where)
    if sum(block["type"] == "table" for block in blocks) > 1:
        yield fault("only one table allowed", where)


def _beyond_element(element: Block, where: str, surface: Surface) -> Iterator[str]:
    if surface != "modal" and element["type"] in MODAL_INPUTS:
        yield fault(f"unsupported type: {element['type']}", f"{where}/element/type")
    initial = [element["initial_option"]] if "initial_option" in element else element.get("initial_options", [])
    if any(option not in options(element) for option in initial):
        yield fault("initial option must be one of the options", where)
    values = [option.get("value") for option in options(element)]
    if len(values) != len(set(values)):
        yield fault("option values must be unique", where)
    if element.get("min_length", 0) > element.get("max_length", 3000):
        yield fault("min_length must be less than max_length", where)


def _repeated(names: Sequence[str | None], what: str, where: str) -> Iterator[str]:
    given = [name for name in names if name]
    for name in dict.fromkeys(name for name in given if given.count(name) > 1):
        yield fault(f"`{what}` {name} already exists", where)
