"""Whether an answer to "why" blames somebody and says nothing more. Pure."""

import re

LONGEST = 60
"""Characters: whoever writes more than this has said more than that somebody made a mistake."""

_BLAME = re.compile(
    r"\b("
    r"(operator|human|worker|employee|staff|people'?s?|user)s?('s)? (error|mistake|fault|negligence)|"
    r"(error|mistake|fault|negligence|carelessness) (of|by) (the |a |an |our )?(operator|worker|employee|staff)|"
    r"careless(ness)?|negligen(ce|t)|inattenti(on|ve)|(he|she|they|somebody|someone|worker|operator) forgot|"
    r"error (humano|del? (operador|operario|operaria|trabajador|trabajadora|personal))|descuido|negligencia|"
    r"se (equivoc[oó]|olvid[oó])|falta de atenci[oó]n|culpa del? (operador|operario|trabajador)|"
    r"lỗi (con người|vận hành|(của )?(công nhân|nhân viên|người vận hành))|sơ suất|bất cẩn|thiếu chú ý|"
    r"(công nhân|nhân viên) (quên|làm sai)"
    r")\b",
    re.IGNORECASE,
)


def blames_only(answer: str) -> bool:
    """Whether this says that somebody made a mistake, and not what made it possible."""
    return len(answer) <= LONGEST and _BLAME.search(answer) is not None
