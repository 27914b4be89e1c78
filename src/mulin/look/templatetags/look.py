"""The component tags: `{% load look %}`. One line of use for each stands in the README of this room."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from mulin.look import assets, timewords
from mulin.look.context import present
from mulin.look.mapwords import map_words
from mulin.look.shapes import Action, Chip, Event, Kind, Photo, Row, Step

register = template.Library()

KIND_ICONS: dict[str, str] = {
    "open": "circle-dot",
    "near": "hourglass-high",
    "late": "alert-triangle",
    "waiting": "player-pause",
    "done": "circle-check",
    "void": "circle-off",
}
NOTICE_ICONS: dict[str, str] = {
    "info": "info-circle",
    "success": "circle-check",
    "warning": "alert-triangle",
    "error": "alert-circle",
}
LIVE = mark_safe(" data-relative")
NOT_BUILT = mark_safe("<!-- front end not built -->")
# Below this a clock is near its limit, where the page does not know the limit itself.
NEAR = timedelta(hours=2)


def _now(context: Context) -> datetime:
    """The page's own `now` where a door set it, else the moment of the request: one page, one time."""
    found = context.get("now") or getattr(context.get("look"), "now", None)
    return found if isinstance(found, datetime) else present()


def svg(name: str, label: str = "", extra: str = "") -> SafeString:
    """An icon of the sprite; with a label it speaks, without it is decoration."""
    return _svg(assets.sprite_url(), name, str(label), extra)


@lru_cache(maxsize=1024, typed=True)
def _svg(sprite: str, name: str, label: str, extra: str) -> SafeString:
    """A page has dozens of the same few, so they are put together once."""
    classes = f"icon {extra}".strip()
    href = f"{sprite}#{name}"
    if label:
        return format_html(
            '<svg class="{}" role="img" aria-label="{}"><use href="{}"></use></svg>', classes, label, href
        )
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, href)


@register.simple_tag
def icon(name: str, label: str = "", extra: str = "") -> SafeString:
    """`{% icon "map-pin" %}`, `{% icon "x" label=close %}`."""
    return svg(name, label, extra)


@register.simple_tag
def look_styles(entry: str) -> SafeString:
    """The style sheets of a bundle: `{% look_styles "desk" %}`."""
    urls = assets.style_urls(f"src/{entry}.ts")
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((url,) for url in urls))


@register.simple_tag
def look_preload(entry: str) -> SafeString:
    """What an island that the page will surely want is made of: `{% look_preload "src/islands/map/island.ts" %}`."""
    scripts = [*assets.preload_urls(entry), assets.script_url(entry)]
    kinds = [("stylesheet", assets.own_style_urls(entry)), ("modulepreload", scripts)]
    links = ((kind, url) for kind, urls in kinds for url in urls if url)
    return format_html_join("\n", '<link rel="{}" href="{}">', links)


@register.simple_tag
def look_script(entry: str) -> SafeString:
    """The script of a bundle with what it imports: `{% look_script "desk" %}`."""
    key = f"src/{entry}.ts"
    url = assets.script_url(key)
    if not url:
        return NOT_BUILT
    loads = format_html_join(
        "\n", '<link rel="modulepreload" href="{}">', ((u,) for u in assets.preload_urls(key))
    )
    # The first is tiny and blocks: it says that scripts run before anything is painted.
    return format_html(
        '<script src="{}"></script>\n{}\n<script type="module" src="{}"></script>',
        assets.script_url("src/boot.ts"),
        loads,
        url,
    )


@register.simple_tag
def state_badge(state: str, kind: Kind, label: str = "") -> SafeString:
    """`{% state_badge matter.state matter.kind label %}`: colour, icon and word, never colour alone."""
    return _badge(str(state), str(kind), str(label or state), svg(KIND_ICONS.get(kind, "circle-dot")))


@lru_cache(maxsize=512, typed=True)
def _badge(state: str, kind: str, label: str, mark: SafeString) -> SafeString:
    """There are few states: a list of fifty shows the same ones again and again."""
    markup = '<span class="state state-{}" data-state="{}">{}<span>{}</span></span>'
    return format_html(markup, kind, state, mark, label)


