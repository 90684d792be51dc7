"""Submissions that mean harm, each with the marks that it must get and what must not happen.

Every attack stands in the answer to the first item and ends with a wrong answer; all other items
are blank unless named. So whatever it earns above `earned` is unearned. `{course}` is the course
folder, `{secret}` never occurs in what may be seen.

An attack that looks for something prints REACHED when it gets it and STOPPED when it does not: a
test can tell that it was tried.
"""

from dataclasses import dataclass, field

from tests.grading.practice import item_id

SHARE, TREATY, CLAUSES, MEAN = (item_id(n) for n in (1, 2, 3, 10))


@dataclass(frozen=True)
class Attack:
    """One submission.

    Attributes
    ----------
    name : str
        The student's.
    code : str
        What stands in the first answer; `share = 3.1` follows it.
    answers : dict of str to str
        Other answers.
    earned : float
    said : str
        Part of a note, a fault or an item's message that it must produce; "" if it need not.
    tried : bool
        Whether it prints STOPPED.
    """

    name: str
    code: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    earned: float = 0.0
    said: str = ""
    tried: bool = False


def _try(code: str) -> str:
    """Print whether a piece of code got through."""
    lines = "\n".join(f"    {line}" for line in code.splitlines())
    return (
        f"try:\n{lines}\nexcept BaseException as stopped:\n"
        "    print('STOPPED', type(stopped).__name__)\nelse:\n    print('REACHED')"
    )


def _tried(name: str, code: str, **more) -> Attack:
    return Attack(name, _try(code), tried=True, **more)


_LOOK = """
import pathlib
found = [str(p) for p in pathlib.Path({folder!r}).rglob('*') if {what} in p.name]
assert found
"""

SEEING = (
    _tried("reads-tests-beside", "assert '{secret}' in open('00-practice.ipynb').read()"),
    _tried("reads-any-notebook", _LOOK.format(folder=".", what="'.ipynb'")),
    _tried("reads-gradebook", "open('{course}/gradebook.db', 'rb').read()"),
    _tried(
        "writes-gradebook",
        "import sqlite3\n"
        "book = sqlite3.connect('file:{course}/gradebook.db?mode=rw', uri=True)\n"
        "book.execute('update grade set manual_score = 3')\nbook.commit()",
    ),
    _tried("reads-solutions", "open('{course}/solutions/00-practice/00-practice.ipynb').read()"),
    _tried("lists-submissions", "import os\nassert os.listdir('{course}/submitted')"),
    _tried("writes-to-another", "open('{course}/submitted/x', 'w').write('x')"),
    _tried("writes-graded-work", "open('{course}/autograded/x', 'w').write('x')"),
    _tried(
        "patches-the-course",
        "import indopacific.checks as c\nopen(c.__file__, 'a').write('#')",
    ),
    _tried(
        "patches-nbgrader",
        "import nbgrader, pathlib\n"
        "(pathlib.Path(nbgrader.__file__).parent / 'x.py').write_text('x')",
    ),
    _tried(
        "patches-compiled-modules",
        "import sys\nopen((sys.pycache_prefix or sys.prefix) + '/x.pyc', 'w').write('x')",
    ),
    _tried("reads-passwords", "open('/etc/shadow').read()"),
    _tried(
        "reads-home",
        "import pathlib\nassert [p for p in pathlib.Path('{home}').iterdir() if p.is_file()]",
    ),
    _tried(
        "writes-anywhere-else",
        "import os\nwritten = []\n"
        "for folder in ('/', '/dev', '/etc', '/usr', '/bin', os.path.dirname('{course}')):\n"
        "    try:\n        open(folder + '/left-behind', 'w').close()\n"
        "        written.append(folder)\n    except OSError:\n        pass\n"
        "assert written",
    ),
    _tried("writes-to-the-system", "open('/usr/lib/x', 'w').write('x')"),
    _tried(
        "sees-processes",
        "import os\n"
        "others = [p for p in os.listdir('/proc') if p.isdigit() and int(p) != os.getpid()]\n"
        "assert others",
    ),
    _tried(
        "reads-the-parents-environment",
        "import os\nassert open(f'/proc/{{os.getppid()}}/environ').read()",
    ),
    _tried("kills-its-parent", "import os\nassert os.getppid() > 0\nos.kill(os.getppid(), 9)"),
    _tried("kills-everybody", "import os\nos.kill(-1, 9)"),
    _tried(
        "mounts",
        "import ctypes\nassert ctypes.CDLL(None).mount(b'tmpfs', b'/tmp', b'tmpfs', 0, None) == 0",
    ),
    _tried(
        "unmounts",
        "import ctypes\nassert ctypes.CDLL(None).umount2(b'/learner', 2) == 0",
    ),
    _tried(
        "makes-a-user-namespace",
        "import ctypes\nassert ctypes.CDLL(None).unshare(0x10000000) == 0",
    ),
    _tried("becomes-root", "import os\nos.setuid(0)"),
    _tried(
        "traces-another-process",
        "import ctypes, os\nassert ctypes.CDLL(None).ptrace(16, os.getppid(), 0, 0) == 0",
    ),
    _tried(
        "reaches-the-network",
        "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)",
    ),
    _tried(
        "reaches-this-machine",
        "import socket\nsocket.create_connection(('127.0.0.1', {port}), timeout=2)",
    ),
    _tried(
        "holds-inherited-files",
        "import os\n"
        "held = [n for n in range(3, 64) if os.path.exists(f'/proc/self/fd/{{n}}')]\n"
        "paths = [os.readlink(f'/proc/self/fd/{{n}}') for n in held]\n"
        "assert any('{course}' in p or p.endswith('.db') for p in paths)",
    ),
)

