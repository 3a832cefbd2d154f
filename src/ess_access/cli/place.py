"""A path, or an address such as ``s3://bucket/guides``, on the command line."""

from typing import TYPE_CHECKING

import click

from ess_access.errors import ConfigurationError

if TYPE_CHECKING:
    from pathlib import Path

    from ess_access.pipeline.addresses import Location

__all__ = ["LocalPath", "Place"]


class Place(click.ParamType):
    """Tell addresses from paths: as a path, ``s3://bucket`` would lose a slash."""

    name = "path"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Location":
        """Give a path or an address. Raises ConfigurationError for one that cannot be meant."""
        from ess_access.pipeline.addresses import place_of

        return place_of(str(value))


class LocalPath(Place):
    """Take the path of a file of this machine."""

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> "Path":
        """Give a path. Raises ConfigurationError for an address."""
        from ess_access.pipeline.addresses import Address

        place = super().convert(value, param, ctx)
        if isinstance(place, Address):
            raise ConfigurationError("address-elsewhere", address=str(place))
        return place
