# expect: error
# why: an exception whose class carries markup and control characters
raise type("<img src=x>\x1b[31m\u202e::error::", (Exception,), {})("<script>\n::error::x\n| a | b |\x00")
