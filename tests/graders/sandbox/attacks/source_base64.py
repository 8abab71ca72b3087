# expect: wrong, cheating
# why: the same behind base64 and zlib
import base64
import zlib
code = base64.b64encode(zlib.compress(b"answer = 13.0"))
exec(zlib.decompress(base64.b64decode(code)))
