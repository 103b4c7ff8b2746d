"""The shell as a person at a terminal meets it."""
import os
import pathlib
import re
import signal
import time

from terminal import (CTRL_A, CTRL_C, CTRL_D, CTRL_R, DEADLINE, DOWN, LEFT, UP, Terminal, at_prompt)

PEOPLE = """@prefix ex: <http://ex.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:ann a ex:Person ; rdfs:label "Ann" ; ex:age 30 ; ex:knows ex:bob .
ex:bob a ex:Person ; rdfs:label "Bob" ; ex:age 40 .
ex:tokyo a ex:City ; rdfs:label "東京" .
"""
EX = ".prefixes add ex: <http://ex.org/>"
LONG = ("SELECT (COUNT(*) AS ?n) { " + " ".join(
    "VALUES ?%s { %s }" % (name, " ".join(map(str, range(100)))) for name in "abcdef")
        + " FILTER(?a + ?b + ?c + ?d + ?e + ?f < 0) } ;")


def shell(place, database=None, **environment):
    if database is None:
        place.write("people.ttl", PEOPLE)
        place.run("load", "people.db", "people.ttl").must()
        database = "people.db"
    terminal = Terminal([place.program, "shell", database], place.folder, **environment)
    terminal.wait_for("Tripten", at_prompt)
    return terminal


def test_an_answer_is_a_table(place):
    with shell(place) as terminal:
        terminal.say(EX)
        shown = terminal.say("SELECT ?name ?age { ?p rdfs:label ?name ; ex:age ?age } ORDER BY ?age ;",
                             "Bob", "40", "2 rows")
        assert re.search(r"Ann\W+30", shown), shown
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_an_error_shows_the_place_with_a_caret(place):
    with shell(place) as terminal:
        shown = terminal.say("SELECT ?s { ?s ?p } ;", "error: line 1, column 19", "^")
        lines = shown.splitlines()
        error = next(i for i, line in enumerate(lines) if line.startswith("error:"))
        caret = lines[error + 2].index("^")
        assert lines[error + 1][caret] == "}", shown
        terminal.say("ASK {} ;", "true")


def test_a_statement_goes_over_lines_until_it_ends(place):
    with shell(place) as terminal:
        terminal.type("SELECT ?name {\r")
        terminal.wait_for("...>")
        terminal.type("?p rdfs:label ?name ;\r")
        terminal.type("rdfs:label \"Ann\"\r}\r")
        shown = terminal.wait_for(lambda shown: shown.count("...>") == 4)
        assert "\n .....> }" in shown or ".> }" in shown, shown
        terminal.type("\r")
        terminal.wait_for("Ann", "1 row", at_prompt)


def test_an_empty_line_ends_a_statement_that_is_whole_only(place):
    with shell(place) as terminal:
        terminal.type("ASK {\r\r\r} \r")
        terminal.wait_for(lambda shown: shown.count("...>") == 4)
        terminal.type("\r")
        terminal.wait_for("true", at_prompt)


def test_a_line_before_can_be_mended(place):
    with shell(place) as terminal:
        terminal.type("ASK {\r ?s rdfs:label \"Anx\"")
        terminal.type(LEFT + LEFT + "\x1b[3~n")
        terminal.type(UP + CTRL_A + "\x1b[3~A" + DOWN + "\x05\r}\r\r")
        terminal.wait_for("true", at_prompt)


def test_a_dot_command_ends_a_statement_that_nobody_ended(place):
    with shell(place) as terminal:
        terminal.type("ASK {}\r")
        terminal.wait_for("...>")
        terminal.type(".print after it\r")
        terminal.wait_for("true\nafter it", at_prompt)
        terminal.type("ASK {\r.print after an error\r")
        terminal.wait_for("error: line 2", "\nafter an error", at_prompt)


def test_history_is_kept_for_the_next_session_and_searched(place):
    with shell(place) as terminal:
        terminal.say("ASK {\r ?s rdfs:label \"Bob\"\r} ;", "true")
        terminal.say(".print something else", "something else")
        terminal.type(CTRL_D)
        assert terminal.end() == 0
    history = place.folder / "home/.local/state/tripten/history"
    assert history.stat().st_mode & 0o777 == 0o600
    assert len(history.read_text().splitlines()) == 2, history.read_text()
    with shell(place, "people.db") as terminal:
        terminal.type(UP + UP)
        terminal.wait_for('rdfs:label "Bob"')
        terminal.type("\r")
        terminal.wait_for("true", at_prompt)
        terminal.say(".history", ".print something else")
        terminal.type(CTRL_R + "rdfs:lab")
        terminal.wait_for("bck:")
        terminal.type("\r")
        terminal.wait_for(lambda shown: shown.count("true") == 2)


