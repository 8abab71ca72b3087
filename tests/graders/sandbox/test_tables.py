"""The tables of system calls, the paths shown to a child, the source gate and the sweeping of folders."""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from graders.sandbox import gate, readable, sweep, syscalls

TABLES = {name: getattr(syscalls, name) for name in ("ALLOWED", "BY_ARGUMENT", "REFUSED", "FATAL")}
HEADERS = {"x86_64": "/usr/include/x86_64-linux-gnu/asm/unistd_64.h"}


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_no_call_stands_in_two_tables_and_no_number_twice(machine):
    entries = [entry for table in TABLES.values() for entry in syscalls.numbers(table, machine).items()]
    assert len({name for name, _ in entries}) == len(entries) == len({number for _, number in entries})


@pytest.mark.parametrize(("machine", "header"), HEADERS.items())
def test_the_numbers_are_the_kernels(machine, header):
    if not os.path.exists(header):
        pytest.skip("no kernel headers here")
    known = dict(re.findall(r"#define __NR_(\w+) (\d+)", Path(header).read_text()))
    ours = {
        name: number for table in TABLES.values() for name, number in syscalls.numbers(table, machine).items()
    }
    assert {name: number for name, number in ours.items() if name in known} == {
        name: int(number) for name, number in known.items() if name in ours
    }


def test_what_makes_a_process_or_reaches_another_is_in_no_allowing_table():
    never = "fork vfork execve execveat socket connect ptrace process_vm_writev pidfd_getfd mount setuid bpf unshare"
    allowed = (
        syscalls.numbers(syscalls.ALLOWED, "x86_64").keys()
        | syscalls.numbers(syscalls.BY_ARGUMENT, "x86_64").keys()
    )
    assert not allowed & set(never.split())


@pytest.mark.skipif(sys.platform != "linux", reason="a filter of Linux's")
def test_the_filter_fits_the_kernels_bound():
    from graders.sandbox.layers import seccomp

    assert len(seccomp.program()) // 8 < 4096


def test_a_shown_folder_is_opened_up_just_so_far_that_nothing_hidden_is_in_it(tmp_path):
    for name in ("lib/a/x", "lib/b/secret/y", "lib/b/open/z", "other/w"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shown = [str(tmp_path / "lib"), str(tmp_path / "other"), str(tmp_path / "lib/a")]
    kept, opened = readable.without(shown, [str(tmp_path / "lib/b/secret")])
    assert kept == [str(tmp_path / name) for name in ("lib/a", "lib/b/open", "other")]
    assert opened == [str(tmp_path / "lib"), str(tmp_path / "lib/b")]


def test_no_shown_path_holds_an_exercise_a_kind_or_a_check():
    root = Path(__file__).parents[3]
    shown, _ = readable.paths()
    for hidden in (
        "exercises",
        "graders/kinds",
        "graders/checks",
        "graders/pipeline.py",
        "tfgrad_course/course",
        "tests",
    ):
        assert not [path for path in shown if str(root / hidden).startswith(path.rstrip("/") + "/")]


@pytest.mark.parametrize(
    ("source", "refused"),
    [
        ("x = 1", False),
        ("\ufeffx = 1", False),
        ("# -*- coding: utf-8 -*-", False),
        ("# coding: latin-1\nx = 'a'", False),
        ("#!/usr/bin/env python\n# vim: set fileencoding=ascii :", False),
        ("x = 1\n# coding: utf-7", False),  # Python only looks before the first statement
        ("# coding: utf-7", True),
        ("# coding: latin-1\nx = 'é'", True),
        ("\n# coding: unicode_escape", True),
        ("x = '\0'", True),
        ("x = '\ud800'", True),
        ("#" * 1001, True),
    ],
)
def test_what_is_no_plain_text_is_refused_before_any_process_sees_it(source, refused):
    assert bool(gate.refusal(source, 1000)) is refused


@pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")
def test_a_folder_is_removed_whatever_is_in_it_and_no_link_is_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").touch()
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "link").symlink_to(outside)
    os.mkfifo(folder / "pipe")
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    Path("file").touch()
    os.chmod(".", 0)
    os.chdir(here)
    sweep.remove(str(folder))
    assert not folder.exists() and (outside / "kept").exists()


