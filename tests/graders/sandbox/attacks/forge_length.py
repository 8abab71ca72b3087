# expect: violation, crashed
# why: a length is not believed before the bytes are here
import os, struct
os.write(3, struct.pack('<II', 0xFFFFFFFF, 0xFFFFFFFF))