def test_a_prompt_takes_keys_as_soon_as_it_shows(place):
    with shell(place) as terminal:
        for _ in range(100):  # else a Ctrl-R goes to the terminal's own line
            terminal.say(".print on")
        assert terminal.early_edits == 0, terminal.early_edits


def test_a_prefix_a_predicate_a_class_and_a_value_are_completed(place):
    with shell(place) as terminal:
        terminal.say(EX)
        terminal.type("SELECT * { ?s rdf")
        terminal.type("\t")
        terminal.wait_for("rdf:", "rdfs:", "prefix")
        terminal.type("s:la\t")
        terminal.wait_for("?s rdfs:label")
        terminal.type("?l ; a ex:Per\t")
        terminal.wait_for("a ex:Person")
        terminal.type("; rdfs:label \"An\t")
        terminal.wait_for('"Ann"')
        terminal.type("} ;\r")
        terminal.wait_for("1 row", at_prompt)


def test_a_second_tab_takes_one_of_the_choices(place):
    with shell(place) as terminal:
        terminal.type(".pr")
        terminal.type("\t")
        terminal.wait_for(".predicates", ".prefixes", ".print", ".profile")
        terminal.type("\t")
        terminal.wait_for("tripten> .predicates")
        terminal.type("\t")
        terminal.wait_for("tripten> .prefixes")
        terminal.type("\r")
        terminal.wait_for("schema:", at_prompt)


def test_things_to_describe_are_completed_by_their_names(place):
    with shell(place) as terminal:
        terminal.type(".describe An\t")
        terminal.wait_for("tripten> .describe Ann")
        terminal.type("\r")
        terminal.wait_for("note: this is <http://ex.org/ann>", "out", at_prompt)
        assert "∅" not in terminal.screen.text()
        terminal.say(EX)
        terminal.type(".describe ex:to\t")
        terminal.wait_for("tripten> .describe ex:tokyo")


def test_completion_knows_the_open_transaction(place):
    with shell(place) as terminal:
        terminal.say(EX)
        terminal.say(".begin")
        terminal.say("INSERT DATA { ex:carl ex:likes ex:ann } ;", "inserted 1")
        terminal.type("SELECT * { ?s ex:li\t")
        terminal.wait_for("?s ex:likes")


def test_help_fits_the_terminal(place):
    place.write("people.ttl", PEOPLE)
    place.run("load", "people.db", "people.ttl").must()
    for columns in (40, 100):
        with Terminal([place.program, "shell", "people.db"], place.folder, rows=120,
                      columns=columns) as terminal:
            terminal.wait_for("Tripten", at_prompt)
            shown = terminal.say(".help", ".quit", "examples of a command")
            lines = shown[shown.index("Statements\n"):].splitlines()
            assert len(lines) > 40 and all(len(line) < columns for line in lines), shown
            assert "transaction:" in shown and "instances" in shown, shown


def test_an_interrupt_ends_a_dump_and_leaves_the_file_as_it_was(place):
    place.write("n.nt", "".join(f"<urn:s{i}> <urn:p> <urn:o{i % 999}> .\n" for i in range(300000)))
    place.run("load", "big.db", "n.nt").must()
    os.mkfifo(place.folder / "pipe")
    kept = place.write("all.nq", "kept\n")
    with shell(place, "big.db") as terminal:
        terminal.type(".dump pipe nq\r")
        with open(place.folder / "pipe", "rb") as pipe:
            pipe.read(1)  # it writes
            terminal.type(CTRL_C)
            while pipe.read(1 << 20):
                pass
        terminal.wait_for("error: interrupted", at_prompt)
        terminal.say("ASK {} ;", "true")
        terminal.say(".dump all.nq")
        assert kept.stat().st_size > 5_000_000
        assert sorted(path.name for path in place.folder.glob("all.nq*")) == ["all.nq"]


def test_dot_commands_and_files_are_completed(place):
    with shell(place) as terminal:
        place.write("question.rq", ".print from the file\n")
        terminal.type(".rea\t")
        terminal.wait_for("tripten> .read")
        terminal.type("ques\t")
        terminal.wait_for(".read question.rq")
        terminal.type("\r")
        terminal.wait_for("from the file", at_prompt)


def test_an_interrupt_ends_a_query_and_the_shell_goes_on(place):
    with shell(place) as terminal:
        terminal.type(LONG + "\r")
        terminal.wait_for("rows read")  # the progress, after two seconds
        terminal.type(CTRL_C)
        shown = terminal.wait_for("error: interrupted", at_prompt)
        assert "rows read" not in shown, shown
        terminal.say("ASK {} ;", "true")


