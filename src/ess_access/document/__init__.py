"""The document model; see :mod:`ess_access.document.nodes`."""
