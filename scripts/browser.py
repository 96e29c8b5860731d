"""A Chromium for the browser tests: found, and with ``--install`` installed where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Playwright's own, since Chromium heeds only the last such switch; then the two pages behind the address bar,
# which Chromium loads for each window it opens: a quarter of what opening a page costs.
SWITCHED_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding"),
    *("ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints"),
    *("NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch"),
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
FLAGS = (
    f"--disable-features={','.join(SWITCHED_OFF)}",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A camera that films a test card, and says yes when a page asks for it.
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
HOW = (
    "The browser tests need Chromium and none was found. Install it (Debian, Ubuntu: "
    "sudo apt-get install chromium), or set CHROMIUM to the path of a Chrome or Chromium."
)


def find() -> str | None:
    """Path of a Chromium: ``$CHROMIUM``, else one on the PATH, else Playwright's own download."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return shutil.which(chosen)
    return next(filter(None, map(shutil.which, NAMES)), None) or _playwrights_own()


def install() -> None:
    """Install Debian's package where that is allowed, else Playwright's download."""
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in ("apt-get update -qq", "apt-get install -y -qq chromium"):
            subprocess.run(
                command.split(), env=environment, stdin=subprocess.DEVNULL, stdout=sys.stderr
            )
    if find() is None:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"])


def launch(playwright: Playwright) -> Browser:
    """Start the Chromium found; say how to get one where there is none."""
    path = find()
    if path is None:
        raise RuntimeError(HOW)
    return playwright.chromium.launch(executable_path=path, args=list(FLAGS))


def _playwrights_own() -> str | None:
    # In a thread of its own: beside a Playwright that runs already a second one is refused.
    with ThreadPoolExecutor(1) as thread:
        path = thread.submit(_download_path).result()
    return str(path) if path.exists() else None


def _download_path() -> Path:
    with sync_playwright() as playwright:
        return Path(playwright.chromium.executable_path)


def main() -> int:
    """Print the path, or say how to get a browser and fail."""
    if find() is None and "--install" in sys.argv[1:] and not os.environ.get("CHROMIUM"):
        install()
    path = find()
    print(path or HOW, file=sys.stdout if path else sys.stderr)
    return 0 if path else 1


if __name__ == "__main__":
    sys.exit(main())
