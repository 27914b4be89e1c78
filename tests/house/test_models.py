"""Every table says what it holds about people, how long it is kept, and keeps the house's kinds of column."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import models

from mulin.kernel.fields import AreaPath

PATH_NAMES = ("path", "place")


def _ours() -> list[type[Any]]:
    return [model for model in apps.get_models() if model.__module__.startswith("mulin.")]


def _columns() -> list[tuple[str, models.Field[object, object]]]:
    """The columns that we wrote: those that Django's own base classes bring are Django's."""
    return [
        (f"{model._meta.label}.{field.name}", field)
        for model in _ours()
        for field in model._meta.local_concrete_fields
        if not _is_djangos(model, field.name)
    ]


def _is_djangos(model: type[models.Model], name: str) -> bool:
    bases = (base for base in model.__mro__ if base.__module__.startswith("django.contrib"))
    return any(
        name in {field.name for field in base._meta.fields} for base in bases if hasattr(base, "_meta")
    )


def test_each_model_says_what_is_personal() -> None:
    """An empty tuple is an answer, too; silence is none. Tables that only keep the house running may be silent."""
    assert [
        model._meta.label for model in _ours() if not _says(model, "PERSONAL") and not model.MACHINERY
    ] == []


def test_each_model_says_how_long_it_is_kept() -> None:
    assert [
        model._meta.label for model in _ours() if not (_says(model, "RETENTION") and model.RETENTION)
    ] == []


def test_what_machinery_is_is_said_by_a_flag() -> None:
    assert [model._meta.label for model in _ours() if not isinstance(model.MACHINERY, bool)] == []


def test_what_is_personal_is_a_column() -> None:
    unknown = [
        f"{model._meta.label}.{name}"
        for model in _ours()
        for name in getattr(model, "PERSONAL", ())
        if name not in {field.name for field in model._meta.get_fields()}
    ]
    assert unknown == []


def test_text_is_text_with_a_length_check() -> None:
    """varchar(n) makes a longer limit a new type; see mulin.kernel.fields.ShortText."""
    assert [label for label, field in _columns() if isinstance(field, models.CharField)] == []


def test_a_path_either_moves_or_never_does() -> None:
    """PathField follows a redrawing of borders; PastPath stays what it was."""
    wrong = [
        label
        for label, field in _columns()
        if isinstance(field, models.CharField | models.TextField)
        and not isinstance(field, AreaPath)
        and field.name.split("_")[-1] in PATH_NAMES
    ]
    assert wrong == []


def test_no_sequence_numbers_anything() -> None:
    """Keys are made by the application, so that a county can move to other machines."""
    every = apps.get_models(include_auto_created=True)
    wrong = [
        model._meta.label
        for model in every
        if model.__module__.startswith("mulin.") and isinstance(model._meta.pk, models.AutoField)
    ]
    assert wrong == []


def _says(model: type[models.Model], declaration: str) -> bool:
    """Itself, not by the defaults of an abstract class above it."""
    concrete = (base for base in model.__mro__ if not getattr(getattr(base, "_meta", None), "abstract", True))
    return any(declaration in vars(base) for base in concrete)