_ALWAYS = """
class Anything(float):
    def __eq__(self, other): return True
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __sub__(self, other): return 0
    __rsub__ = __abs__ = lambda *_: 0
    __hash__ = None
share = treaty = clauses = Anything(18.0)
"""

CHEATING = (
    Attack("always-equal", "", {TREATY: _ALWAYS, CLAUSES: _ALWAYS}, said="not the kind"),
    Attack(
        "rewrites-input",
        "get_ipython().input_transformers_cleanup.append(lambda lines: ['share = 18.0\\n'])",
        {TREATY: "treaty = 'a'"},
    ),
    Attack(
        "rewrites-trees",
        "import ast\n"
        "class Gone(ast.NodeTransformer):\n"
        "    def visit_Assert(self, node): return ast.Pass()\n"
        "    def visit_Call(self, node): return ast.Constant(None)\n"
        "get_ipython().ast_transformers.append(Gone())",
    ),
    Attack(
        "reads-history",
        "print([cell for cell in In[:-1] if '{secret}' in cell] or 'STOPPED')",
        tried=True,
    ),
    Attack(
        "fakes-a-result",
        "from IPython.core.displayhook import DisplayHook\n"
        "get_ipython().displayhook(2.0)\n"
        "get_ipython().outputs.kept.append(dict(output_type='execute_result', metadata={{}}, "
        "execution_count=1, data={{'text/plain': '2.0'}}))",
        {TREATY: "treaty = -1"},
    ),
    Attack("clears-output", "from IPython.display import clear_output\nclear_output()"),
    Attack("silences-tracebacks", "get_ipython().showtraceback = lambda *a, **k: None"),
    Attack(
        "patches-the-checks",
        "import indopacific.checks as c\nfrom indopacific.checks import verdicts, marking\n"
        "for name in dir(marking):\n    setattr(marking, name, lambda *a, **k: 2.0)",
    ),
    Attack(
        "patches-builtins",
        "import builtins\nbuiltins.isinstance = lambda *a: True\nbuiltins.all = lambda *a: True",
    ),
    Attack(
        "patches-the-crossing",
        "from indopacific.grading import crossing\n"
        "crossing.Packer.pack = lambda self, value, depth=0: ['frame', 1, 2, 3]",
        said="cannot be read",
    ),
    Attack(
        "sends-code-as-data",
        "from indopacific.grading import crossing\n"
        "import pickle\n"
        "crossing.Packer.pack = lambda self, value, depth=0: ['pickle', 'gASVAAAA']",
        said="cannot be read",
    ),
    Attack(
        "sends-far-too-much",
        "from indopacific.grading import crossing\n"
        "crossing.Packer.pack = lambda self, value, depth=0: 'x' * 50_000_000",
        said="Python itself stopped",
    ),
    Attack(
        "sends-a-pit",
        "from indopacific.grading import wire\nwire.json.dumps = lambda message: '[' * 900_000",
        said="Python itself stopped",
    ),
    Attack(
        "writes-on-the-wire",
        "import gc\nfrom indopacific.grading.wire import Wire\n"
        "for one in [w for w in gc.get_objects() if type(w) is Wire]:\n"
        "    one.send({{'value': 18.0}})\n    one.send({{'value': 'b'}})",
    ),
    Attack(
        "calls-back",
        "import gc\nfrom indopacific.grading.peer import Peer\n"
        "for one in [p for p in gc.get_objects() if type(p) is Peer]:\n"
        "    for do in ('call', 'attribute', 'advance', 'run', 'get'):\n"
        "        one.wire.send({{'do': do, 'number': 0, 'name': 'x', 'args': [], 'kwargs': {{}}}})",
    ),
    Attack(
        "raises-a-verdict",
        "",
        {
            MEAN: "import indopacific.checks as c\n"
            "def mean(values, weights):\n    raise KeyboardInterrupt"
        },
        said="it stopped",
    ),
    Attack(
        "looks-up-the-stack",
        "",
        {
            MEAN: "import sys\n"
            "def mean(values, weights):\n"
            "    frame = sys._getframe()\n"
            "    while frame:\n"
            "        names = {{**frame.f_globals, **frame.f_locals}}\n"
            "        if '{secret}' in repr(names.get('In')) + repr(names.get('source')):\n"
            "            print('REACHED')\n"
            "        frame = frame.f_back\n"
            "    return 0.1"
        },
        said="is right",
    ),
    Attack(
        "sees-how-it-is-tested",
        "import os\nprint(os.environ.get('NBGRADER_VALIDATING'))",
        {
            MEAN: "calls = []\n"
            "def mean(values, weights):\n    calls.append(values)\n    return calls"
        },
        said="of another kind",
    ),
    Attack(
        "sells-a-subclass",
        "",
        {TREATY: "treaty = type('Text', (str,), {{'__eq__': lambda s, o: True}})('a')"},
    ),
)

