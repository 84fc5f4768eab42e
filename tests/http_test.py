#!/usr/bin/env python3
"""The program as a browser meets it: coming in, going out, stopping while somebody is waiting."""
import signal
import socket
import threading
import time
import urllib.parse

from zonale import *


def started(*options):
    place = Place()
    password = demo(place, "--persone", "120", *options)
    return place, password, Server(place)


def test_nobody_is_let_in_without_a_name():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port)
        equal(browser.get("/salute").status, 200, "health")
        for path in ("/", "/persone", "/cartelle", "/enti", "/profilo"):
            answer = browser.get(path)
            equal(answer.status, 303, path)
            assert answer.location.startswith("/entra"), answer.location
        equal(browser.get("/non/esiste").status, 404)
        wrong = browser.login("assistente", "non è questa la password")
        unknown = browser.login("nessuno", "non è questa la password")
        equal((wrong.status, unknown.status), (422, 422), "wrong password and unknown user")
        plain = lambda text: re.sub(r'value="[^"]*"|data-csrf="[^"]*"|errore \d+, richiesta.*', "", text)
        equal(plain(wrong.text), plain(unknown.text), "what is said of a wrong password and an unknown user")
        equal(browser.post("/entra", {"nome": "assistente", "password": password}).status, 403, "without csrf")


def test_first_password_must_be_changed():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port)
        equal(browser.login("assistente", password).status, 303)
        for path in ("/", "/persone", "/cartelle"):
            assert browser.get(path).location.startswith("/password"), path
        for new, again in (("corta", "corta"), (PASSWORD, "un’altra-cosa-2026"), (password, password)):
            answer = browser.submit("/password", "nuova", attuale=password, nuova=new, ripeti=again)
            equal(answer.status, 422, new)
        browser = Browser(server.port).enter("assistente", password)
        equal(browser.get("/persone").status, 200)
        equal(Browser(server.port).login("assistente", password).status, 422, "the first password again")


def test_going_out_ends_the_session():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("assistente", password)
        stolen = dict(browser.cookies)
        token = browser.get("/profilo").form("csrf")["csrf"]
        equal(browser.post("/esci", {"csrf": token}).status, 303)
        browser.cookies = stolen
        assert browser.get("/persone").location.startswith("/entra"), "the old cookie"


def test_sessions_outlive_the_server():
    place, password, server = started()
    with place:
        with server:
            browser = Browser(server.port).enter("assistente", password)
            equal(server.stop(), 0)
        with Server(place) as again:
            browser.port = again.port
            equal(browser.get("/persone").status, 200)


def raw(port, data):
    s = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    s.sendall(data)
    return s


def everything(s):
    got = b""
    while True:
        piece = s.recv(65536)
        if not piece:
            return got
        got += piece


def test_a_post_under_way_is_finished():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("amministratore", password)
        fields = browser.get("/enti/nuovo").form("codice")
        fields.update(nome="Cooperativa dell’ultimo momento", tipo="erogatore", codice="ULTIMO", attivo="on")
        body = urllib.parse.urlencode(fields).encode()
        cookies = "; ".join(f"{k}={v}" for k, v in browser.cookies.items())
        head = (f"POST /enti/nuovo HTTP/1.1\r\nHost: 127.0.0.1:{server.port}\r\nCookie: {cookies}\r\n"
                f"Origin: http://127.0.0.1:{server.port}\r\nConnection: close\r\n"
                f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n")
        with raw(server.port, head.encode() + body[:40]) as slow:
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            slow.sendall(body[40:])
            answer = everything(slow)
        assert answer.startswith(b"HTTP/1.1 303"), answer[:300]
        equal(server.process.wait(PATIENCE), 0, "exit")
        assert "ULTIMO" in [e["codice"] for e in place.json("enti", "elenco")]


def test_no_answer_is_cut_when_it_stops():
    place, password, server = started()
    with place, server:
        browser = Browser(server.port).enter("assistente", password)
        seen, broken, stop = [], [], threading.Event()

        def read():
            other = Browser(server.port)
            other.cookies = dict(browser.cookies)
            while not stop.is_set():
                try:
                    answer = other.get("/enti")
                except ConnectionError:
                    return  # refused, or closed before a byte of an answer
                except http.client.RemoteDisconnected:
                    return
                except Exception as error:
                    broken.append(repr(error))
                    return
                seen.append(answer.status)
                if answer.status == 200 and "</html>" not in answer.text:
                    broken.append("cut")

        threads = [threading.Thread(target=read) for _ in range(6)]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(seen) > 30, "answers")
        equal(server.stop(), 0)
        stop.set()
        for thread in threads:
            thread.join()
        equal(broken, [], "answers cut short")
        equal({status for status in seen} - {200, 503}, set(), "statuses")


def test_a_second_signal_ends_it_at_once():
    place, password, server = started()
    with place, server:
        with raw(server.port, b"POST /entra HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc"):
            time.sleep(0.3)
            server.process.send_signal(signal.SIGTERM)
            time.sleep(0.5)
            if server.process.poll() is None:
                server.process.send_signal(signal.SIGTERM)
            server.process.wait(PATIENCE)
        assert place.json("enti", "elenco"), "the data are whole"


def test_hangup_changes_nothing():
    place, password, server = started()
    with place, server:
        server.process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        equal(Browser(server.port).get("/salute").status, 200)


if __name__ == "__main__":
    main()