def test_a_long_query_without_the_shell_shows_its_progress(place):
    place.write("people.ttl", PEOPLE)
    place.run("load", "people.db", "people.ttl").must()
    command = [place.program, "query", "people.db", LONG.rstrip(" ;")]
    with Terminal(command, place.folder) as terminal:
        terminal.wait_for("rows read")
        terminal.type(CTRL_C)
        shown = terminal.wait_for("error: interrupted")
        assert "rows read" not in shown, shown
        assert terminal.end() == 130
    update = "INSERT { ex:ann ex:sum ?n } WHERE { { %s } }" % LONG.rstrip(" ;")
    with Terminal([place.program, "update", "people.db", "PREFIX ex: <http://ex.org/> " + update],
                  place.folder) as terminal:
        terminal.wait_for("rows read")
        terminal.type(CTRL_C)
        terminal.wait_for("error: interrupted")
        assert terminal.end() == 130


def test_ctrl_c_clears_what_is_typed(place):
    with shell(place) as terminal:
        terminal.type("SELECT nonsense {\r  more" + CTRL_C)
        terminal.wait_for(at_prompt)
        terminal.say("ASK {} ;", "true")
        assert "error" not in terminal.screen.text()


def test_the_last_answer_is_shown_in_another_mode(place):
    with shell(place) as terminal:
        terminal.say("SELECT ?name { ?s rdfs:label ?name } ORDER BY ?name ;", "3 rows")
        terminal.say(".last csv", "\nAnn\nBob\n")
        terminal.say(".last json", '"bindings"')
        terminal.say(".mode markdown")
        terminal.say("SELECT ?name { ?s rdfs:label ?name } ORDER BY ?name ;", "| --")


def test_what_goes_to_a_file_is_said_on_the_screen(place):
    with shell(place) as terminal:
        terminal.say(".once names.csv")
        terminal.say("SELECT ?name { ?s rdfs:label ?name } ;", "note: 3 rows written to names.csv")
        assert (place.folder / "names.csv").read_text().count("\n") == 4
        terminal.say("DESCRIBE <http://ex.org/ann> ;", "Ann")
        terminal.say(".dot ann.dot", "note: the picture is in ann.dot")
        terminal.say(".describe Ann", "out")
        assert "of all" not in terminal.screen.text()  # no column without anything in it


def test_an_empty_answer_says_what_the_data_does_not_have(place):
    with shell(place) as terminal:
        terminal.say(EX)
        terminal.say("SELECT ?s { ?s ex:agee ?a } ;", "note: no quad has the predicate ex:agee", "ex:age")
        terminal.say("SELECT ?s { ?s ex:age 31 } ;", "note: .why explains")
        terminal.say(".why", "31")


def test_wide_characters_are_edited(place):
    with shell(place) as terminal:
        terminal.type('ASK { ?s rdfs:label "東x京" } ;' + LEFT * 6 + "\x7f")
        terminal.wait_for('"東京" } ;')
        terminal.type("\r")
        terminal.wait_for("true", at_prompt)


def test_pasted_text_is_not_run_by_halves(place):
    with shell(place) as terminal:
        assert 2004 in terminal.screen.modes
        terminal.type("\x1b[200~ASK {} ;\nASK { ?s ?p 99 } ;\n\x1b[201~")
        shown = terminal.wait_for("?p 99")
        assert "true" not in shown, shown
        terminal.type("\r")
        terminal.wait_for("true\nfalse", at_prompt)


def test_statements_are_coloured_but_not_with_no_color(place):
    with shell(place) as terminal:
        terminal.type("SELECT ?name {")
        terminal.wait_for("SELECT ?name {")
        terminal.type(CTRL_C)
        terminal.say("ASK { ?s ?p ?o } ;", "true")
        assert {34, 36} <= terminal.screen.colours, terminal.screen.colours
    with shell(place, "people.db", NO_COLOR="1") as terminal:
        terminal.type("SELECT ?name {")
        terminal.wait_for("SELECT ?name {")
        terminal.type(CTRL_C)
        terminal.say("ASK { ?s ?p ?o } ;", "true")
        assert not {34, 36} & terminal.screen.colours, terminal.screen.colours


def test_a_dumb_terminal_gets_plain_lines(place):
    with shell(place, TERM="dumb") as terminal:
        terminal.type("ASK {\n")
        terminal.wait_for("    ...>")
        terminal.type("} ;\n")
        terminal.wait_for("true")
        assert not terminal.screen.colours, terminal.screen.colours
        terminal.type(CTRL_D)
        assert terminal.end() == 0


def test_the_end_rolls_an_open_transaction_back_and_says_so(place):
    with shell(place) as terminal:
        terminal.say(".begin", "tripten*")
        terminal.say("INSERT DATA { <urn:a> <urn:p> 1 } ;", "inserted 1")
        terminal.say("ASK { <urn:a> ?p 1 } ;", "true")
        terminal.type(CTRL_D)
        terminal.wait_for("the open transaction is rolled back")
        assert terminal.end() == 0
    assert not place.ask("people.db", "<urn:a> ?p ?o")


