"""What everybody is answered who looks at who lives and trades where, and at care needs: see table.py.

The marked home lies in the worker's grid; its care need was entered by the head, and the worker was named to read it.
"""

_LIST = "302 403 200 200 200 200 403 403 403 403 403"
_PAGE = "302 403 404 200 200 200 403 403 403 403 403"
_GIVES = "302 403 403 403 303 303 403 403 403 404 403"
_ROWS = "401 403 200 200 200 200 403 403 403 403 403"
_ONE = "401 403 404 200 200 200 403 403 403 403 403"


def _row(operation: str, answers: str) -> str:
    return f"{operation:<74} {answers}\n"


DOSSIER = (
    " " * 75
    + "ano res str wor hea ope han oth aud sys sec\n"
    + "".join(
        _row(f"GET desk/registry/{noun}", _LIST)
        for noun in ("", "doors/", "households/", "residents/", "merchants/")
    )
    + "".join(
        _row(f"GET desk/{noun}/<uuid:id>/", _PAGE)
        for noun in ("dwellings", "households", "street-residents", "merchants")
    )
    + _row("POST desk/households/<uuid:id>/print/", "302 403 404 303 303 303 403 403 403 403 403")
    + _row("POST desk/households/<uuid:id>/duty/", _GIVES)
    + _row("POST desk/households/<uuid:id>/duty/<uuid:duty>/end/", _GIVES)
    + _row("POST desk/registry/households/duty/", _GIVES)
    + "".join(
        _row(f"GET api/v1/dossiers/{noun}", _ROWS)
        for noun in ("areas/<path>/counts", "dwellings", "households", "residents", "merchants")
    )
    + "".join(_row(f"POST api/v1/dossiers/{noun}/search", _ROWS) for noun in ("households", "residents"))
    + "".join(
        _row(f"GET api/v1/dossiers/{noun}/<id>", _ONE) for noun in ("households", "residents", "merchants")
    )
    + _row("POST api/v1/dossiers/households/<id>/duties", "401 403 403 403 201 201 403 403 403 404 403")
    + _row(
        "POST api/v1/dossiers/households/<id>/duties/<duty>/end",
        "401 403 403 403 200 200 403 403 403 404 403",
    )
)

CARE = """
                                                                           ano res str wor hea ope han oth aud sys sec
GET desk/care/                                                             302 403 200 200 200 200 200 200 200 200 200
GET desk/care/<uuid:id>/                                                   302 403 404 200 200 404 404 404 404 404 404
GET desk/care/<uuid:id>/change/                                            302 403 403 403 200 404 403 403 403 403 403
POST desk/care/<uuid:id>/change/                                           302 403 403 403 303 404 403 403 403 403 403
POST desk/care/<uuid:id>/end/                                              302 403 403 403 303 404 403 403 403 403 403
GET desk/street-residents/<uuid:id>/care/                                  302 403 403 403 200 200 403 403 403 403 403
POST desk/street-residents/<uuid:id>/care/                                 302 403 403 403 303 303 403 403 403 403 403
GET api/v1/care                                                            401 403 200 200 200 200 200 200 200 200 200
POST api/v1/care                                                           401 403 403 403 201 201 403 403 403 403 403
GET api/v1/care/<id>                                                       401 403 404 200 200 404 404 404 404 404 404
POST api/v1/care/<id>/change                                               401 403 403 403 200 404 403 403 403 403 403
POST api/v1/care/<id>/end                                                  401 403 403 403 200 404 403 403 403 403 403
"""