def test_the_door_opens_where_there_are_no_posix_modules_and_the_zygote_stays_outside():
    """As on Windows: everything that only POSIX has is taken away before the import."""
    program = """
import sys
for name in ("fcntl", "resource", "pwd", "grp", "termios", "posix_ipc"):
    sys.modules[name] = None
import graders.sandbox.pool, graders.sandbox.doctor
walls = ("zygote", "zygotes", "mother", "walls", "kernel", "layers", "syscalls")
assert not [name for name in walls if f"graders.sandbox.{name}" in sys.modules]
assert "tensorflow" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True, cwd=Path(__file__).parents[3])


def answer(program, number, arguments=()):
    """What the filter says to a call: the six instructions it uses, as the kernel reads them."""
    from graders.sandbox.layers import seccomp

    facts = struct.pack(
        "<iIQ6Q", number, syscalls.AUDIT_ARCH[os.uname().machine], 0, *(*arguments, *[0] * 6)[:6]
    )
    at, held = 0, 0
    while True:
        code, if_true, if_false, k = struct.unpack_from("<HBBI", program, at * 8)
        at += 1
        if code == seccomp._RETURN:
            return k
        if code == seccomp._LOAD:
            (held,) = struct.unpack_from("<I", facts, k)
        elif code == seccomp._JUMP:
            at += k
        else:
            test = {seccomp._EQUAL: held == k, seccomp._AT_LEAST: held >= k, seccomp._ANY_BIT: bool(held & k)}
            at += if_true if test[code] else if_false


@pytest.mark.skipif(sys.platform != "linux", reason="a filter of Linux's")
def test_the_filter_answers_every_number_as_its_table_says():
    from graders.sandbox.layers import seccomp

    program = seccomp.program()
    refused = seccomp._ERROR | 1
    wanted = {
        **dict.fromkeys(syscalls.numbers(syscalls.ALLOWED).values(), seccomp._ALLOW),
        **dict.fromkeys(syscalls.numbers(syscalls.REFUSED).values(), refused),
        **dict.fromkeys(syscalls.numbers(syscalls.FATAL).values(), seccomp._KILL),
    }
    special = syscalls.numbers(syscalls.BY_ARGUMENT)
    for number in range(1200):
        if number not in special.values():
            assert answer(program, number) == wanted.get(number, seccomp._ERROR | 38), number
    assert answer(program, special["clone"], (0x00010000,)) == seccomp._ALLOW
    assert answer(program, special["clone"], (17,)) == refused
    assert answer(program, special["prlimit64"], (0, 3, 0)) == seccomp._ALLOW
    assert answer(program, special["prlimit64"], (0, 3, 1 << 40)) == refused
    assert answer(program, special["openat"], (0, 0, os.O_CREAT, 0o644)) == seccomp._ALLOW
    assert answer(program, special["openat"], (0, 0, os.O_CREAT, 0o4755)) == refused
    assert answer(program, special["openat"], (0, 0, os.O_RDONLY, 0o4755)) == seccomp._ALLOW
    assert answer(program, special["openat"], (0, 0, os.O_WRONLY | os.O_TRUNC)) == seccomp._ALLOW
    assert answer(program, special["openat"], (0, 0, os.O_RDONLY | os.O_TRUNC)) == refused
    assert answer(program, special["fchmodat"], (0, 0, 0o2755)) == refused
    assert answer(program, special["kill"], (1, 9)) == refused
    assert answer(program, special["prctl"], (1,)) == refused
    assert answer(program, special["ioctl"], (0, 0x5412)) == seccomp._ERROR | 25
    assert answer(program, special["fcntl"], (0, 6)) == refused


@pytest.mark.skipif(sys.platform != "linux", reason="a filter of Linux's")
def test_an_owner_of_other_files_changes_none_of_them_by_what_landlock_does_not_check():
    """Mode and times are told to be set and are not; older Landlocks (before 3) do not check truncate either."""
    from graders.sandbox.layers import seccomp

    known = syscalls.numbers(syscalls.ALLOWED) | syscalls.numbers(syscalls.BY_ARGUMENT)
    owner, older = seccomp.program(True, 7), seccomp.program(True, 2)
    for name in syscalls.UNCHECKED.split():
        if name in known:
            assert answer(owner, known[name], (0, 0o777)) == answer(older, known[name]) == seccomp._ERROR
    assert answer(owner, known["truncate"]) == seccomp._ALLOW
    assert answer(older, known["truncate"]) == seccomp._ERROR | 1
    assert answer(owner, known["read"]) == seccomp._ALLOW


@pytest.mark.skipif(os.name != "posix", reason="asks ps")
def test_the_memory_of_a_process_is_told_where_the_system_does_not_bound_it():
    from graders.sandbox import clock

    before = clock.resident_mib(os.getpid())
    held = b"x" * (64 << 20)
    assert clock.resident_mib(os.getpid()) > before + 50 and held
    assert clock.resident_mib(1 << 22) == 0.0


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
def test_the_size_of_a_folder_counts_what_is_in_it_and_follows_no_link(tmp_path):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "file").write_bytes(bytes(1 << 20))
    (tmp_path / "usr").symlink_to("/usr")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    assert 1 << 20 <= sweep.size(str(tmp_path)) < 2 << 20
    for number in range(5_000):
        (tmp_path / "a" / f"{number}").touch()
    assert sweep.size(str(tmp_path)) > 1 << 40
    assert sweep.size(str(tmp_path / "nowhere")) == 0
