import requests

print(requests.__name__, requests.__version__)
