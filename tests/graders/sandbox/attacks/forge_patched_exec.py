# expect: cheating, wrong, error
# why: builtins replaced under the recorder
import builtins
real = builtins.type
builtins.len = lambda thing: 13
builtins.float = lambda thing=0: 13.0
builtins.isinstance = lambda *a: True
builtins.abs = lambda thing: 0
answer = 12.0
