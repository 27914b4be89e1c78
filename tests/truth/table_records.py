"""What everybody is answered who enters and changes who lives and trades where: see table.py.

Everything lies in the worker's grid, so the stranger of the next one finds nothing there.
"""

_EDIT = "302 403 404 303 303 303 403 403 403 403 403"
_LOOK = "302 403 404 200 200 200 403 403 403 403 403"
_DONE = "401 403 404 200 200 200 403 403 403 403 403"
_MADE = "401 403 404 201 201 201 403 403 403 403 403"

_CHANGED = (
    "desk/dwellings/<uuid:id>/change/",
    "desk/dwellings/<uuid:id>/household/",
    "desk/dwellings/<uuid:id>/merchant/",
    "desk/households/<uuid:id>/change/",
    "desk/households/<uuid:id>/householder/",
    "desk/households/<uuid:id>/move/",
    "desk/households/<uuid:id>/leave/",
    "desk/registry/enter/dwelling/<str:path>/",
    "desk/registry/enter/merchant/<str:path>/",
    "desk/registry/register/<str:kind>/<uuid:id>/",
    "desk/registry/take-over/<str:kind>/<uuid:id>/",
    "desk/street-residents/<uuid:id>/change/",
    "desk/street-residents/<uuid:id>/died/",
    "desk/street-residents/<uuid:id>/merge/",
    "desk/street-residents/<uuid:id>/move-in/",
    "desk/residences/<uuid:id>/change/",
    "desk/residences/<uuid:id>/move/",
    "desk/residences/<uuid:id>/out/",
    "desk/merchants/<uuid:id>/change/",
    "desk/merchants/<uuid:id>/close/",
)
_ONLY_SENT = (
    "desk/dwellings/<uuid:id>/confirm/",
    "desk/dwellings/<uuid:id>/close/ [empty]",
    "desk/households/<uuid:id>/confirm/",
    "desk/street-residents/<uuid:id>/confirm/",
    "desk/merchants/<uuid:id>/confirm/",
)
_ACTS_200 = (
    "dwellings/<id>/change",
    "dwellings/<id>/confirm",
    "dwellings/<id>/close [empty]",
    "households/<id>/change",
    "households/<id>/confirm",
    "households/<id>/householder",
    "households/<id>/move",
    "households/<id>/leave",
    "merchants/<id>/change",
    "merchants/<id>/confirm",
    "merchants/<id>/close",
    "residents/<id>/change",
    "residents/<id>/confirm",
    "residents/<id>/died",
    "residents/<id>/merge",
    "residents/take-over",
    "residences/<id>/change",
    "residences/<id>/out",
)
_ACTS_201 = (
    "dwellings",
    "households",
    "merchants",
    "residents",
    "residents/<id>/move-in",
    "residences/<id>/move",
)

RECORDS = "\n".join(
    [
        "GET desk/registry/enter/ 302 403 200 200 200 200 403 403 403 403 403",
        "POST desk/registry/enter/ 302 403 422 303 303 303 403 403 403 403 403",
        *(f"GET {route} {_LOOK}" for route in _CHANGED),
        *(f"POST {route} {_EDIT}" for route in (*_CHANGED, *_ONLY_SENT)),
        *(f"POST api/v1/registry/{route} {_DONE}" for route in _ACTS_200),
        *(f"POST api/v1/registry/{route} {_MADE}" for route in _ACTS_201),
    ]
)