@register.simple_tag(takes_context=True)
def due(
    context: Context,
    at: datetime | None,
    kind: str = "",
    words: str = "",
    stopped: bool = False,
    near: object = None,
) -> SafeString | str:
    """A clock: `{% due part.due_at %}`; `words` replaces the relative time ("3 working hours left").

    `near`: whatever is true says that it is near already, as a rung of the ladder that was reached.
    """
    if at is None:
        return ""
    now = _now(context)
    if stopped:
        kind = "waiting"
    elif not kind:
        kind = "late" if at < now else "near" if near or at - now <= NEAR else "open"
    live = not (words or stopped)
    text = words or (gettext("clock stopped") if stopped else timewords.relative(at, now))
    icon_name = {"late": "alert-triangle", "near": "hourglass-high", "waiting": "player-pause"}.get(
        kind, "clock"
    )
    return format_html(
        '<span class="due due-{}">{}{}<time datetime="{}" title="{}"{}>{}</time></span>',
        kind,
        svg(icon_name),
        format_html('<span class="visually-hidden">{} </span>', gettext("late,")) if kind == "late" else "",
        at.isoformat(),
        timewords.exact(at),
        LIVE if live else "",
        text,
    )


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, form: str = "relative") -> SafeString | str:
    """A time in words with the exact one on focus: `{% moment entry.at %}`, form relative, short or exact."""
    if at is None:
        return ""
    now = _now(context)
    words = {"relative": timewords.relative, "short": timewords.short}.get(form)
    return format_html(
        '<time datetime="{}" title="{}"{}>{}</time>',
        at.isoformat(),
        timewords.exact(at),
        LIVE if form == "relative" else "",
        words(at, now) if words else timewords.exact(at),
    )


@register.filter
def span(length: timedelta | str | None) -> str:
    """A length of time in words: `{{ step.spent|span }}`; text passes through."""
    return timewords.span(length) if isinstance(length, timedelta) else (length or "")


@register.inclusion_tag("look/parts/step_track.html", takes_context=True)
def step_track(context: Context, steps: Sequence[Step]) -> dict[str, Any]:
    """The six steps: `{% step_track steps %}`."""
    return {"steps": steps, "now": _now(context)}


@register.inclusion_tag("look/parts/empty.html")
def empty_state(
    title: str, text: str = "", icon: str = "inbox", action_url: str = "", action_label: str = ""
) -> dict[str, Any]:
    """What a list shows when it has nothing: `{% empty_state title=… text=… %}`."""
    return {
        "title": title,
        "text": text,
        "icon": icon,
        "action_url": action_url,
        "action_label": action_label,
    }


@register.inclusion_tag("look/parts/pager.html")
def pager(page: Mapping[str, Any]) -> dict[str, Any]:
    """Keyset paging: `{% pager page %}` with `next_url` and `previous_url`."""
    return {"page": page}


@register.inclusion_tag("look/parts/chips.html")
def chips(items: Sequence[Chip], label: str = "", clear_url: str = "") -> dict[str, Any]:
    """Filters as links: `{% chips filters label=_("Filter by state") clear_url=… %}`."""
    return {"items": items, "label": label, "clear_url": clear_url}


@register.inclusion_tag("look/parts/timeline_item.html", takes_context=True)
def timeline_item(context: Context, event: Event) -> dict[str, Any]:
    """One `<li>` of `<ol class="timeline">`: `{% timeline_item event %}`."""
    return {"event": event, "now": _now(context)}


@register.inclusion_tag("look/parts/person.html")
def person(name: str, role: str = "", phone: str = "", url: str = "") -> dict[str, Any]:
    """A person or post: `{% person name role=… %}`; a phone becomes a link to call."""
    return {"name": name, "role": role, "phone": phone, "url": url, "initial": name[:1].upper()}


@register.inclusion_tag("look/parts/key_values.html")
def key_values(rows: Sequence[Row]) -> dict[str, Any]:
    """A list of facts: `{% key_values rows %}`."""
    return {"rows": rows}


@register.inclusion_tag("look/parts/action_panel.html", takes_context=True)
def action_panel(
    context: Context, first: Action | None, more: Sequence[Action] = (), few: Sequence[Action] = ()
) -> dict[str, Any]:
    """The likely move as the big button, a few beside it, the rest behind "more": `{% action_panel first more %}`."""
    unfolded = any(each.get("open") for each in more)
    token = context.get("csrf_token")
    return {"first": first, "few": few, "more": more, "more_open": unfolded, "csrf_token": token}


