"""All capabilities in one visible list: what can be asked for, and what is said by itself."""

from handlers.account import home
from handlers.account import talk as account
from handlers.benchmarks import talk as benchmarks
from handlers.bridge import blue, claiming, edits, history, life, report, settling, translating
from handlers.bridge import notices as ticket_notices
from handlers.capa import (
    blocked,
    contain,
    effect,
    evidence,
    extensions,
    findings,
    joint,
    look,
    managing,
    plan,
    step_notices,
    verify,
)
from handlers.capa import notices as capa_notices
from handlers.capa import talk as opening
from handlers.committee import meetings
from handlers.committee import talk as committee
from handlers.grave import taking, untaken
from handlers.grave import talk as grave
from handlers.joining import contact, invitations
from handlers.joining import talk as joining
from handlers.learning import giving, outcome
from handlers.learning import talk as stuck
from handlers.learning import tips as learning_tips
from handlers.leaving import handover
from handlers.metrics import absences, asking, breaches, changed, lessons, missing, reminding, returning, sent
from handlers.metrics import talk as metrics
from handlers.phones import talk as phones
from handlers.reminders import talk as reminders
from handlers.reminders import time_off
from handlers.reminders.router import Notices
from handlers.router import Router
from handlers.status import suppliers
from handlers.status import talk as status
from handlers.summaries import notices as summary_notices
from handlers.summaries import supplier_card
from handlers.summaries import talk as summaries
from handlers.tiers import notices as tier_notices
from handlers.tiers import talk as tiers
from handlers.training import (
    assignments,
    delivery,
    documents,
    lesson,
    mentors,
    progress,
    recognition,
    review,
    seats,
    workshops,
)
from handlers.training import talk as training
from handlers.urgent import alert as urgent_alert
from handlers.urgent import talk as urgent
from handlers.whatif import talk as whatif


def all_routes() -> Router:
    """Every command, button, event and dialog; menus list commands in this order."""
    figures = (metrics, sent, returning, absences, breaches, lessons, asking)
    learning = (training, lesson, review, progress, recognition)
    teaching = (documents, mentors, assignments, workshops, seats)
    owners = (plan, contain, evidence, extensions, blocked)
    capa = (look, opening, *owners, verify, joint, managing)
    bridge = (report, grave, taking, blue, claiming, history, life, settling, edits, translating)
    learnt = (stuck, learning_tips, giving, outcome)
    buyers = (suppliers, supplier_card, *teaching, summaries, tiers, reminders, committee)
    looks = (status, benchmarks, whatif)
    work = (joining, *learning, *figures, *looks, *capa, *bridge, *learnt, urgent, *buyers)
    people = (time_off, invitations, contact, phones, handover, account, home)
    return Router.merged(capability.routes for capability in (*work, *people))


def all_notices() -> Notices:
    """Every kind of planned note."""
    figures = (reminding, returning, breaches, missing, changed, lessons)
    of_capas = (capa_notices, step_notices, effect, findings)
    of_tickets = (ticket_notices, untaken, giving)
    others = (delivery, seats, urgent_alert, tier_notices, meetings, summary_notices)
    return Notices.merged(one.notices for one in (*of_capas, *figures, *of_tickets, *others))
