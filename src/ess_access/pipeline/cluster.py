"""Run tasks on the workers of a Dask cluster, with the promises that ``Lanes`` makes here."""

import contextlib
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from ess_access.errors import ConfigurationError, MissingError

__all__ = ["DASK", "Cluster"]

DASK = "dask://"
_GOODBYE_S = 2.0

P = ParamSpec("P")
T = TypeVar("T")


class Cluster(Executor):
    """Run tasks on the workers of a cluster, which see the same files as this process.

    Each runs in a child of its worker. One whose child dies or takes longer than ``time_limit_s``
    is tried once more, by any worker, then fails with ``WorkerDied``.

    Raises MissingError without the extra ``cluster``; ConfigurationError when nobody answers at the
    address (``dask://host:port``), or where its workers do not know ess-access as we do.
    """

    def __init__(self, address: str, *, time_limit_s: float) -> None:
        try:
            from distributed import Client

            from ess_access.pipeline.dask_worker import Children, run_apart
        except ImportError as error:
            command = "pip install 'ess-access[cluster]'"
            raise MissingError("dask-missing", command=command) from error
        scheduler = "tcp://" + address.removeprefix(DASK)
        try:
            self._client = Client(scheduler, timeout=10, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigurationError("dask-absent", address=address) from error
        self._run = run_apart
        self._name = f"ess-access-{secrets.token_hex(8)}"
        try:
            self._client.register_plugin(Children(time_limit_s), name=self._name)
        except Exception as error:
            self._client.close()
            raise ConfigurationError("dask-unlike", address=address) from error
        self._executor: Executor = self._client.get_executor(pure=False, retries=1)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """Send a task to the cluster."""
        from ess_access.pipeline.apart import packed

        try:
            call = packed(fn, args, kwargs)
        except Exception as error:  # noqa: BLE001 - what cannot be sent is this task's error alone
            future: Future[T] = Future()
            future.set_exception(error)
            return future
        return self._executor.submit(self._run, self._name, call)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002 - the base class's signature
        """Leave the cluster; its workers stay. What was not waited for is ended there too."""
        self._executor.shutdown(wait=wait and not cancel_futures)
        leaving = threading.Thread(target=self._leave, daemon=True)
        leaving.start()
        leaving.join(_GOODBYE_S)
        self._client.close()

    def _leave(self) -> None:
        """End the children of the workers; those of a cluster that is gone end by themselves."""
        with contextlib.suppress(Exception):
            self._client.unregister_worker_plugin(self._name)
