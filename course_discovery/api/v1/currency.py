"""What currencies of learners' countries are worth, over REST."""

import logging

from django.conf import settings
from django.core.cache import cache
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from course_discovery.clients.errors import ClientError
from course_discovery.clients.exchange_rate import latest_rates

logger = logging.getLogger(__name__)

_EURO = ("EUR", "€")
_EURO_COUNTRIES = (
    "AUT", "BEL", "CYP", "EST", "FIN", "FRA", "DEU", "GRC", "IRL", "ITA",
    "LVA", "LTU", "LUX", "MLT", "NLD", "PRT", "SVK", "SVN", "ESP",
)  # fmt: skip
# Code (ISO 4217) and symbol of the currency by country (ISO 3166-1 alpha-3).
CURRENCIES = {
    "IND": ("INR", "₹"),
    "BRA": ("BRL", "R$"),
    "MEX": ("MXN", "$"),
    "GBR": ("GBP", "£"),
    "AUS": ("AUD", "$"),
    "CHN": ("CNY", "¥"),
    "COL": ("COP", "$"),
    "PER": ("PEN", "S/."),
    "CAN": ("CAD", "$"),
    **dict.fromkeys(_EURO_COUNTRIES, _EURO),
}

CACHE_KEY = "exchange_rates"
DAY = 60 * 60 * 24
# After a failure nobody waits for the service again for a minute.
PAUSE = 60


_SHAPE = {
    "type": "object",
    "properties": {
        "code": {"type": "string", "description": "ISO 4217"},
        "symbol": {"type": "string"},
        "rate": {
            "type": "number",
            "nullable": True,
            "description": "for one US dollar; null: not known",
        },
    },
}


class CurrencyView(APIView):
    """Currencies by country."""

    @extend_schema(
        summary="Currencies by country (ISO 3166-1 alpha-3); {} while no rates are known",
        operation_id="currency_list",
        responses={200: {"type": "object", "additionalProperties": _SHAPE}},
        examples=[
            OpenApiExample("Rates", {"IND": {"code": "INR", "symbol": "₹", "rate": 84.3175}})
        ],
    )
    def get(self, request: Request) -> Response:
        """Rates are a day old at most."""
        rates = exchange_rates()
        if not rates:
            return Response({})
        return Response(
            {
                country: {"code": code, "symbol": symbol, "rate": rates.get(code)}
                for country, (code, symbol) in CURRENCIES.items()
            }
        )


def exchange_rates() -> dict[str, float]:
    """Rates per US dollar by currency code; {} without a key, or if the service fails."""
    if not settings.OPENEXCHANGERATES_API_KEY:
        return {}
    kept: dict[str, float] | None = cache.get(CACHE_KEY)
    if kept is not None:
        return kept
    try:
        rates = latest_rates(settings.OPENEXCHANGERATES_API_URL, settings.OPENEXCHANGERATES_API_KEY)
    except ClientError as error:
        logger.warning("There are no exchange rates: %s", error)
        rates = {}
    cache.set(CACHE_KEY, rates, DAY if rates else PAUSE)
    return rates
