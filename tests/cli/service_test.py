"""SERVICE and LOAD over HTTP, against a server of the tests' own on this machine."""
import contextlib
import http.server
import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse

DIRECT = {"no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1"}
JSON = "application/sparql-results+json"


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers by the path: `server.answers[path]` is called with the handler."""

    def answer(self):
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length).decode()
        self.query = urllib.parse.parse_qs(self.body).get("query", [""])[0]
        self.server.seen.append((self.command, self.path, dict(self.headers), self.query))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            missing = lambda h: h.send("not here", "text/plain", 404)  # noqa: E731
            self.server.answers.get(self.path, missing)(self)

    do_GET = do_POST = answer

    def send(self, content, kind=JSON, status=200, headers=()):
        content = content if isinstance(content, bytes) else content.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(answers):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.answers, server.seen, server.gone = answers, [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.gone.set()
        server.shutdown()
        thread.join()
        server.server_close()


def solutions(variables, *rows):
    """SPARQL Results JSON; each value is an IRI, or a blank node where it begins with `_:`."""
    def term(value):
        blank = value.startswith("_:")
        return {"type": "bnode" if blank else "uri", "value": value[2:] if blank else value}
    return json.dumps({"head": {"vars": variables}, "results": {"bindings": [
        {name: term(value) for name, value in zip(variables, row) if value} for row in rows]}})


def query(place, text, *words, database=":memory:"):
    return place.run("query", database, text, "--allow-service", *words, environment=DIRECT)


def empty(place):
    place.run("update", "e.db", "INSERT DATA { <http://x/s> <http://x/p> <http://x/o> }").must()
    return "e.db"


def test_service_asks_by_post_and_reads_json_xml_and_tsv(place):
    db = empty(place)
    xml = ("<?xml version='1.0'?><sparql xmlns='http://www.w3.org/2005/sparql-results#'>"
           "<head><variable name='v'/></head><results><result><binding name='v'>"
           "<uri>http://x/xml</uri></binding></result></results></sparql>")
    answers = {
        "/json": lambda h: h.send(solutions(["v"], ["http://x/json"])),
        "/xml": lambda h: h.send(xml, "application/sparql-results+xml; charset=utf-8"),
        "/tsv": lambda h: h.send("?v\n<http://x/tsv>\n", "text/tab-separated-values"),
    }
    with serving(answers) as server:
        for name in ("json", "xml", "tsv"):
            done = query(place, "SELECT ?v { SERVICE <%s/%s> { ?v a <http://x/C> } }"
                         % (server.url, name), database=db).must()
            assert done.out == f"?v\n<http://x/{name}>\n", done.out
        method, _, headers, sent = server.seen[0]
        assert method == "POST" and headers["Accept"].startswith(JSON), headers
        assert headers["Content-Type"] == "application/x-www-form-urlencoded", headers
        assert sent.startswith("SELECT ?v WHERE {"), sent


def test_service_needs_leave(place):
    db = empty(place)
    with serving({}) as server:
        text = "SELECT * { SERVICE SILENT <%s/> { ?s ?p ?o } }" % server.url
        for command in ("query", "update"):
            statement = text if command == "query" else "INSERT { ?s ?p ?o } WHERE" + text[8:]
            done = place.run(command, db, statement, environment=DIRECT)
            done.must_fail(1, "SERVICE reaches into the network", "--allow-service", "line 1")
        done = place.run("update", db, "LOAD <%s/x.ttl>" % server.url, environment=DIRECT)
        done.must_fail(1, "LOAD", "--allow-service")
        assert server.seen == []


def test_bindings_arrive_in_batches(place):
    rows = "".join(f"<http://x/s{i}> <http://x/p> <http://x/o{i}> .\n" for i in range(250))
    place.write("many.nt", rows)
    place.run("load", "many.db", "many.nt").must()

    def size(handler):
        asked = re.findall(r"\( <http://x/(o\d+)> \)", handler.query)
        handler.send(solutions(["o", "n"], *[[f"http://x/{o}", f"http://x/{o}-size"] for o in asked]))

    with serving({"/": size}) as server:
        done = query(place, "SELECT (COUNT(*) AS ?c) (COUNT(DISTINCT ?n) AS ?d) { "
                     "?s <http://x/p> ?o SERVICE <%s/> { ?o <http://x/size> ?n } }" % server.url,
                     database="many.db").must()
        assert done.out == "?c\t?d\n250\t250\n", done.out
        sizes = [len(re.findall(r"\( <", sent)) for *_, sent in server.seen]
        assert sizes == [100, 100, 50], sizes


def test_failures_are_one_sentence(place):
    db = empty(place)

    def drip(handler):
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"head":')

    loop = [("Location", "/loop")]
    answers = {
        "/503": lambda h: h.send("busy, come back\nlater", "text/plain", 503),
        "/html": lambda h: h.send("<html>hello</html>", "text/html"),
        "/cut": lambda h: h.send('{"head":{"vars":["s"]},"results":{"bindings":[{"s":'),
        "/short": drip,
        "/loop": lambda h: h.send("", "text/plain", 302, loop),
        "/file": lambda h: h.send("", "text/plain", 302, [("Location", "file:///etc/passwd")]),
        "/ask": lambda h: h.send('{"head":{},"boolean":true}'),
    }
    with serving(answers) as server:
        unused = "http://127.0.0.1:1"
        for address, words in (
                (server.url + "/503", ["status 503", "busy, come back"]),
                (server.url + "/html", ["text/html"]),
                (server.url + "/cut", ["the answer"]),
                (server.url + "/short", ["ends early"]),
                (server.url + "/loop", ["redirects more than 10 times"]),
                (server.url + "/file", ["neither http nor https"]),
                (server.url + "/ask", ["true or false"]),
                (unused, ["takes no connection"]),
                ("http://no-such-host.invalid/", ["no-such-host.invalid"]),
                ("ftp://127.0.0.1/", ["neither http nor https"])):
            done = query(place, "SELECT ?s { SERVICE <%s> { ?s ?p ?o } }" % address, database=db)
            done.must_fail(1, f"SERVICE <{address}>", *words)
            silent = query(place, "SELECT ?s { SERVICE SILENT <%s> { ?s ?p ?o } }" % address,
                           database=db).must()
            assert silent.out == "?s\n\n", (address, silent.out)


def test_a_redirect_is_followed_with_the_query(place):
    db = empty(place)
    answers = {
        "/old": lambda h: h.send("", "text/plain", 301, [("Location", "/new")]),
        "/new": lambda h: h.send(solutions(["s"], ["http://x/found"])),
    }
    with serving(answers) as server:
        done = query(place, "SELECT ?s { SERVICE <%s/old> { ?s a <http://x/C> } }" % server.url,
                     database=db).must()
        assert done.out == "?s\n<http://x/found>\n", done.out
        assert [(method, path) for method, path, *_ in server.seen] == [
            ("POST", "/old"), ("POST", "/new")]
        assert server.seen[1][3].startswith("SELECT"), server.seen[1]


def test_a_silent_server_ends_with_the_time_limit_and_with_an_interrupt(place):
    db = empty(place)
    reached = threading.Semaphore(0)

    def keep_silent(handler):
        reached.release()
        handler.server.gone.wait(60)

    with serving({"/": keep_silent}) as server:
        text = "SELECT * { SERVICE SILENT <%s/> { ?s ?p ?o } }" % server.url
        begun = time.monotonic()
        query(place, text, "--timeout", "300ms", database=db).must_fail(4, "time limit of 0.3 s")
        assert time.monotonic() - begun < 5
        assert reached.acquire(timeout=10)
        process = place.start("query", db, text, "--allow-service", stderr=subprocess.DEVNULL,
                              env={**os.environ, **DIRECT})
        assert reached.acquire(timeout=10)
        begun = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert time.monotonic() - begun < 2


def test_a_huge_answer_meets_the_memory_limit(place):
    db = empty(place)
    row = '{"s":{"type":"literal","value":"%s"}},' % ("x" * 1000)

    def huge(handler):
        handler.send('{"head":{"vars":["s"]},"results":{"bindings":[' + row * 60000 + "{}]}}")

    def many(handler):  # a byte a row
        handler.send("?s\n" + "\n" * 4_000_000, "text/tab-separated-values")

    with serving({"/huge": huge, "/many": many}) as server:
        for path in ("/huge", "/many"):
            query(place, "SELECT * { SERVICE <%s> { SELECT ?s { OPTIONAL { ?s ?p ?o } } } }"
                  % (server.url + path), "--memory", "20MB",
                  database=db).must_fail(4, "memory limit")


def test_load_reads_from_the_web(place):
    answers = {
        "/typed": lambda h: h.send("<a> <p> <b> .", "text/turtle; charset=utf-8"),
        "/named.nt": lambda h: h.send("<http://x/a> <http://x/p> <http://x/b> .",
                                      "application/octet-stream"),
        "/moved": lambda h: h.send("", "text/plain", 302, [("Location", "/deep/typed")]),
        "/deep/typed": lambda h: h.send("<a> <p> <c> .", "text/turtle"),
        "/page": lambda h: h.send("<html>", "text/html"),
        "/broken": lambda h: h.send("<a> <p> .", "text/turtle"),
    }
    with serving(answers) as server:
        def load(path, *words):
            return place.run("update", "w.db", f"LOAD {' '.join(words)} <{server.url}{path}>",
                             "--allow-service", environment=DIRECT)
        load("/typed").must()
        assert place.ask("w.db", f"<{server.url}/a> <{server.url}/p> <{server.url}/b>")
        load("/named.nt").must()
        assert place.ask("w.db", "<http://x/a> <http://x/p> <http://x/b>")
        load("/moved").must()
        assert place.ask("w.db", f"<{server.url}/deep/a> ?p <{server.url}/deep/c>")
        assert "text/turtle" in server.seen[0][2]["Accept"]
        before = place.count("w.db")
        load("/page").must_fail(1, "text/html")
        load("/broken").must_fail(1, server.url + "/broken")
        load("/none-such-path-but-silent", "SILENT").must()
        assert place.count("w.db") == before
