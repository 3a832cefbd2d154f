"""The contracts that a plug-in sees; ``docs/plugins.md`` shows how to write one."""
