"""The command line: the only place that prints, reads the environment and exits."""

import click

from ess_access import __version__
from ess_access.cli.frame import Group, Option

__all__ = ["main"]

main = Group(
    name="ess-access",
    lazy={
        "build": "ess_access.cli.build:build",
        "watch": "ess_access.cli.watch:watch",
        "plan": "ess_access.cli.plan:plan",
        "check": "ess_access.cli.check:check",
        "preview": "ess_access.cli.preview:preview",
        "inspect": "ess_access.cli.inspect:inspect",
        "formats": "ess_access.cli.formats:formats",
        "engines": "ess_access.cli.engines:engines",
        "voices": "ess_access.cli.voices:voices",
        "doctor": "ess_access.cli.doctor:doctor",
        "init": "ess_access.cli.init:init",
        "config": "ess_access.cli.config:config",
        "cache": "ess_access.cli.cache:cache",
    },
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
click.version_option(
    __version__, prog_name="ess-access", cls=Option, help_key="cli.option.version"
)(main)