def test_a_terminal_that_closes_in_an_update_leaves_the_database_whole(place):
    place.write("n.nt", "".join(f"<urn:s{i}> <urn:p> <urn:o{i}> .\n" for i in range(20000)))
    place.run("load", "big.db", "n.nt").must()
    terminal = shell(place, "big.db")
    with terminal:
        terminal.type("INSERT { ?s <urn:q> ?x } WHERE { ?s <urn:p> ?o . "
                      "VALUES ?x { %s } } ;\r" % " ".join(map(str, range(200))))
        terminal.wait_for(lambda _: 2004 not in terminal.screen.modes)  # no longer edited
        assert "inserted" not in terminal.screen.text()
        terminal.hang_up()
        assert terminal.process.wait(timeout=60) == 130
    assert place.run("check", "big.db").must().out == "ok\n"
    assert place.count("big.db") == 20000


class Taken:
    """An update that the shell has taken from its prompt and does not run before run(): its history
    is a pipe, which nobody reads yet."""

    def __init__(self, place, **environment):
        self.history = place.folder / "home/.local/state/tripten/history"
        self.history.parent.mkdir(parents=True)
        os.mkfifo(self.history)
        self.terminal = shell(place, **environment)
        self.process = self.terminal.process
        self.terminal.type("INSERT DATA { <urn:a> <urn:p> 1 } ;\r")
        self.terminal.wait_for(lambda _: 2004 not in self.terminal.screen.modes)  # no longer edited

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.terminal.__exit__()

    def wait_until_asked_to_end(self):
        """Until the descriptor that tells the shell so can be read."""
        descriptors = pathlib.Path(f"/proc/{self.process.pid}/fdinfo")
        end = time.monotonic() + DEADLINE
        while not any(re.search(r"eventfd-count:\s*[1-9]", file.read_text())
                      for file in descriptors.iterdir()):
            assert self.process.poll() is None, f"the shell ended with {self.process.returncode}"
            assert time.monotonic() < end, "no signal was taken"
            time.sleep(0.01)

    def run(self):
        """Lets it run; the exit code of the shell."""
        assert b"INSERT" in self.history.read_bytes()
        return self.process.wait(timeout=DEADLINE)


def test_a_statement_that_was_taken_when_the_terminal_closed_is_interrupted(place):
    with Taken(place) as taken:
        taken.terminal.hang_up()
        taken.wait_until_asked_to_end()
        assert taken.run() == 130
    assert not place.ask("people.db", "<urn:a> ?p ?o")


def test_a_statement_that_was_taken_when_a_sigterm_came_is_interrupted(place):
    with Taken(place) as taken:
        os.kill(taken.process.pid, signal.SIGTERM)
        taken.wait_until_asked_to_end()
        assert taken.run() == 130
    assert not place.ask("people.db", "<urn:a> ?p ?o")


def test_a_shell_that_ignores_hang_ups_runs_what_it_has_taken(place):
    with Taken(place, hang_up=signal.SIG_IGN) as taken:
        taken.terminal.hang_up()
        assert taken.run() == 0
    assert place.ask("people.db", "<urn:a> ?p ?o")


def test_a_terminal_that_closes_at_the_prompt_ends_the_shell(place):
    with shell(place) as terminal:
        terminal.hang_up()
        assert terminal.process.wait(timeout=DEADLINE) == 0


def test_a_terminal_that_closes_may_say_so_more_than_once(place):
    with shell(place) as terminal:
        for _ in range(20):  # as long as somebody is there
            terminal.process.send_signal(signal.SIGHUP)
        assert terminal.process.wait(timeout=DEADLINE) == 0


def test_the_configuration_is_read_and_its_faults_are_named(place):
    place.write("home/.config/tripten/config",
                "# mine\nmode = csv\nprefix ex = <http://ex.org/>\nmodes = box\ntimeout = soon\n")
    place.write("people.ttl", PEOPLE)
    place.run("load", "people.db", "people.ttl").must()
    with shell(place, "people.db", columns=200) as terminal:
        terminal.wait_for("line 4: there is no setting 'modes'; did you mean mode?",
                          "line 5: 'soon' is no duration")
        terminal.say("SELECT ?age { ex:ann ex:age ?age } ;", "age\n30\n")


def test_another_size_of_the_terminal_is_heard_of(place):
    with shell(place) as terminal:
        terminal.type("ASK { ?s rdfs:label")
        terminal.wait_for("rdfs:label")
        terminal.resize(30, 60)
        terminal.wait_for("tripten> ASK { ?s rdfs:label")
        terminal.type(' "Ann" } ;\r')
        terminal.wait_for("true", at_prompt)


def test_a_sigterm_ends_the_shell_at_its_prompt(place):
    with shell(place) as terminal:
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.end() == 0
