"""A client that talks to a language server over its standard input and output, as editors do."""

from __future__ import annotations

import json
import subprocess
from threading import Timer
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType
    from typing import Self

#: After so many seconds a server that is still silent is ended, and reading it fails.
PATIENCE = 60

#: What an editor says of itself; without snippets the server completes nothing.
_CAPABILITIES = {
    "textDocument": {
        "completion": {"completionItem": {"snippetSupport": True}},
        "hover": {"contentFormat": ["plaintext"]},
        "publishDiagnostics": {},
    },
    "workspace": {"configuration": True, "didChangeConfiguration": {}},
}


class LanguageServer:
    """
    A running server; a `with` block starts and ends it.

    Nothing waits for a time to pass: a call reads messages until the one it is about has
    come. *settings* are what the editor's settings file holds for the server.
    """

    def __init__(self, program: Path, settings: dict[str, Any]) -> None:
        self._settings = settings
        self._process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self._asked = 0
        self._found: dict[str, list[dict[str, Any]]] = {}

    def __enter__(self) -> Self:
        self._request(
            "initialize", {"processId": None, "rootUri": None, "capabilities": _CAPABILITIES}
        )
        self._send("initialized", {})
        self._send("workspace/didChangeConfiguration", {"settings": self._settings})
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()

    def open(self, path: Path, text: str) -> None:
        """Open a document; the file need not exist."""
        opened = {"uri": path.as_uri(), "languageId": "json", "version": 1, "text": text}
        self._send("textDocument/didOpen", {"textDocument": opened})

    def problems(self, path: Path) -> list[dict[str, Any]]:
        """Return the problems that the server finds in an open document."""
        while path.as_uri() not in self._found:
            self._next()
        return self._found[path.as_uri()]

    def completions(self, path: Path, position: dict[str, int]) -> dict[str, dict[str, Any]]:
        """Return the proposals of the server at a position of an open document, by label."""
        found = self._request("textDocument/completion", _at(path, position))
        return {each["label"]: each for each in found["items"]}

    def hover(self, path: Path, position: dict[str, int]) -> str:
        """Return the text that the server shows at a position of an open document."""
        found = self._request("textDocument/hover", _at(path, position))
        return "\n".join(found["contents"])

    def _request(self, method: str, params: dict[str, Any]) -> Any:
        self._asked += 1
        asked = self._asked
        self._write({"id": asked, "method": method, "params": params})
        while (message := self._next()).get("id") != asked or "method" in message:
            pass
        return message["result"]

    def _send(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": params})

    def _next(self) -> dict[str, Any]:
        """Return the next message, after answering requests and noting problems."""
        watch = Timer(PATIENCE, self._process.kill)
        watch.start()
        try:
            message = self._read()
        finally:
            watch.cancel()
        if "method" in message and "id" in message:
            self._write({"id": message["id"], "result": self._result(message)})
        elif message.get("method") == "textDocument/publishDiagnostics":
            self._found[message["params"]["uri"]] = message["params"]["diagnostics"]
        return message

    def _result(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self._settings.get(each["section"]) for each in message["params"]["items"]]

    def _write(self, message: dict[str, Any]) -> None:
        assert self._process.stdin
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._process.stdin.flush()

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        length = 0
        while line := self._process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        assert length, "the language server ended, or was silent for too long"
        message: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return message


def _at(path: Path, position: dict[str, int]) -> dict[str, Any]:
    return {"textDocument": {"uri": path.as_uri()}, "position": position}
