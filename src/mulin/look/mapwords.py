"""The words that the map island shows, in the page's language: TypeScript holds none of its own."""

import json

from django.utils.translation import gettext


def map_words() -> str:
    """A JSON object for `data-words`."""
    words = {
        "map": gettext("Map"),
        "zoomIn": gettext("Closer"),
        "zoomOut": gettext("Farther"),
        "pin": gettext("The place"),
        "movePin": gettext("The pin: move it with the arrow keys"),
        "tapToPlace": gettext("Tap where it is"),
        "pinIsSet": gettext("The pin is set"),
        "close": gettext("Close"),
        "ctrlToZoom": gettext("Hold Ctrl and scroll to zoom"),
        "twoFingers": gettext("Move the map with two fingers"),
        "legend": gettext("Legend"),
        "layers": gettext("Layers"),
        "areas": gettext("Grid borders"),
        "buildings": gettext("Buildings"),
        "matters": gettext("Matters"),
        "open": gettext("Under way"),
        "near": gettext("Near the limit"),
        "late": gettext("Late"),
        "waiting": gettext("Waiting"),
        "done": gettext("Done"),
        "void": gettext("Not pursued"),
        "asList": gettext("Show as a list"),
    }
    return json.dumps(words, ensure_ascii=False)
