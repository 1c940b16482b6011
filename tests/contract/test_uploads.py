"""One screen takes files from browsers, and no larger ones than it says."""

from __future__ import annotations

import ast
import tomllib

from partnernet.settings import ROOT
from partnernet.web.exchange_upload import kept_name

LIMIT_MEGABYTES = 20
TAKES_FILES = {"file_uploader", "chat_input", "camera_input", "audio_input"}


def test_the_server_takes_files_up_to_the_size_that_the_screen_says() -> None:
    config = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))

    assert config["server"]["maxUploadSize"] == LIMIT_MEGABYTES
    assert f"{LIMIT_MEGABYTES} Mo au plus" in (ROOT / "partnernet" / "web" / "exchange_upload.py").read_text("utf-8")


def test_no_other_screen_takes_files() -> None:
    sources = [*(ROOT / "pages").glob("*.py"), *(ROOT / "partnernet" / "web").glob("*.py")]
    taking = {
        path.name
        for path in sources
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in TAKES_FILES
    }

    assert taking == {"exchange_upload.py"}


def test_a_file_keeps_its_name_as_far_as_a_file_system_can_have_it() -> None:
    assert kept_name("open_items 2026-11-24.csv") == "open_items 2026-11-24.csv"
    assert kept_name("ᓄᓇᕗᑦ.csv") == "ᓄᓇᕗᑦ.csv"
    for hostile in ("../../etc/passwd", "C:\\fichiers\\a.csv", "<b>a</b>.csv", "a\0b\u202e.csv", "é" * 300 + ".csv"):
        name = kept_name(hostile)
        assert not set(name) & set('/\\<>:"|?*\0\u202e')
        assert len(name.encode()) <= 240
    for nothing in ("", ".", "..", " . "):
        assert kept_name(nothing) == "sans-nom.csv"
