"""socketserver's ThreadingMixIn without threads: a request is served where it arrived, before the next one is accepted.

Stands in for: the thread per request of ThreadingHTTPServer (python -m http.server, wsgiref with the mix-in, Django's runserver).
"""
import socketserver


def process_request(self, request, client_address):
    self.process_request_thread(request, client_address)


def install():
    socketserver.ThreadingMixIn.process_request = process_request
