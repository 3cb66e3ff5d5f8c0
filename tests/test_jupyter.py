"""A notebook in JupyterLab itself: opened in a browser, run from the Run menu, and looked at in both themes.

Needs jupyterlab, selenium, Chromium and its driver. The server answers on the loopback address only, behind a random
token, and keeps its settings in a temporary folder; nothing of the user's own Jupyter is read or changed.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kzanalytics.reproduce import copy_notebooks

webdriver = pytest.importorskip("selenium.webdriver")
WebDriverWait = pytest.importorskip("selenium.webdriver.support.ui").WebDriverWait
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
NOTEBOOK, AS_COMMITTED = "03_frames.ipynb", "as_committed.ipynb"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # every cell is in the page, not only those in view
}
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="Chromium and chromedriver are not installed"),
    pytest.mark.skipif(importlib.util.find_spec("jupyterlab") is None, reason="jupyterlab is not installed"),
    # What the browser's and the server's own clients leave open is not ours to close.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The notebooks as a student copies them, the one to be run emptied of what its last run left.

    AS_COMMITTED keeps that, and is not run. A cell more in the other shows a long table.
    """
    folder = tmp_path_factory.mktemp("class")
    copy_notebooks(folder)
    shutil.copy(folder / NOTEBOOK, folder / AS_COMMITTED)
    notebook = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))
    source = "from kzanalytics._views import show_table\nshow_table(mentions, page_rows=20)"
    notebook["cells"].append({"cell_type": "code", "id": "long", "metadata": {}, "source": source})
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None
    (folder / NOTEBOOK).write_text(json.dumps(notebook, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def lab(folder, tmp_path_factory):
    """The address of a running JupyterLab and its token."""
    home = tmp_path_factory.mktemp("jupyter")
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    token = secrets.token_hex(24)
    own = {"CONFIG_DIR": "config", "DATA_DIR": "data", "RUNTIME_DIR": "runtime"}
    environment = {name: value for name, value in os.environ.items() if name != "MPLBACKEND"}
    environment |= {f"JUPYTER_{name}": str(home / part) for name, part in own.items()}
    environment |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "IPYTHONDIR": str(home / "ipython")}
    environment |= {"JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces"), "JUPYTER_TOKEN": token}
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--ip=127.0.0.1", "--port=0", "--allow-root"]
    command += ["--LabApp.expose_app_in_browser=True", f"--ServerApp.root_dir={folder}"]
    with (home / "log.txt").open("w") as log:
        server = subprocess.Popen(command, env=environment, cwd=folder, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield _address(server, home), token
    finally:
        server.terminate()  # the server ends its kernels
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _address(server: subprocess.Popen, home: Path) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end and server.poll() is None:
        for path in (home / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(json.JSONDecodeError):  # half written
                return str(json.loads(path.read_text(encoding="utf-8"))["url"])
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not start:\n{(home / 'log.txt').read_text()[-2000:]}")


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    for flag in (
        "--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync --window-size=1400,1000"
    ).split():
        options.add_argument(flag)
    options.add_argument("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")  # no host but this machine
    options.add_argument(f"--user-data-dir={tmp_path_factory.mktemp('profile')}")
    options.binary_location = CHROMIUM
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    driver.set_script_timeout(60)
    yield driver
    driver.quit()


@pytest.fixture(scope="module")
def page(browser, lab):
    """The notebook after Run > Run All Cells, once its last cell has finished."""
    address, token = lab
    browser.get(f"{address}lab/tree/{NOTEBOOK}?token={token}")
    WebDriverWait(browser, 90).until(
        lambda b: b.execute_script(
            "const app = window.jupyterapp, panel = app && app.shell.currentWidget;"
            "return Boolean(panel && panel.sessionContext && panel.sessionContext.session"
            " && panel.sessionContext.session.kernel && panel.sessionContext.session.kernel.status === 'idle'"
            " && !document.querySelector('#jupyterlab-splash'))"
        )
    )
    choose(browser, "Run", "runmenu:run-all")
    WebDriverWait(browser, 120).until(lambda b: counts(b)[-1] is not None or errors(b))
    return browser


def choose(page, menu, command):
    """Click an entry of a menu, as a person would."""
    label = f"//div[contains(@class, 'lm-MenuBar-itemLabel')][text()='{menu}']"
    page.find_element("xpath", label).click()
    entry = f"li.lm-Menu-item[data-command='{command}']"
    WebDriverWait(page, 10).until(lambda b: b.find_elements("css selector", entry))
    page.find_element("css selector", entry).click()


def counts(page):
    """The execution counts of the code cells."""
    return page.execute_script(
        "return Array.from(window.jupyterapp.shell.currentWidget.content.model.cells)"
        ".filter((cell) => cell.type === 'code').map((cell) => cell.executionCount)"
    )


def errors(page):
    """What the page shows as an error: a traceback, or anything a cell wrote to its error stream."""
    return page.execute_script(
        'return Array.from(document.querySelectorAll(\'.jp-OutputArea-output[data-mime-type$="stderr"],'
        ' .jp-OutputArea-output[data-mime-type$="error"]\')).map((node) => node.textContent)'
    )


def set_theme(page, name):
    page.execute_async_script(
        "const done = arguments[1];"
        "window.jupyterapp.commands.execute('apputils:change-theme', {theme: arguments[0]}).then(() => done(), done)",
        name,
    )
    dark = "true" if "Light" in name else "false"
    WebDriverWait(page, 20).until(lambda b: b.find_elements("css selector", f"body[data-jp-theme-light='{dark}']"))


def contrasts(page, selector):
    """Contrast ratio (WCAG 2) of the text of each element with what is behind it, and the luminance behind it."""
    return page.execute_script(
        """
        const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
        const rgba = (colour) => {
            canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
            return Array.from(canvas.getImageData(0, 0, 1, 1).data);
        };
        const light = (c) => {
            const [r, g, b] = c.map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return Array.from(document.querySelectorAll(arguments[0])).map((node) => {
            let behind = node;
            while (behind && rgba(getComputedStyle(behind).backgroundColor)[3] < 255) behind = behind.parentElement;
            const back = light(rgba(getComputedStyle(behind).backgroundColor).slice(0, 3));
            const text = light(rgba(getComputedStyle(node).color).slice(0, 3));
            return [(Math.max(back, text) + 0.05) / (Math.min(back, text) + 0.05), back];
        })
        """,
        selector,
    )


def test_every_cell_runs_in_order_and_none_fails(page):
    assert errors(page) == []
    assert counts(page) == list(range(1, len(counts(page)) + 1))


def test_both_charts_are_shown(page):
    shown = (
        "return Array.from(document.querySelectorAll('.jp-OutputArea-output img'))"
        ".map((i) => [i.complete, i.naturalWidth, i.naturalHeight, i.getBoundingClientRect().width])"
    )
    WebDriverWait(page, 20).until(lambda b: all(complete for complete, *_ in b.execute_script(shown)))
    images = page.execute_script(shown)
    assert len(images) == 2
    assert all(min(sizes) > 100 for _, *sizes in images)


def test_the_concordance_reads_from_right_to_left(page):
    directions = page.execute_script(
        "return Array.from(document.querySelectorAll('.jp-RenderedHTMLCommon table:has(td.keyword)'))"
        ".map((table) => getComputedStyle(table).direction)"
    )
    assert directions
    assert set(directions) == {"rtl"}
    places = page.execute_script(
        "const at = (row, name) => row.querySelector(name).getBoundingClientRect();"
        "return Array.from(document.querySelectorAll('tr:has(td.keyword)')).filter((row) => row.checkVisibility())"
        ".map((row) => ['.before', '.keyword', '.after'].map((name) => at(row, name).left))"
    )
    assert places
    assert all(before > keyword > after for before, keyword, after in places)


def test_a_long_table_opens_page_by_page(page):
    pages = "const last = Array.from(document.querySelectorAll('.jp-OutputArea')).findLast((n) => n.querySelector('table'));"
    rows = pages + "return Array.from(last.querySelectorAll('tbody tr')).filter((row) => row.checkVisibility()).length"
    assert page.execute_script(rows) == 20
    page.execute_script(pages + "last.querySelector('summary').click()")
    assert page.execute_script(rows) == 40
    assert page.execute_script(pages + "return getComputedStyle(last.querySelector('table')).direction") == "rtl"


def test_tables_can_be_read_in_the_light_and_in_the_dark_theme(page, tmp_path):
    behind = {}
    for name in ("JupyterLab Light", "JupyterLab Dark"):
        set_theme(page, name)
        page.execute_script("document.querySelector('td.keyword').scrollIntoView({block: 'center'})")
        assert page.save_screenshot(str(tmp_path / f"{name.split()[1].lower()}.png"))
        measured = contrasts(page, ".jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th")
        assert len(measured) > 50
        assert min(ratio for ratio, _ in measured) >= 4.5  # WCAG 2, success criterion 1.4.3
        behind[name] = {back for _, back in measured}
    assert min(behind["JupyterLab Light"]) > 0.5 > max(behind["JupyterLab Dark"])


def test_a_notebook_not_trusted_yet_is_shown_from_right_to_left_too(page):
    """JupyterLab cleans the HTML of a notebook that was run elsewhere; what is left must still be readable."""
    trusted = (
        "return Array.from(window.jupyterapp.shell.currentWidget.content.model.cells).some((cell) => cell.trusted)"
    )
    assert page.execute_script(trusted), "what has just been run is trusted"
    page.execute_async_script(
        "const done = arguments[1];"
        "window.jupyterapp.commands.execute('docmanager:open', {path: arguments[0], kernel: {shouldStart: false}})"
        ".then((panel) => panel.revealed).then(() => done(), done)",
        AS_COMMITTED,
    )
    table = ".jp-NotebookPanel:not(.lm-mod-hidden) table:has(td.keyword)"
    WebDriverWait(page, 30).until(lambda b: b.find_elements("css selector", table))
    assert page.execute_script("return window.jupyterapp.shell.currentWidget.context.path") == AS_COMMITTED
    assert not page.execute_script(trusted)
    direction = "return getComputedStyle(document.querySelector(arguments[0])).direction"
    assert page.execute_script(direction, table) == "rtl"
