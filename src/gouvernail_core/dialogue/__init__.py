"""Social dialogue: who is heard, by when, and what was said. Information is not opinion."""

from gouvernail_core.dialogue.calendar import (
    election_window,
    follow_up_by,
    next_sitting,
    second_examination,
    sitting_deadlines,
    what_follows,
)
from gouvernail_core.dialogue.model import (
    CollegeVote,
    Consultation,
    FollowUp,
    FollowUpKind,
    Opinion,
    SittingDeadlines,
)
from gouvernail_core.dialogue.routing import Routing, body_for
from gouvernail_core.obligations.staff import StaffBody

__all__ = [
    "CollegeVote",
    "Consultation",
    "FollowUp",
    "FollowUpKind",
    "Opinion",
    "Routing",
    "SittingDeadlines",
    "StaffBody",
    "body_for",
    "election_window",
    "follow_up_by",
    "next_sitting",
    "second_examination",
    "sitting_deadlines",
    "what_follows",
]
