"""What every stored thing has in common, and the kernel's own machinery tables."""

from typing import ClassVar

from django.db import models

from mulin.kernel.ids import new_id


class Record(models.Model):
    """A row with a UUID key made by us, and three declarations about its content.

    `PERSONAL` names its columns that hold data about a person; `RETENTION` is a code of
    `mulin.kernel.retention`, which says how long the row is kept; `MACHINERY` marks a table that only keeps
    the house running, whose changes write no journal entry. A test goes through all models and asks for all
    three.
    """

    PERSONAL: ClassVar[tuple[str, ...]] = ()
    RETENTION: ClassVar[str] = ""
    MACHINERY: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True