BREAKING = (
    Attack("exits", "import sys\nsys.exit()", said="SystemExit"),
    Attack("ends-its-process", "import os\nos._exit(0)", said="Python itself stopped"),
    Attack(
        "ends-it-in-every-cell",
        "import os\nos._exit(0)",
        {item_id(n): "import os; os._exit(0)" for n in range(2, 12)},
        said="were not run",
    ),
    Attack("segfaults", "import ctypes\nctypes.string_at(0)", said="Python itself stopped"),
    Attack("loops", "while True:\n    pass", said="did not end in time"),
    Attack(
        "loops-and-will-not-stop",
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True:\n    pass",
        said="did not end in time",
    ),
    Attack(
        "loops-in-c",
        "sum(range(10**15))",
        said="did not end in time",
    ),
    Attack("sleeps", "import time\ntime.sleep(10_000)", said="did not end in time"),
    Attack("waits-for-input", "input()", said="EOFError"),
    Attack(
        "loops-when-tested",
        "",
        {MEAN: "def mean(values, weights):\n    while True:\n        pass"},
        said="loop for ever",
    ),
    Attack(
        "dies-when-tested",
        "",
        {MEAN: "import os\ndef mean(values, weights):\n    os._exit(1)"},
        said="Python itself stopped during the test",
    ),
    Attack("eats-memory", "eaten = []\nwhile True:\n    eaten.append(bytearray(200_000_000))"),
    Attack(
        "forks-for-ever",
        "import os, time\nmade = 0\n"
        "try:\n    while True:\n        if os.fork() == 0:\n            time.sleep(999)\n"
        "        made += 1\nexcept OSError:\n    print('STOPPED')",
        tried=True,
    ),
    Attack(
        "leaves-a-daemon",
        "import subprocess\nsubprocess.Popen(['sleep', '{sleep}'], start_new_session=True)",
    ),
    Attack("prints-for-ever", "while True:\n    print('x' * 1000)", said="did not end in time"),
    Attack("prints-much", "print('x' * 30_000_000)\nprint('\\n' * 1_000_000)"),
    _tried(
        "fills-the-disk", "for n in range(100):\n    open(f'f{{n}}', 'wb').write(b'x' * 10_000_000)"
    ),
    _tried("writes-a-huge-file", "open('big', 'wb').write(b'x' * 100_000_000)"),
    _tried("opens-many-files", "held = [open('/dev/null') for _ in range(1000)]"),
    Attack(
        "starts-threads",
        "import threading, time\ntry:\n"
        "    for _ in range(1000):\n"
        "        threading.Thread(target=time.sleep, args=(999,), daemon=True).start()\n"
        "except RuntimeError:\n    print('STOPPED')",
        tried=True,
    ),
    Attack(
        "closes-everything",
        "import os\nos.closerange(0, 256)",
        said="Python itself stopped",
    ),
    Attack(
        "huge-answers",
        "",
        {CLAUSES: "clauses = [0] * 20_000_000", TREATY: "treaty = 'x' * 100_000_000"},
    ),
    Attack(
        "deep-answer",
        "",
        {CLAUSES: "clauses = []\nfor _ in range(100_000): clauses = [clauses]"},
        said="nested",
    ),
    Attack(
        "self-containing", "", {CLAUSES: "clauses = []\nclauses.append(clauses)"}, said="nested"
    ),
    # A wrong value: what a learner's process says of its own answer counts as that answer.
    Attack(
        "floods-the-wire",
        "import gc, threading\nfrom indopacific.grading.wire import Wire\n"
        "wire = next(w for w in gc.get_objects() if type(w) is Wire)\n"
        "def flood():\n    while True: wire.send({{'value': 3.1, 'more': 'x' * 5_000_000}})\n"
        "threading.Thread(target=flood, daemon=True).start()",
    ),
    Attack(
        "asks-nonsense",
        "import gc\nfrom indopacific.grading.peer import Peer\n"
        "peer = next(p for p in gc.get_objects() if type(p) is Peer)\n"
        "for what in (None, 3, [], {{'a': 1}}):\n"
        "    peer.wire.send({{'do': 'call', 'number': 0, 'args': what, 'kwargs': what}})",
    ),
    Attack("endless-range", "", {CLAUSES: "clauses = range(10**12)"}),
    Attack(
        "ends-the-loop",
        "",
        {MEAN: "def mean(values, weights):\n    raise StopIteration"},
    ),
    Attack(
        "shows-a-script",
        "from IPython.display import HTML, Javascript, SVG, Markdown, display\n"
        "display(HTML('<script>alert(1)</script>'), Javascript('alert(1)'))\n"
        "display({{'text/html': '<img src=x onerror=alert(1)>'}}, raw=True)",
    ),
)

ATTACKS = (*SEEING, *CHEATING, *BREAKING)
