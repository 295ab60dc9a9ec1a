"""What grave matters are called, and what is said about them."""

from locales.text import Phrase, _, p_

GRAVE: dict[str, Phrase] = {
    "danger": p_("a grave matter", "Somebody's life is in danger"),
    "child_labour": p_("a grave matter", "Children at work"),
    "forced_labour": p_("a grave matter", "People are made to work or kept from leaving"),
    "harassment": p_("a grave matter", "Violence or harassment"),
}
DOOR = _("Danger, violence, forced or child work")
PLEASE_CONTACT_ME = _("(no words: they ask to be contacted)")
NOBODY = _("somebody of the programme")
NOT_ABOUT_THAT = _("It is not about that")


def call_first(number: str) -> Phrase:
    """What comes before everything else when a life is in danger."""
    if number:
        return _("<b>If somebody is in danger now, call {number} first.</b>", number=number)
    return _("<b>If somebody is in danger now, call the emergency number of your country first.</b>")


def after_call(category: str, number: str, asked: Phrase) -> Phrase:
    """What is asked; where a life is in danger, after the number to call."""
    return p_("two sentences", "{one}\n\n{two}", one=call_first(number), two=asked) if category == "danger" else asked


def sounds_grave(name: str) -> Phrase:
    """What is said of words that name something grave, before they go anywhere; who is named may be the mentor."""
    return _(
        "What you wrote sounds grave. I can give it to {name} alone, who looks after such matters. Your company does "
        "not see it.",
        name=name,
    )


def yes_alone(name: str) -> Phrase:
    """The way to the named person."""
    return _("Yes, to {name} alone", name=name)


def reach(name: str, phone: str, email: str, hours: str) -> list[Phrase]:
    """How the named person can be reached by other ways than this chat."""
    if phone:
        return [_("You can also call {name}: {phone} ({hours}).", name=name, phone=phone, hours=hours)]
    if email:
        return [_("You can also write to {email}.", email=email)]
    return []
