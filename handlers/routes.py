"""All capabilities in one visible list: what can be asked for, and what is said by itself."""

from handlers.account import home
from handlers.account import talk as account
from handlers.bridge import blue, edits, history, life, report, settling, translating
from handlers.bridge import notices as ticket_notices
from handlers.capa import notices as capa_notices
from handlers.capa import talk as capa
from handlers.grave import taking, untaken
from handlers.grave import talk as grave
from handlers.joining import contact, invitations
from handlers.joining import talk as joining
from handlers.learning import giving, outcome
from handlers.learning import talk as stuck
from handlers.learning import tips as learning_tips
from handlers.leaving import handover
from handlers.metrics import absences, asking, breaches, changed, lessons, missing, returning, sent
from handlers.metrics import talk as metrics
from handlers.phones import talk as phones
from handlers.reminders.router import Notices
from handlers.router import Router
from handlers.status import suppliers
from handlers.status import talk as status
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


def all_routes() -> Router:
    """Every command, button, event and dialog; menus list commands in this order."""
    figures = (metrics, sent, returning, absences, breaches, lessons, asking)
    learning = (training, lesson, review, progress, recognition)
    teaching = (documents, mentors, assignments, workshops, seats)
    bridge = (report, grave, taking, blue, history, life, settling, edits, translating)
    learnt = (stuck, learning_tips, giving, outcome)
    others = (urgent, suppliers, *teaching, summaries, tiers)
    work = (joining, *learning, *figures, status, capa, *bridge, *learnt, *others)
    people = (invitations, contact, phones, handover, account, home)
    return Router.merged(capability.routes for capability in (*work, *people))


def all_notices() -> Notices:
    """Every kind of planned note."""
    figures = (returning, breaches, missing, changed, lessons)
    tickets = (ticket_notices, untaken, giving)
    kinds = (capa_notices, *figures, delivery, seats, urgent_alert, tier_notices, *tickets)
    return Notices.merged(capability.notices for capability in kinds)
