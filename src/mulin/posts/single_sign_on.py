"""The town's single sign-on (OpenID Connect): it says who somebody is there, by a number that never changes.

Whether that lets anybody in is decided here, by what an administrator bound. django-allauth speaks the protocol
(code flow with PKCE and state); nothing of what it could store is stored, and it is only imported where it is used.
"""

from __future__ import annotations

from functools import cache
from typing import Any, cast

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mulin.kernel.crypto import blind, blind_all
from mulin.kernel.refusals import Refusal
from mulin.posts.models import Bond, User
from mulin.posts.models.sign_in import SUBJECT_CONTEXT

TOWN = "town"
SUBJECT_LIMIT = 255


class Unproven(Refusal):
    """The single sign-on did not say who this is."""

    status = 422
    default_code = "not_proven"
    default_message = _("The single sign-on did not answer as expected. Try again, or use your password.")


class Proven(Exception):
    """Who somebody is at the single sign-on."""

    def __init__(self, subject: str) -> None:
        super().__init__()
        self.subject = subject


class Adapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # comes without types
    """What the package asks of the house: the one sign-on of the settings, and what to do where it fails."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:  # noqa: ARG002 - the package's signature
        from allauth.socialaccount.models import SocialApp

        about = {
            "server_url": settings.MULIN_SSO_ISSUER,
            "scope": ["openid"],  # their name, mail and picture are none of our business
            "fetch_userinfo": False,
            "oauth_pkce_enabled": True,
        }
        return [
            SocialApp(
                provider="openid_connect",
                provider_id=TOWN,
                name=settings.MULIN_SSO_NAME,
                client_id=settings.MULIN_SSO_CLIENT_ID,
                secret=settings.MULIN_SSO_CLIENT_SECRET,
                settings=about,
            )
        ]

    def on_authentication_error(self, request: HttpRequest, provider: Any, **more: Any) -> None:  # noqa: ARG002 - the package's signature
        raise Unproven


def begin(request: HttpRequest) -> HttpResponse:
    """To the single sign-on, which leads back to us."""
    from requests import RequestException

    try:
        provider = _flow(request).get_provider()
        return cast(HttpResponse, provider.redirect(request, "login"))
    except (RequestException, KeyError, ValueError):
        raise Unproven from None


def who_came_back(request: HttpRequest) -> str:
    """The number of whoever it says they are. Raises Unproven for what was not begun here or is forged."""
    from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView

    try:
        OAuth2CallbackView.adapter_view(_flow(request))(request)
    except Proven as proven:
        return proven.subject
    except (KeyError, ValueError):
        pass
    raise Unproven


def bound_to(subject: str) -> User | None:
    """The open account that an administrator bound to this number."""
    found = Bond.objects.select_related("user").filter(subject_index__in=indexes_of(subject))
    bond = found.filter(user__is_active=True).first()
    return bond.user if bond else None


def index_of(subject: str) -> str:
    """A number means something at one single sign-on only: of another one the same number is somebody else."""
    return blind(f"{settings.MULIN_SSO_ISSUER} {subject}", context=SUBJECT_CONTEXT)


def indexes_of(subject: str) -> list[str]:
    """The same by every key of the ring: a number that was bound before a rotation stays bound."""
    return blind_all(f"{settings.MULIN_SSO_ISSUER} {subject}", context=SUBJECT_CONTEXT)


def _flow(request: HttpRequest) -> Any:
    return _classes()(request, TOWN)


@cache
def _classes() -> Any:
    """The package's own flow, but for the address we are called back at and the end, which is ours."""
    from allauth.socialaccount.providers import registry
    from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
    from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

    class Flow(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # comes without types
        def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 - the package's signature
            path, home = reverse("sign-in-single-back"), str(settings.MULIN_PUBLIC_URL)
            return f"{home}{path}" if home else request.build_absolute_uri(path)

        def complete_login(self, request: HttpRequest, app: Any, token: Any, **more: Any) -> Any:  # noqa: ARG002 - the package's signature
            subject = self._decode_id_token(app, more["response"]["id_token"])["sub"]
            if not isinstance(subject, str) or not 0 < len(subject) <= SUBJECT_LIMIT:
                raise Unproven
            raise Proven(subject)

    class Provider(OpenIDConnectProvider):  # type: ignore[misc]  # comes without types
        oauth2_adapter_class = Flow

    registry.register(Provider)
    return Flow
