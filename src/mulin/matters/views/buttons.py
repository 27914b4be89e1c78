"""How each move looks on the page: its icon, its key, whether it is asked twice."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mulin.matters.rules.moves import MOVES


@dataclass(frozen=True)
class Button:
    icon: str
    key: str
    danger: bool = False
    confirm: str | Promise = ""


BUTTONS: dict[str, Button] = {
    "file": Button(icon="checkbox", key="f"),
    "decline": Button(
        icon="ban", key="x", danger=True, confirm=_("The matter ends here, and the reporter is told why.")
    ),
    "pass_up": Button(icon="arrow-up", key="u"),
    "pass_down": Button(icon="arrow-down", key="d"),
    "dispatch": Button(icon="send", key="s"),
    "accept": Button(icon="hand-grab", key="a"),
    "return": Button(icon="arrow-back-up", key="r"),
    "hand_in": Button(icon="checks", key="h"),
    "confirm": Button(
        icon="circle-check", key="c", confirm=_("The matter is closed, and the reporter is asked to rate it.")
    ),
    "send_back": Button(icon="rotate-2", key="b"),
    "rate": Button(icon="star", key="g"),
    "reopen": Button(icon="refresh", key="o"),
    "ask_time": Button(icon="clock-plus", key=""),
    "grant_time": Button(icon="clock-check", key=""),
    "refuse_time": Button(icon="clock-x", key=""),
    "ask_hold": Button(icon="player-pause", key=""),
    "grant_hold": Button(icon="player-pause", key=""),
    "refuse_hold": Button(icon="x", key=""),
    "hold": Button(icon="player-pause", key=""),
    "resume": Button(icon="player-play", key=""),
    "ask_resident": Button(icon="message-question", key=""),
    "answer": Button(icon="message-reply", key=""),
    "urge": Button(icon="bell-ringing", key=""),
    "supervise": Button(icon="eye-check", key=""),
    "assist": Button(icon="users-plus", key=""),
    "assist_done": Button(icon="checks", key=""),
    "assist_return": Button(icon="arrow-back-up", key=""),
    "release": Button(icon="user-minus", key=""),
    "coordinate": Button(icon="users-group", key=""),
    "hand_over": Button(icon="arrows-exchange", key=""),
    "refer": Button(icon="building-community", key=""),
    "recall": Button(icon="arrow-back", key=""),
    "join": Button(icon="git-merge", key=""),
    "unjoin": Button(icon="git-branch", key=""),
    "split": Button(icon="git-fork", key=""),
    "correct": Button(icon="edit", key=""),
    "object": Button(icon="message-exclamation", key=""),
    "follow_up": Button(icon="phone-call", key=""),
    "redo": Button(icon="refresh", key=""),
    "uphold": Button(icon="message-check", key=""),
    "withdraw": Button(icon="trash", key="w", danger=True, confirm=_("The matter ends here.")),
}

# What happened without a button of its own.
_OTHERS: dict[str, Button] = {
    "matter.reported": Button(icon="message-report", key=""),
    "matter.settled": Button(icon="bolt", key=""),
    "matter.not_answered": Button(icon="clock-off", key=""),
    "matter.reminded": Button(icon="bell", key=""),
    "matter.handed_up": Button(icon="arrow-up", key=""),
    "matter.referral_answered": Button(icon="building-community", key=""),
    "matter.closed_unchecked": Button(icon="clock-check", key=""),
    "matter.split_off": Button(icon="git-fork", key=""),
    "matter.got_joined": Button(icon="git-merge", key=""),
    "matter.lost_joined": Button(icon="git-branch", key=""),
    "matter.referral_recalled": Button(icon="arrow-back", key=""),
    "matter.noted": Button(icon="note", key=""),
    "matter.told": Button(icon="message-forward", key=""),
    "matter.photographed": Button(icon="camera", key=""),
    "matter.file_added": Button(icon="paperclip", key=""),
    "matter.file_kept": Button(icon="paperclip", key=""),
    "matter.file_removed": Button(icon="trash", key=""),
}

ENTRY_ICONS: dict[str, str] = {
    **{move.entry: BUTTONS[move.code].icon for move in MOVES if move.code in BUTTONS},
    **{code: button.icon for code, button in _OTHERS.items()},
}
"""The icon of each line of the timeline."""
