"""How each core class looks: a colour and a shape of its own, so that neither is needed alone to tell it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Appearance:
    """A colour on light and one on dark ground, and an SVG path within a square from -10 to 10."""

    colour: str
    dark_colour: str
    path: str


APPEARANCES = {
    "Government": Appearance("#2e5fa3", "#6f9fe0", "M-8 -8H8V8H-8Z"),
    "ResearchOrg": Appearance("#13806f", "#45b8a3", "M0 -10L9.5 7.5H-9.5Z"),
    "University": Appearance("#6b4fb0", "#a68ee6", "M0 -10L9.5 -3.1L5.9 8.1H-5.9L-9.5 -3.1Z"),
    "Enterprise": Appearance("#80622f", "#c2a061", "M-5 -8.7H5L10 0L5 8.7H-5L-10 0Z"),
    "Organization": Appearance(
        "#3c87b8", "#7fc0e8", "M-3.6 -9.5H3.6V-3.6H9.5V3.6H3.6V9.5H-3.6V3.6H-9.5V-3.6H-3.6Z"
    ),
    "Person": Appearance("#97415a", "#e08aa3", "M-8.6 0A8.6 8.6 0 1 0 8.6 0A8.6 8.6 0 1 0 -8.6 0Z"),
    "ActorGroup": Appearance("#5f6f86", "#a3b1c6", "M-9 -9H-1V-1H-9ZM1 -9H9V-1H1ZM-9 1H-1V9H-9ZM1 1H9V9H1Z"),
    "Mechanism": Appearance("#c4690f", "#f0a04b", "M0 -10.5L10.5 0L0 10.5L-10.5 0Z"),
    "Region": Appearance("#4b8432", "#8dc572", "M0 10L-9.5 -7.5H9.5Z"),
    "PolicyDocument": Appearance("#b03a35", "#ee827b", "M-7 -9.5H2.5L7.5 -4.5V9.5H-7Z"),
    "TalentGroup": Appearance(
        "#b0448f",
        "#e58bca",
        "M-4.8 -5A4.8 4.8 0 1 0 4.8 -5A4.8 4.8 0 1 0 -4.8 -5ZM-10 5A4.8 4.8 0 1 0 -0.4 5A4.8 4.8 0 1 0 -10 5Z"
        "M0.4 5A4.8 4.8 0 1 0 10 5A4.8 4.8 0 1 0 0.4 5Z",
    ),
    "Field": Appearance(
        "#a3851a", "#dcc052", "M0 -10.5L2.9 -2.9L10.5 0L2.9 2.9L0 10.5L-2.9 2.9L-10.5 0L-2.9 -2.9Z"
    ),
}
"""By core class, in the order of the legend."""

OTHER = Appearance(
    "#8a8f98", "#8f96a3", "M-8 0A8 8 0 1 0 8 0A8 8 0 1 0 -8 0ZM-4 0A4 4 0 1 1 4 0A4 4 0 1 1 -4 0Z"
)
"""For an entity whose class is none of the twelve."""
