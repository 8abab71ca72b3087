# expect: error, wrong, violation
import urllib.request
urllib.request.urlopen('http://127.0.0.1:45871/', timeout=2).read()
