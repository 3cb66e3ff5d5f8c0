"""Print one of the README's two commands: the fenced line under the heading that names it."""

import re
import sys
from pathlib import Path

readme = (Path(__file__).resolve().parent.parent / "README.md").read_text(encoding="utf-8")
commands = [
    block.strip() for block in re.findall(r"```sh\n(.*?)```", readme, re.S) if block.startswith("python3 -m venv")
]
if len(commands) != 2 or any("\n" in c for c in commands):
    sys.exit("README must hold exactly two one-line commands that begin with: python3 -m venv")
print(commands[0 if sys.argv[1] == "main" else 1])