@register.inclusion_tag("look/parts/action.html", takes_context=True)
def action(context: Context, action: Action, primary: bool = False) -> dict[str, Any]:
    """One move with its form: `{% action move primary=True %}`."""
    return {"action": action, "primary": primary, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("look/parts/photos.html")
def photo_grid(photos: Sequence[Photo]) -> dict[str, Any]:
    """Small photos that open large: `{% photo_grid photos %}`."""
    return {"photos": photos}


@register.inclusion_tag("look/parts/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """All errors of a form, each a link to its field; put it before the form."""
    fields = [(bound, bound.errors) for bound in form if bound.errors]
    return {"form": form, "fields": fields, "general": form.non_field_errors()}


_INPUT_CLASSES = {"checkbox": "form-check-input", "select": "form-select", "selectmultiple": "form-select"}


def _widget(bound: BoundField, extra: Mapping[str, Any]) -> SafeString:
    """The input with our classes and its description joined to it for screen readers."""
    kind = bound.widget_type
    grouped = kind in {"radioselect", "checkboxselectmultiple"}
    css = "form-check-input" if grouped else _INPUT_CLASSES.get(kind, "form-control")
    if grouped:  # each option renders itself and reads the widget's own attributes
        bound.field.widget.attrs["class"] = css
    given = bound.field.widget.attrs.get("class", "")
    attrs: dict[str, Any] = {"class": f"{css} {given} {'is-invalid' if bound.errors else ''}".strip()}
    notes = {"help": bound.help_text, "error": bound.errors}
    described = [f"{bound.auto_id}_{part}" for part, there in notes.items() if there]
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    attrs.update({name.replace("_", "-"): value for name, value in extra.items()})
    return bound.as_widget(attrs=attrs)


@register.inclusion_tag("look/parts/field.html")
def field(bound: BoundField, **extra: Any) -> dict[str, Any]:
    """Label, help, error and input: `{% field form.title %}`; further names become attributes (`data_x=1`)."""
    return {
        "field": bound,
        "widget": _widget(bound, extra),
        "grouped": bound.widget_type in {"radioselect", "checkboxselectmultiple"},
        "check": bound.widget_type == "checkbox",
        "hidden": bound.is_hidden,
    }


@register.inclusion_tag("look/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Every field of a form: `{% fields form %}`."""
    return {"form": form}


@register.inclusion_tag("look/parts/photo_input.html")
def photo_input(bound: BoundField, limit: int = 6) -> dict[str, Any]:
    """A file field with previews, made small before it is sent: `{% photo_input form.photos %}`."""
    return {"field": bound, "limit": limit}


@register.inclusion_tag("look/parts/toast.html")
def toast(message: object, level: str = "info") -> dict[str, Any]:
    """One passing message: `{% toast _("Saved.") level="success" %}`."""
    return {"message": message, "level": level, "icon": NOTICE_ICONS.get(level, "info-circle")}


@register.simple_tag
def unchanging(template_name: str) -> SafeString:
    """`{% unchanging "look/parts/keys_dialog.html" %}`: a part that says the same on every page of a language."""
    if settings.DEBUG:
        return render_to_string(template_name)
    return _written(template_name, get_language(), assets.sprite_url())


@lru_cache(maxsize=64)
def _written(template_name: str, _language: str | None, _sprite: str) -> SafeString:
    return render_to_string(template_name)


@register.filter
def notice_level(tags: str) -> str:
    """The level of a Django message: its last tag, debug shown as info."""
    found = (tags or "info").split()[-1]
    return found if found in NOTICE_ICONS else "info"


def _attributes(options: Mapping[str, Any]) -> SafeString:
    """Keyword arguments of a block tag as attributes: `hx_get=url` becomes `hx-get="…"`."""
    return format_html_join(
        "", ' {}="{}"', ((name.replace("_", "-"), value) for name, value in options.items())
    )


@register.inclusion_tag("look/parts/map.html")
def map_island(mode: str, label: str = "", tall: bool = False, **options: Any) -> dict[str, Any]:
    """`{% map_island "pick" label=… fallback="address" areas=url lon="#id_lon" lat="#id_lat" %}`; see the README."""
    given = {
        f"data_{'map_' if name == 'fallback' else ''}{name}": value
        for name, value in {**_ground(), **options}.items()
        if value
    }
    return {
        "mode": mode,
        "label": label,
        "tall": tall,
        "words": map_words(),
        "attributes": _attributes(given),
    }


def _ground() -> dict[str, str]:
    """The town's own tiles, if it has any; without them maps draw their own layers."""
    if not settings.MULIN_TILES:
        return {}
    return {
        "tiles": settings.MULIN_TILES,
        "tiles_datum": settings.MULIN_TILES_DATUM,
        "tiles_kind": settings.MULIN_TILES_KIND,
        "tiles_attribution": settings.MULIN_TILES_ATTRIBUTION,
    }


@register.simple_block_tag
def card(
    content: str, title: str = "", icon: str = "", id: str = "", level: int = 2, **options: Any
) -> SafeString:
    """`{% card title=_("Where") icon="map-pin" %}…{% endcard %}`."""
    found = {"content": content, "title": title, "icon": icon, "id": id, "tag": f"h{level}"}
    return render_to_string("look/parts/card.html", {**found, "attributes": _attributes(options)})


@register.simple_block_tag
def notice(content: str, level: str = "info", title: str = "") -> SafeString:
    """`{% notice level="warning" title=… %}…{% endnotice %}`: a message that stays on the page."""
    return render_to_string(
        "look/parts/notice.html",
        {"content": content, "level": level, "title": title, "icon": NOTICE_ICONS.get(level, "info-circle")},
    )


@register.simple_block_tag
def dialog(content: str, id: str, title: str) -> SafeString:
    """`{% dialog id="keys" title=… %}…{% enddialog %}`, opened by `data-open-dialog="keys"`."""
    return render_to_string("look/parts/dialog.html", {"content": content, "id": id, "title": title})
