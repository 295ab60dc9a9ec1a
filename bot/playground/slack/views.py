"""Modals and home tabs: views.*, and what a submission's acknowledgement asks for."""

import copy
from typing import Any

from bot.playground.slack.blocks import Block, check_view
from bot.playground.slack.layouts import Surface
from bot.playground.slack.methods import Arguments
from bot.playground.slack.posting import named
from bot.playground.slack.refusal import Refusal, bad_arguments
from bot.playground.slack.state import State
from bot.playground.slack.view import View

STACK_MOST = 3


def open_view(state: State, given: Arguments) -> dict[str, Any]:
    """The modal that the person now sees, instead of any other."""
    source = _checked(state, given["view"], "modal")
    trigger = state.tickets.exchange(given["trigger_id"], state.clock())
    state.stacks[trigger.person] = []
    return _answer(state, push(state, trigger.person, source))


def push_view(state: State, given: Arguments) -> dict[str, Any]:
    """The modal that now covers the one the trigger came from; at most three lie on each other."""
    source = _checked(state, given["view"], "modal")
    trigger = state.tickets.exchange(given["trigger_id"], state.clock())
    stack = state.stacks.get(trigger.person, [])
    if not trigger.view or not any(view.id == trigger.view for view in stack):
        raise Refusal("not_found")
    if len(stack) >= STACK_MOST:
        raise Refusal("push_limit_reached")
    return _answer(state, push(state, trigger.person, source))


def update_view(state: State, given: Arguments) -> dict[str, Any]:
    """The modal with its new content; `hash` refuses an update of a view that has changed meanwhile."""
    view = _found(state, given)
    source = _checked(state, given["view"], view.kind, view)
    _check_hash(view, given)
    replace(state, view, source)
    return _answer(state, view)


def publish_view(state: State, given: Arguments) -> dict[str, Any]:
    """The home tab that this person sees."""
    person = state.member(given["user_id"])
    view = state.homes.get(person.id)
    source = _checked(state, given["view"], "home", view)
    if view:
        _check_hash(view, given)
        replace(state, view, source)
    else:
        view = _new(state, person.id, "home", source)
        state.homes[person.id] = view
    return _answer(state, view)


def push(state: State, person: str, source: dict[str, Any]) -> View:
    """The new modal on top of this person's others."""
    stack = state.stacks.setdefault(person, [])
    view = _new(state, person, "modal", source)
    if stack:
        view.previous, view.root = stack[-1].id, stack[0].id
    stack.append(view)
    state.log.notify()
    return view


def replace(state: State, view: View, source: dict[str, Any]) -> None:
    """Show this person the view with another content."""
    view.replace(source, state.new_id(""))
    state.log.notify()


def acknowledged(state: State, view: View, answer: Any) -> None:
    """Do what the acknowledgement of a submission asks for: nothing more closes the modal. Raises Refusal."""
    stack = state.stacks.get(view.person, [])
    if view not in stack:
        return
    answer = answer if isinstance(answer, dict) else {}
    match answer.get("response_action"):
        case None:
            stack.remove(view)
        case "clear":
            stack.clear()
        case "errors":
            view.errors = _errors(view.source["blocks"], answer.get("errors"))
        case "update":
            replace(state, view, _checked(state, answer.get("view"), "modal", view))
        case "push" if len(stack) < STACK_MOST:
            push(state, view.person, _checked(state, answer.get("view"), "modal"))
        case "push":
            raise Refusal("push_limit_reached")
        case other:
            raise bad_arguments([f"unknown response_action: {other}"])
    state.log.notify()


def _errors(blocks: list[Block], errors: Any) -> dict[str, str]:
    inputs = {block["block_id"] for block in blocks if block["type"] == "input"}
    if not isinstance(errors, dict) or not errors:
        raise bad_arguments(["errors must be an object with a text for each block"])
    faults = [f"errors: {name} is no input block of the view" for name in errors if name not in inputs]
    faults += [
        f"errors: {name} must be a text" for name, text in errors.items() if not isinstance(text, str) or not text
    ]
    if faults:
        raise bad_arguments(faults)
    return dict(errors)


def _checked(state: State, view: Any, kind: Surface, before: View | None = None) -> dict[str, Any]:
    if not isinstance(view, dict):
        raise bad_arguments(["missing required field: view"])
    check_view(view, kind)
    external = view.get("external_id")
    taken = [other for other in _shown(state) if external and other.source.get("external_id") == external]
    if any(other is not before for other in taken):
        raise Refusal("duplicate_external_id")
    return copy.deepcopy(view) | {"blocks": named(state, view["blocks"])}


def _new(state: State, person: str, kind: Surface, source: dict[str, Any]) -> View:
    view = View(state.new_id("V"), person, kind, source, state.new_id(""))
    state.views[view.id] = view
    return view


def _found(state: State, given: Arguments) -> View:
    for view in _shown(state):
        wanted = given.get("external_id")
        if view.id == given.get("view_id") or (wanted and view.source.get("external_id") == wanted):
            return view
    raise Refusal("not_found")


def _shown(state: State) -> list[View]:
    return [view for stack in state.stacks.values() for view in stack] + list(state.homes.values())


def _check_hash(view: View, given: Arguments) -> None:
    if given.get("hash") and given["hash"] != view.hash:
        raise Refusal("hash_conflict")


def _answer(state: State, view: View) -> dict[str, Any]:
    state.log.notify()
    return {"view": view.as_json(state.app)}
