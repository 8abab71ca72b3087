"""Reports, checks and commands in German (du), by their English text."""

from __future__ import annotations

# fmt: off
PHRASES: dict[str, str] = {
    # outcomes
    "passed": "bestanden",
    "failed": "nicht bestanden",
    "not attempted": "nicht versucht",
    "crashed": "abgestürzt",
    "time limit": "Zeit überschritten",
    "memory limit": "Speicher überschritten",
    "output limit": "zu viel Ausgabe",
    "violation": "Regeln verletzt",
    "rejected": "nicht lesbar",
    "could not grade": "nicht bewertbar",

    # reports
    "learner": "Person",
    "exercise": "Aufgabe",
    "Exercises": "Aufgaben",
    "outcome": "Ergebnis",
    "outcomes": "Ergebnisse",
    "points": "Punkte",
    "percent": "Prozent",
    "total": "gesamt",
    "why": "warum",
    "missing": "fehlt",
    "late": "verspätet",
    "excused": "entschuldigt",
    "not graded": "nicht bewertet",
    "mean": "Mittel",
    "time (median)": "Zeit (Median)",
    "longest": "längste",
    "{count} missing": "{count} nicht abgegeben",
    "{count} late": "{count} verspätet",
    "{count} excused": "{count} entschuldigt",
    "{count} could not be graded": "{count} nicht bewertbar",
    "{score} of {most} points": "{score} von {most} Punkten",
    "of {most} points": "von {most} Punkten",
    "counts {most}": "zählt {most}",
    "total of {learner}: {score} of {most} points": "Summe von {learner}: {score} von {most} Punkten",
    "late: {percent} % of {score} points count": "verspätet: {percent} % von {score} Punkten zählen",
    "Hint": "Tipp",
    "hint {number}": "Tipp {number}",
    "printed:": "ausgegeben:",
    "expected:": "erwartet:",
    "did not hold:": "hielt nicht stand:",
    "hidden points": "verborgene Punkte",
    "marked gradient": "markierter Gradient",
    "met": "erfüllt",
    "not met": "nicht erfüllt",
    "cell {cell}": "Zelle {cell}",
    "cell {cell}, line {line}: ": "Zelle {cell}, Zeile {line}: ",
    "line {line}: ": "Zeile {line}: ",
    "{path}, cell {cell}": "{path}, Zelle {cell}",
    "{path}, cell {cell}, line {line}": "{path}, Zelle {cell}, Zeile {line}",
    "at {point}": "bei {point}",
    "All results": "Alle Ergebnisse",
    "; {count} more in the log": "; {count} weitere im Protokoll",
    "{count} entries more are in the other reports.": "{count} weitere Einträge stehen in den anderen Berichten.",
    "{count} more are told in the other reports, as in --format html=report.html":
        "{count} weitere stehen in den anderen Berichten, etwa mit --format html=report.html",
    "Graded on {backend}, sandbox {sandbox}.": "Bewertet mit {backend}, Sandbox {sandbox}.",
    "Trusted: no sandbox was required.": "Vertraut: Eine Sandbox war nicht verlangt.",
    "TRUSTED (no sandbox required)": "VERTRAUT (keine Sandbox verlangt)",
    "{time} CPU in submissions": "{time} CPU in den Abgaben",
    "nothing graded": "nichts bewertet",
    "skipped": "ausgelassen",
    "{count} files more": "{count} weitere Dateien",
    "the same program for {exercise}:": "dasselbe Programm für {exercise}:",
    "not on the roster:": "nicht auf der Liste:",
    "To look at": "Zum Ansehen",
    "The class": "Die Klasse",
    "What was misunderstood": "Was missverstanden wurde",
    "The program": "Das Programm",
    "What it printed": "Was es ausgab",
    "What the tape recorded.": "Was das Band aufgenommen hat.",
    "What the tape recorded": "Was das Band aufgenommen hat",
    "The function and its tangent at the point.": "Die Funktion und ihre Tangente im Punkt.",
    "Left alone": "Ausgelassen",
    "The code is left out here: the report is full. It is in the learner's own file.":
        "Der Code fehlt hier, denn der Bericht ist voll. Er steht in der Datei selbst.",
    "what was asked was not found": "das Verlangte wurde nicht gefunden",
    "Run `tfgrad hint` for the next hint.": "`tfgrad hint` gibt den nächsten Tipp.",
    "The program ended with an exception.": "Das Programm endete mit einer Ausnahme.",
    "The answer is not the one asked for.": "Die Antwort ist nicht die verlangte.",
    "The file could not be read as a program.": "Die Datei ist als Programm nicht lesbar.",
    "nothing changed against {path}": "nichts hat sich geändert gegenüber {path}",
    "changed against {path}:": "geändert gegenüber {path}:",
    "... and {count} more": "... und {count} weitere",
    "not there": "nicht da",

    # checks
    "{names}: float, at the point asked for, and followed by the tape.":
        "{names}: Gleitkommazahl, im verlangten Punkt, und das Band folgt ihr.",
    "Make {names} a float tf.Variable at the point of the exercise (or let the tape watch it).":
        "Mach {names} zu einer tf.Variable mit Kommazahl im Punkt der Aufgabe (oder lass das Band folgen).",
    "The function was computed while the tape was recording, and its value is right.":
        "Die Funktion wurde während der Aufnahme berechnet, und ihr Wert stimmt.",
    "What the tape was asked about does not have the value of the exercise's function at the point.":
        "Wonach das Band gefragt wurde, hat im Punkt nicht den Wert der Funktion aus der Aufgabe.",
    "No tape was asked for a gradient, so nothing that was recorded could be judged.":
        "Kein Band wurde nach einem Gradienten gefragt, deshalb ließ sich keine Aufnahme beurteilen.",
    "The value is right, but the tape did not see how it comes from the variable.":
        "Der Wert stimmt, aber das Band hat nicht gesehen, wie er aus der Variablen entsteht.",
    "The tape gave the derivative.": "Das Band lieferte die Ableitung.",
    "No gradient was asked of a tape (tape.gradient(target, sources)).":
        "Kein Band wurde nach einem Gradienten gefragt (tape.gradient(target, sources)).",
    "The tape gave None: no recorded path leads from the source to the target.":
        "Das Band lieferte None: Kein aufgenommener Weg führt von der Quelle zum Ziel.",
    "The tape gave a number, but not the derivative that the exercise asks for.":
        "Das Band lieferte eine Zahl, aber nicht die verlangte Ableitung.",
    "The answer is right.": "Die Antwort stimmt.",
    "That is not the right choice.": "Das ist nicht die richtige Wahl.",
    "The program stopped with {error}, so nothing was handed in.":
        "Das Programm brach mit {error} ab, deshalb liegt keine Antwort vor.",
    "No answer was found: put it in a variable named {name}, or print it last.":
        "Es wurde keine Antwort gefunden: Leg sie in einer Variablen namens {name} ab oder gib sie zuletzt aus.",
    "That is not the answer that the exercise asks for.": "Das ist nicht die Antwort, die die Aufgabe verlangt.",
    "The tape gave the derivative, but what was handed in is something else: leave it in {name}.":
        "Das Band lieferte die Ableitung, aber abgegeben wurde etwas anderes: Leg sie in {name} ab.",
    "No number was handed in: put it in a variable named {name}, or let the tape's result be it.":
        "Es liegt keine Zahl vor: Leg sie in einer Variablen namens {name} ab, oder lass sie das Ergebnis des "
        "Bandes sein.",
    "The answer is not the number that the exercise asks for.":
        "Die Antwort ist nicht die Zahl, die die Aufgabe verlangt.",
    "A number was handed in; the exercise asks for a word: {words}.":
        "Abgegeben wurde eine Zahl; die Aufgabe verlangt ein Wort: {words}.",
    "No answer was found: the exercise asks for {words}.":
        "Es wurde keine Antwort gefunden: Die Aufgabe verlangt {words}.",
    "{word} is none of the words asked for: {words}.": "{word} ist keines der verlangten Wörter: {words}.",
    "The word is not the right one.": "Das Wort ist nicht das richtige.",
    "The word is right, but the number beside it is missing or not right.":
        "Das Wort stimmt, aber die Zahl dazu fehlt oder stimmt nicht.",
    "The program could not be read.": "Das Programm ist nicht lesbar.",
    "The exercise asks you to use {words}.": "Die Aufgabe verlangt, dass du {words} verwendest.",
    "The exercise asks you to do without {words}.": "Die Aufgabe verlangt, dass du ohne {words} auskommst.",
    "Everything that is required is used, and nothing else that is not allowed.":
        "Alles Verlangte wird verwendet und nichts, was nicht erlaubt ist.",

    # how a submission ended
    "the program did not end": "das Programm kam nicht zu seinem Ende",
    "nothing was handed in": "nichts abgegeben",
    "the starter file as it was handed out": "die Startdatei, wie sie ausgegeben wurde",
    "the file is empty": "die Datei ist leer",
    "this is not Python: the line below cannot be read": "das ist kein Python: Die Zeile unten ist nicht lesbar",
    "several files answer this exercise: {names}": "mehrere Dateien beantworten diese Aufgabe: {names}",
    "the grader could not judge this submission ({fault}); it is not your fault":
        "diese Abgabe ließ sich nicht bewerten ({fault}); das liegt nicht an dir",
    "The program computes too much to be followed: hand in what answers the question, and nothing else.":
        "Das Programm rechnet zu viel, um ihm zu folgen: Gib nur ab, was die Frage beantwortet.",
    "The number is right at the stated point only: at other points, or when the tape's result is changed, "
    "the program does not follow.":
        "Die Zahl stimmt nur im genannten Punkt: An anderen Punkten, oder wenn das Ergebnis des Bandes verändert "
        "wird, folgt das Programm nicht.",
    "The number is right at the stated point, but at another point the program did not come to its end.":
        "Die Zahl stimmt im genannten Punkt, aber an einem anderen Punkt kam das Programm nicht zu seinem Ende.",
    "Result tampered with": "Ergebnis manipuliert",
    "The program wrote into the channel between itself and the grader, so nothing it reported counts.":
        "Das Programm hat in den Kanal zur Bewertung geschrieben, deshalb zählt nichts, was es gemeldet hat.",
    "Hand in a program that only computes.": "Gib ein Programm ab, das nur rechnet.",
    "It wrote what is no result into the channel between itself and the grader.":
        "Es schrieb etwas in den Kanal zur Bewertung, das kein Ergebnis ist.",
    "It wrote a result nobody had asked for into the channel to the grader.":
        "Es schrieb ein Ergebnis, nach dem niemand gefragt hatte, in den Kanal zur Bewertung.",
    "It closed its result channel and went on.": "Es schloss seinen Kanal für Ergebnisse und lief weiter.",
    "The sandbox stopped it: it asked the system for something no exercise needs.":
        "Die Sandbox hielt es an: Es verlangte vom System etwas, das keine Aufgabe braucht.",
    "Its process died by signal {number} ({name}) before there was a result.":
        "Sein Prozess starb durch Signal {number} ({name}), bevor es ein Ergebnis gab.",
    "Its process ended (exit code {code}) before its result could be taken.":
        "Sein Prozess endete (Code {code}), bevor sein Ergebnis übernommen werden konnte.",
    "What it reported is no recording: {error}": "Was es meldete, ist keine Aufnahme: {error}",
    "It printed more than {size} bytes: look for a loop that never ends.":
        "Es gab mehr als {size} Bytes aus: Such nach einer Schleife, die nie endet.",
    "It did not end within {seconds} s: look for a loop that never ends.":
        "Es endete nicht innerhalb von {seconds} s: Such nach einer Schleife, die nie endet.",
    "It needed more than {size} MiB of memory: look for an array that is far too large.":
        "Es brauchte mehr als {size} MiB Speicher: Such nach einem viel zu großen Array.",
    "It wrote more than {size} MiB of files.": "Es schrieb mehr als {size} MiB an Dateien.",

    # files that cannot be read
    "The file holds half of a character (a lone surrogate): save it again as UTF-8.":
        "Die Datei enthält ein halbes Zeichen: Speichere sie noch einmal als UTF-8.",
    "The file has {size} bytes; a submission may have {most}: hand in the program only.":
        "Die Datei hat {size} Bytes; eine Abgabe darf {most} haben: Gib nur das Programm ab.",
    "Line {line} holds a null byte, which Python cannot read: save the file again as plain text.":
        "Zeile {line} enthält ein Nullbyte, das Python nicht lesen kann: Speichere die Datei als reinen Text.",
    "Line {line} says the file is {coding}; expected UTF-8: remove that line.":
        "Zeile {line} nennt die Kodierung {coding}; erwartet wird UTF-8: Entferne diese Zeile.",
    "expected a readable file, found: {what}": "erwartet wird eine lesbare Datei, gefunden: {what}",
    "expected an ordinary file, found a link or a device":
        "erwartet wird eine gewöhnliche Datei, gefunden wurde ein Link oder ein Gerät",
    "expected at most {size} kB, found more; hand in the program only":
        "erwartet werden höchstens {size} kB, gefunden wurden mehr; gib nur das Programm ab",
    "expected at most {size} kB of code in the notebook, found more":
        "erwartet werden höchstens {size} kB Code im Notebook, gefunden wurden mehr",
    "expected UTF-8 text in the notebook's cells, found characters that are none":
        "erwartet wird UTF-8 in den Zellen des Notebooks, gefunden wurden andere Zeichen",
    "expected UTF-8 text, found UTF-16; save the file as UTF-8":
        "erwartet wird UTF-8, gefunden wurde UTF-16; speichere die Datei als UTF-8",
    "expected Python text, found a NUL byte at position {place}":
        "erwartet wird Python-Text, gefunden wurde ein Nullbyte an Stelle {place}",
    "expected UTF-8 text, found byte {byte} in line {line}; save it as UTF-8":
        "erwartet wird UTF-8, gefunden wurde das Byte {byte} in Zeile {line}; speichere die Datei als UTF-8",
    "expected UTF-8 text, found a coding line for {coding}; save the file as UTF-8":
        "erwartet wird UTF-8, gefunden wurde die Kodierung {coding}; speichere die Datei als UTF-8",
    "expected one file for {exercise}, found {count}: {names}; keep one":
        "erwartet wird eine Datei für {exercise}, gefunden wurden {count}: {names}; behalte eine",
    "expected a Jupyter notebook (JSON), found text that is none; save it again":
        "erwartet wird ein Jupyter-Notebook (JSON), gefunden wurde anderer Text; speichere es noch einmal",
    "expected a Jupyter notebook, found JSON of another kind":
        "erwartet wird ein Jupyter-Notebook, gefunden wurde anderes JSON",
    "expected notebook format 4, found another; open it in Jupyter and save it again":
        "erwartet wird das Notebook-Format 4; öffne die Datei in Jupyter und speichere sie noch einmal",
    "expected at most {most} code cells, found {count}":
        "erwartet werden höchstens {most} Code-Zellen, gefunden wurden {count}",
    "expected text in code cell {number}, found something else":
        "erwartet wird Text in Code-Zelle {number}, gefunden wurde etwas anderes",
}
