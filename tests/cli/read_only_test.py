"""A database on a file system that nobody can write to."""
import shutil
import subprocess

from harness import Skipped

PEOPLE = "<urn:a> <urn:knows> <urn:b> .\n<urn:b> <urn:knows> <urn:c> .\n"

# In a user namespace of its own a process may mount the folder again, for reading only.
MOUNT = 'mount --bind "$1" "$1" && mount -o remount,ro,bind "$1" && shift && exec "$@"'


def on_read_only_folder(place, *words):
    """The outcome of the program with the whole folder mounted for reading only."""
    return subprocess.run(["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", MOUNT, "sh",
                           str(place.folder), place.program, *words],
                          cwd=place.folder, capture_output=True, text=True, check=False, timeout=120)


def test_a_database_on_a_read_only_file_system_is_read(place):
    place.write("people.nt", PEOPLE)
    place.run("load", "people.db", "people.nt").must()
    database = str(place.folder / "people.db")
    if not shutil.which("unshare") or on_read_only_folder(place, "help").returncode != 0:
        raise Skipped("no folder can be mounted for reading only here")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    done = on_read_only_folder(place, "query", database, count, "--format", "csv")
    assert done.returncode == 0 and done.stdout.split()[1] == "2", done.stderr
    assert on_read_only_folder(place, "check", database).returncode == 0
    assert on_read_only_folder(place, "dump", database).stdout.count("\n") == 2
    refused = on_read_only_folder(place, "update", database, "INSERT DATA { <urn:x> <urn:y> 1 }")
    assert refused.returncode in (1, 3) and refused.stderr.count("error:") == 1, refused.stderr
    assert place.count("people.db") == 2
