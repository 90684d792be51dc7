"""Who grades without being root gets the same marks and the same protection."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from indopacific.exercises.release import release
from indopacific.grading import sandbox
from tests.grading.hostile import SEEING, SHARE
from tests.grading.practice import AUTOMATIC, EXERCISE, REPOSITORY, make_course, right_answers
from tests.grading.test_attacks import hand_in

ORDINARY = 61_500
SOME = (
    "reads-solutions",
    "reads-gradebook",
    "kills-everybody",
    "reaches-the-network",
    "mounts",
    "writes-anywhere-else",
)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not hasattr(os, "geteuid") or os.geteuid() != 0 or shutil.which("unshare") is None,
        reason="only root can become somebody else; others run every test as themselves",
    ),
    pytest.mark.skipif(bool(sandbox.why_not()), reason="there is no sandbox here"),
]

GRADE = f"""
import json, os, sys
from pathlib import Path
from indopacific.grading.classroom import Time, grade_class
assert os.geteuid() == {ORDINARY}
report = grade_class({EXERCISE!r}, course=Path(sys.argv[1]), time=Time(cell=20, total=60))
print(json.dumps(report.as_dict()))
"""


def as_ordinary_user(command):
    """Run a command as nobody in particular, who can read this Python wherever it is."""
    base = Path(sys.base_prefix)
    shut = next((p for p in reversed(base.parents) if not p.stat().st_mode & 0o001), None)
    show = ""
    if shut is not None:
        # A private view in which the way to this Python is open, and only that.
        show = (
            f"stage=$(mktemp -d); mount --bind {base} $stage; "
            f"mount -t tmpfs -o mode=755 tmpfs {shut}; mkdir -p {base}; "
            f"mount --move $stage {base}; "
        )
    become = f"exec setpriv --reuid={ORDINARY} --regid={ORDINARY} --clear-groups"
    return subprocess.run(
        ["unshare", "-m", "sh", "-c", f'set -e; {show}{become} "$@"', "sh", *command],
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
        env=os.environ | {"HOME": "/nowhere", "PYTHONPATH": str(REPOSITORY)},
    )


def test_marks_and_protection_are_the_same():
    folder = Path(tempfile.mkdtemp(prefix="ordinary-"))
    try:
        folder.chmod(0o755)
        course = make_course(folder / "course")
        release(course)
        place = {"course": course, "home": Path.home(), "secret": "nothing", "port": 9}
        tried = [attack for attack in SEEING if attack.name in SOME]
        for attack in tried:
            code = f"{attack.code}\nshare = 3.1".format(**place)
            hand_in(course, attack.name, {SHARE: code})
        hand_in(course, "zz-honest", right_answers())
        for path in (course, *course.rglob("*")):
            os.chown(path, ORDINARY, ORDINARY)
        done = as_ordinary_user([sys.executable, "-c", GRADE, str(course)])
        assert done.returncode == 0, done.stderr[-3000:]
        outcomes = {o["student"]: o for o in json.loads(done.stdout)["outcomes"]}
        assert outcomes["zz-honest"]["earned"] == AUTOMATIC
        for attack in tried:
            graded = course / "autograded" / attack.name / EXERCISE / f"{EXERCISE}.ipynb"
            printed = json.dumps(json.loads(graded.read_text("utf-8"))["cells"][3:6])
            assert outcomes[attack.name]["protected"] is True
            assert outcomes[attack.name]["earned"] == 0
            assert "STOPPED " in printed, attack.name
            assert "REACHED\\n" not in printed, attack.name
    finally:
        shutil.rmtree(folder)
