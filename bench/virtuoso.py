"""The peer: Virtuoso 7.2 as Debian packages it, on the loopback, for one bulk load."""
import pathlib
import shutil
import subprocess
import sys
import time

PORT = 21911
GRAPH = "urn:bench"


def is_installed():
    return shutil.which("virtuoso-t") is not None and shutil.which("isql-vt") is not None


def configuration(folder, data, buffers):
    """The documented settings for bulk loads: no checkpoints meanwhile, two thirds of the memory as
    buffers of 8 KB, three quarters of them dirty at most."""
    sections = {
        "Database": {"DatabaseFile": folder / "peer.db", "ErrorLogFile": folder / "peer.log",
                     "LockFile": folder / "peer.lck", "TransactionFile": folder / "peer.trx",
                     "xa_persistent_file": folder / "peer.pxa", "FileExtend": 200,
                     "MaxCheckpointRemap": 2000, "TempStorage": "TempDatabase"},
        "TempDatabase": {"DatabaseFile": folder / "temp.db", "TransactionFile": folder / "temp.trx",
                         "MaxCheckpointRemap": 2000},
        "Parameters": {"ServerPort": f"127.0.0.1:{PORT}", "DisableUnixSocket": 1,
                       "ServerThreads": 10, "CheckpointInterval": 0, "DirsAllowed": data.parent,
                       "NumberOfBuffers": buffers, "MaxDirtyBuffers": buffers * 3 // 4,
                       "ThreadsPerQuery": 2, "AsyncQueueMaxThreads": 4},
    }
    return "".join(f"[{name}]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
                   for name, keys in sections.items())


def ask(statement):
    return subprocess.run(["isql-vt", f"127.0.0.1:{PORT}", "dba", "dba", f"exec={statement}"],
                          capture_output=True, text=True, check=False)


def number_of(output):
    """The one number of isql's answer."""
    lines = [line.strip() for line in output.splitlines()]
    return next((int(line) for line in lines if line.isdigit()), None)


def load(data, folder, triples, loaders=2, buffers=450000):
    """Seconds and bytes of a load of `data`, with its checkpoint; its answer is the count."""
    data, folder = pathlib.Path(data).resolve(), pathlib.Path(folder).resolve()
    parts = folder / "parts"
    parts.mkdir(parents=True)
    # One loader takes one file: a part for each, cut at line ends.
    subprocess.run(["split", "-n", f"l/{loaders}", "--additional-suffix=.nt", data,
                    parts / "part"], check=True)
    settings = folder / "peer.ini"
    settings.write_text(configuration(folder, parts / "part", buffers))
    server = subprocess.Popen(["virtuoso-t", "-f", "-c", str(settings)], cwd=folder,
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while ask("select 1;").returncode != 0:
            if server.poll() is not None:
                sys.exit(f"virtuoso-t ended: {(folder / 'peer.log').read_text()[-500:]}")
            time.sleep(0.2)
        empty = (folder / "peer.db").stat().st_size
        start = time.monotonic()
        ask(f"ld_dir('{parts}', '%.nt', '{GRAPH}');")
        running = [subprocess.Popen(["isql-vt", f"127.0.0.1:{PORT}", "dba", "dba",
                                     "exec=rdf_loader_run();"], stdout=subprocess.DEVNULL)
                   for _ in range(loaders)]
        for loader in running:
            loader.wait()
        ask("checkpoint;")
        seconds = time.monotonic() - start
        found = number_of(ask(f"sparql select count(*) from <{GRAPH}> {{ ?s ?p ?o }};").stdout)
        if found != triples:
            sys.exit(f"the peer has {found} triples of {triples}")
        return seconds, (folder / "peer.db").stat().st_size - empty
    finally:
        ask("shutdown;")
        try:
            server.wait(60)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder)
