"""What the closed loop stores."""

from mulin.matters.models.attachment import Attachment
from mulin.matters.models.importing import Import, Imported, ImportStage
from mulin.matters.models.ladder import MatterRung
from mulin.matters.models.matter import Matter
from mulin.matters.models.part import Part, PartKind
from mulin.matters.models.photo import Photo
from mulin.matters.models.recheck import Recheck
from mulin.matters.models.recompute import MovedPromise, Recompute
from mulin.matters.models.reporter import Contact, Reporter, ReporterKind
from mulin.matters.models.type import MatterLimit, MatterType
from mulin.matters.models.who import WhoRow

__all__ = [
    "Attachment",
    "Contact",
    "Import",
    "ImportStage",
    "Imported",
    "Matter",
    "MatterLimit",
    "MatterRung",
    "MatterType",
    "MovedPromise",
    "Part",
    "PartKind",
    "Photo",
    "Recheck",
    "Recompute",
    "Reporter",
    "ReporterKind",
    "WhoRow",
]
