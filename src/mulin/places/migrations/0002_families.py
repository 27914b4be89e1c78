"""The families every town starts with, and the stamp that says which version of the map this is."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FAMILIES = (
    ("base", "partition", "基础网格", "Base grids"),
    ("production", "overlap", "生产网格", "Production grids"),
    ("commercial", "overlap", "商业网格", "Commercial grids"),
)


def seed(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """Put in what is missing."""
    family, stamp = apps.get_model("places", "Family"), apps.get_model("places", "Stamp")
    for code, cover, name, name_en in FAMILIES:
        family.objects.get_or_create(code=code, defaults={"cover": cover, "name": name, "name_en": name_en})
    stamp.objects.get_or_create(only=True)


class Migration(migrations.Migration):
    dependencies = [("places", "0001_tree")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
