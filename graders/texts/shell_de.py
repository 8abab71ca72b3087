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
    "a check that is not shown here was not met": "eine Prüfung, die hier nicht gezeigt wird, ist nicht erfüllt",
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
    "The tape's number follows, but it did not come from the exercise's function: its slope was put in by hand. "
    "Let the tape record the formula itself.":
        "Die Zahl des Bandes folgt, kommt aber nicht von der Funktion der Aufgabe: Ihre Steigung wurde von Hand "
        "eingesetzt. Lass das Band die Formel selbst aufzeichnen.",
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
    "It did not end within {seconds} s (time spent waiting for a busy processor not counted): look for a loop that "
    "never ends.":
        "Es endete nicht innerhalb von {seconds} s (Warten auf einen beschäftigten Prozessor nicht mitgezählt): Such "
        "nach einer Schleife, die nie endet.",
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

    # commands
    "Begin with: tfgrad start {id}": "Beginne mit: tfgrad start {id}",
    "{done} of {count} passed in {tries} checks.": "{done} von {count} bestanden in {tries} Prüfungen.",
    "You are at {id}.": "Du bist bei {id}.",
    "{done} of {count} passed. Begin with: tfgrad start {id}":
        "{done} von {count} bestanden. Beginne mit: tfgrad start {id}",
    "All exercises are passed. `tfgrad list` shows them.":
        "Alle Aufgaben sind bestanden. `tfgrad list` zeigt sie.",
    "All exercises are passed.": "Alle Aufgaben sind bestanden.",
    "Wrote {path}. Edit it, then: tfgrad check": "{path} ist geschrieben. Bearbeite sie, dann: tfgrad check",
    "Your file is {path}. Edit it, then: tfgrad check": "Deine Datei ist {path}. Bearbeite sie, dann: tfgrad check",
    "Next: tfgrad start {id}": "Weiter: tfgrad start {id}",
    "That was the last exercise of the course.": "Das war die letzte Aufgabe des Kurses.",
    "Stuck? tfgrad hint": "Kommst du nicht weiter? tfgrad hint",
    "starting {backend} ...": "{backend} startet ...",
    "no exercise started: press n": "keine Aufgabe begonnen: drücke n",
    "... {count} lines more: tfgrad check": "... {count} weitere Zeilen: tfgrad check",
    "checking ...": "wird geprüft ...",
    "hint": "Tipp",
    "next": "weiter",
    "list": "Liste",
    "reset": "von vorn",
    "quit": "Ende",
    "down/up": "ab/auf",
    "start": "beginnen",
    "back": "zurück",
    "Passed. Press n for the next one.": "Bestanden. Drücke n für die nächste.",
    "Press r again to write the starter over your file.":
        "Drücke noch einmal r, um die Startdatei über deine Datei zu schreiben.",
    "There are no more hints.": "Es gibt keine weiteren Tipps.",

    # questions that an exercise does not write itself
    "Leave your choice in `{name}`: its letter, or the choice itself.":
        "Leg deine Wahl in `{name}` ab: den Buchstaben oder die Wahl selbst.",
    "Leave all that fit in `{name}`, as a list of letters or of the choices themselves.":
        "Leg alles Passende in `{name}` ab, als Liste der Buchstaben oder der Möglichkeiten selbst.",
    "Leave the answer in `{name}`.": "Leg die Antwort in `{name}` ab.",
    "{symbol} is {shown}, and at {point} that is {value}.": "{symbol} ist {shown}, und bei {point} ist das {value}.",
    "Let a tape compute the slope {slope} of {function} at {point}.":
        "Lass ein Band die Steigung {slope} von {function} bei {point} berechnen.",
    "Let a tape compute the slope {slope} of {function} at {point}. Hand in {what}.":
        "Lass ein Band die Steigung {slope} von {function} bei {point} berechnen. Gib {what} ab.",
    "Is {function} increasing or decreasing at {point}? Let a tape compute the slope there. "
    "Hand in \"increasing\" or \"decreasing\".":
        "Steigt oder fällt {function} bei {point}? Lass ein Band dort die Steigung berechnen. "
        "Gib \"increasing\" (steigend) oder \"decreasing\" (fallend) ab.",
    "Is {function} increasing or decreasing at {point}? Let a tape compute the slope there. "
    "Hand in \"increasing\" or \"decreasing\" and the slope, as [word, slope].":
        "Steigt oder fällt {function} bei {point}? Lass ein Band dort die Steigung berechnen. "
        "Gib \"increasing\" (steigend) oder \"decreasing\" (fallend) und die Steigung ab, als [Wort, Steigung].",
    "Is {function} concave up or concave down at {point}? Let tapes compute the second derivative. "
    "Hand in \"concave up\" or \"concave down\".":
        "Ist {function} bei {point} linksgekrümmt (concave up) oder rechtsgekrümmt (concave down)? Lass Bänder die "
        "zweite Ableitung berechnen. Gib \"concave up\" oder \"concave down\" ab.",
    "Is {function} concave up or concave down at {point}? Let tapes compute the second derivative. "
    "Hand in \"concave up\" or \"concave down\" and the second derivative, as [word, number].":
        "Ist {function} bei {point} linksgekrümmt (concave up) oder rechtsgekrümmt (concave down)? Lass Bänder die "
        "zweite Ableitung berechnen. Gib \"concave up\" oder \"concave down\" und die zweite Ableitung ab, als "
        "[Wort, Zahl].",
    "Compute the second derivative {symbol} of {function} at {point} with nested tapes.":
        "Berechne mit verschachtelten Bändern die zweite Ableitung {symbol} von {function} bei {point}.",
    "Compute the third derivative {symbol} of {function} at {point} with nested tapes.":
        "Berechne mit verschachtelten Bändern die dritte Ableitung {symbol} von {function} bei {point}.",
    "Compute the mixed partial derivative {symbol} of {function} at {point} with nested tapes.":
        "Berechne mit verschachtelten Bändern die gemischte partielle Ableitung {symbol} von {function} bei {point}.",
    "Compute the gradient of {function} at {point} as a vector.":
        "Berechne den Gradienten von {function} bei {point} als Vektor.",
    "Compute {symbols} for {function} at {point}, in this order.":
        "Berechne {symbols} für {function} bei {point}, in dieser Reihenfolge.",
    "Compute {symbols} for {function} at {point}, a list for each function.":
        "Berechne {symbols} für {function} bei {point}, eine Liste für jede Funktion.",
    "How fast does {function} change at {point} per unit of length in the direction {direction}?":
        "Wie schnell ändert sich {function} bei {point} je Längeneinheit in Richtung {direction}?",
    "Compute the jacobian of {function} at {point}: one row for each output, one column for each number it "
    "depends on.":
        "Berechne die Jacobi-Matrix von {function} bei {point}: eine Zeile für jede Ausgabe, eine Spalte für jede "
        "Zahl, von der sie abhängt.",
    "Weight the outputs of {function} at {point} with {weights} and compute the gradient of their sum.":
        "Gewichte die Ausgaben von {function} bei {point} mit {weights} und berechne den Gradienten ihrer Summe.",
    "Compute the hessian of {function} at {point}.": "Berechne die Hesse-Matrix von {function} bei {point}.",
    "Multiply the hessian of {function} at {point} by the vector {vector}, without computing the whole matrix.":
        "Multipliziere die Hesse-Matrix von {function} bei {point} mit dem Vektor {vector}, ohne die ganze Matrix "
        "zu berechnen.",
    "Which line {form} is the tangent to {function} at {point}? Hand in [m, b].":
        "Welche Gerade {form} ist die Tangente an {function} bei {point}? Gib [m, b] ab.",
    "Which line {form} is the normal to {function} at {point}? Hand in [m, b].":
        "Welche Gerade {form} ist die Normale zu {function} bei {point}? Gib [m, b] ab.",
    "What is the slope of the tangent to {function} at {point}?":
        "Welche Steigung hat die Tangente an {function} bei {point}?",
    "What is the slope of the normal to {function} at {point}?":
        "Welche Steigung hat die Normale zu {function} bei {point}?",
    "Compute {function} at {point} with TensorFlow.": "Berechne {function} bei {point} mit TensorFlow.",
    "Compute {function} with TensorFlow.": "Berechne {function} mit TensorFlow.",
    "What is the result of this program? Work it out, then let TensorFlow compute it.":
        "Was ist das Ergebnis dieses Programms? Überleg es dir, dann lass TensorFlow rechnen.",
    "What is the point {point} of {function}?": "Was für ein Punkt ist {point} von {function}?",
    "The program in the starter file does not do what it should. Find out why and repair it. {asked}":
        "Das Programm in der Startdatei tut nicht, was es soll. Finde heraus, warum, und repariere es. {asked}",
    "Fill in the blanks (`____`) of the starter file. The finished program answers this: {asked}":
        "Fülle die Lücken (`____`) der Startdatei. Das fertige Programm beantwortet dies: {asked}",
    "How many operations (nodes) does the computational graph of {function} have?":
        "Wie viele Operationen (Knoten) hat der Rechengraph von {function}?",
    "Which operation of the computational graph of {function} is evaluated last?":
        "Welche Operation des Rechengraphen von {function} wird zuletzt ausgewertet?",
    "In which order can the operations of {function} be evaluated? Name all of them.":
        "In welcher Reihenfolge lassen sich die Operationen von {function} auswerten? Nenne alle.",
    "How many paths lead from {name} to the result in the computational graph of {function}?":
        "Wie viele Wege führen im Rechengraphen von {function} von {name} zum Ergebnis?",
    "Which operations of {function} need not wait for one another and can run at the same time?":
        "Welche Operationen von {function} müssen nicht aufeinander warten und können gleichzeitig laufen?",

    # hints of the kinds
    "Do not guess: write the few lines the question speaks of, and let TensorFlow answer.":
        "Rate nicht: Schreib die paar Zeilen, von denen die Frage spricht, und lass TensorFlow antworten.",
    "The slope says whether the curve goes up or down; how the slope changes says which way it bends.":
        "Die Steigung sagt, ob die Kurve steigt oder fällt; wie sich die Steigung ändert, sagt, wie sie sich krümmt.",
    "Differentiate twice: the slope must be computed while an outer tape records.":
        "Leite zweimal ab: Die Steigung muss berechnet werden, während ein äußeres Band aufnimmt.",
    "A positive second derivative means concave up.":
        "Eine positive zweite Ableitung bedeutet linksgekrümmt (concave up).",
    "At a critical point the tangent is level: the slope is 0.":
        "In einem kritischen Punkt liegt die Tangente waagrecht: Die Steigung ist 0.",
    "Work out on paper where that is, then let the tape confirm that the slope is 0 there.":
        "Rechne auf Papier aus, wo das ist, und lass das Band bestätigen, dass die Steigung dort 0 ist.",
    "There may be more than one.": "Es kann mehr als einer sein.",
    "At an inflection point the second derivative changes its sign.":
        "In einem Wendepunkt wechselt die zweite Ableitung ihr Vorzeichen.",
    "Work out on paper where it is 0, then let nested tapes confirm it on both sides.":
        "Rechne auf Papier aus, wo sie 0 ist, und lass verschachtelte Bänder es auf beiden Seiten bestätigen.",
    "A function under `@tf.custom_gradient` gives two things back: its value and a function for the gradient.":
        "Eine Funktion unter `@tf.custom_gradient` gibt zweierlei zurück: ihren Wert und eine Funktion für den "
        "Gradienten.",
    "That inner function gets the gradient of what comes after (`upstream`) and passes on its own share.":
        "Diese innere Funktion bekommt den Gradienten von allem, was danach kommt (`upstream`), und gibt ihren Anteil "
        "weiter.",
    "The share is `upstream` times the derivative of your function; without the factor the chain breaks.":
        "Der Anteil ist `upstream` mal die Ableitung deiner Funktion; ohne den Faktor reißt die Kette.",
    "You need {count} tapes: one for each time you differentiate.":
        "Du brauchst {count} Bänder: eines für jedes Ableiten.",
    "The first derivative is what the next tape differentiates, so it must be computed inside that tape's block.":
        "Das nächste Band leitet die erste Ableitung ab, also muss sie in dessen Block berechnet werden.",
    "The innermost tape is asked first; the tape opened first is asked last, by {name}.":
        "Das innerste Band wird zuerst gefragt, das zuerst geöffnete zuletzt, nach {name}.",
    "The gradient holds the rates along the axes. Any other direction mixes them.":
        "Der Gradient enthält die Raten entlang der Achsen. Jede andere Richtung mischt sie.",
    "Per unit of length: a direction that is longer than 1 would make the rate too large.":
        "Je Längeneinheit: Eine Richtung, die länger als 1 ist, machte die Rate zu groß.",
    "Divide the direction by its length, multiply it by the gradient entry by entry, and add up.":
        "Teile die Richtung durch ihre Länge, multipliziere sie Eintrag für Eintrag mit dem Gradienten und zähle "
        "zusammen.",
    "Read the lines around a blank: what do they need, and what have they been given?":
        "Lies die Zeilen um eine Lücke herum: Was brauchen sie, und was haben sie bekommen?",
    "The gradient has one entry for each number that the function depends on.":
        "Der Gradient hat einen Eintrag für jede Zahl, von der die Funktion abhängt.",
    "Write floats (1.0, not 1): the entries of an integer tensor have no derivative.":
        "Schreib Kommazahlen (1.0, nicht 1): Die Einträge eines ganzzahligen Tensors haben keine Ableitung.",
    "`tape.gradient({name}, {source})` gives the entries in the order of the source.":
        "`tape.gradient({name}, {source})` liefert die Einträge in der Reihenfolge der Quelle.",
    "Draw it: a circle for each operation, an arrow from what it needs.":
        "Zeichne ihn: ein Kreis für jede Operation, ein Pfeil von allem, was sie braucht.",
    "Variables and constants are where arrows begin; they are no operations.":
        "Bei Variablen und Konstanten beginnen Pfeile; sie sind keine Operationen.",
    "An operation can run as soon as everything that points to it is there.":
        "Eine Operation kann laufen, sobald alles da ist, was auf sie zeigt.",
    "Two tapes: the outer one must be recording while the inner one is asked for the gradient.":
        "Zwei Bänder: Das äußere muss aufnehmen, während das innere nach dem Gradienten gefragt wird.",
    "The gradient is a vector; `gradient` of a vector adds its entries up, `jacobian` keeps them apart.":
        "Der Gradient ist ein Vektor; `gradient` eines Vektors zählt die Einträge zusammen, `jacobian` hält sie "
        "auseinander.",
    "Multiply the gradient by the vector inside the outer block, then differentiate that number.":
        "Multipliziere den Gradienten im äußeren Block mit dem Vektor und leite dann diese Zahl ab.",
    "At a critical point the eigenvalues decide: all positive, all negative, or of both signs.":
        "In einem kritischen Punkt entscheiden die Eigenwerte: alle positiv, alle negativ oder gemischt.",
    "`tape.gradient` of a vector adds up what belongs to its entries; the jacobian keeps them apart.":
        "`tape.gradient` eines Vektors zählt zusammen, was zu seinen Einträgen gehört; die Jacobi-Matrix hält es "
        "auseinander.",
    "The outputs must be one tensor, made inside the block, for instance by `tf.stack([...])`.":
        "Die Ausgaben müssen ein Tensor sein, im Block gemacht, etwa mit `tf.stack([...])`.",
    "`tape.jacobian(target, source)` has the target's axes first, then the source's.":
        "`tape.jacobian(target, source)` hat zuerst die Achsen des Ziels, dann die der Quelle.",
    "`tape.gradient` of a vector is the gradient of the sum of its entries.":
        "`tape.gradient` eines Vektors ist der Gradient der Summe seiner Einträge.",
    "Its argument `output_gradients` weights the entries before they are summed.":
        "Sein Argument `output_gradients` gewichtet die Einträge, bevor sie summiert werden.",
    "Whether the value is positive says where the curve lies, not where it goes.":
        "Ob der Wert positiv ist, sagt, wo die Kurve liegt, nicht, wohin sie geht.",
    "The slope tells: it is positive where the curve rises.":
        "Die Steigung sagt es: Sie ist positiv, wo die Kurve steigt.",
    "`tape.gradient({name}, {source})` gives the slope; compare it with 0.":
        "`tape.gradient({name}, {source})` liefert die Steigung; vergleiche sie mit 0.",
    "The normal stands at right angles on the tangent.": "Die Normale steht senkrecht auf der Tangente.",
    "Two lines are at right angles when the product of their slopes is -1.":
        "Zwei Geraden stehen senkrecht aufeinander, wenn das Produkt ihrer Steigungen -1 ist.",
    "Let the tape give the slope of the tangent first.": "Lass dir vom Band zuerst die Steigung der Tangente geben.",
    "Every step needs its own recording: the gradient belongs to where the variable is now.":
        "Jeder Schritt braucht seine eigene Aufnahme: Der Gradient gehört zu dem Ort, an dem die Variable jetzt ist.",
    "Uphill: add the learning rate times the gradient.": "Bergauf: Addiere Lernrate mal Gradient.",
    "Downhill: subtract the learning rate times the gradient.": "Bergab: Subtrahiere Lernrate mal Gradient.",
    "`variable.assign_add(...)` changes a variable in place; `=` would replace it.":
        "`variable.assign_add(...)` ändert eine Variable an Ort und Stelle; `=` würde sie ersetzen.",
    "`variable.assign_sub(...)` changes a variable in place; `=` would replace it.":
        "`variable.assign_sub(...)` ändert eine Variable an Ort und Stelle; `=` würde sie ersetzen.",
    "`optimizer.apply_gradients(zip(gradients, variables))`: pairs of a gradient and its variable.":
        "`optimizer.apply_gradients(zip(gradients, variables))`: Paare aus einem Gradienten und seiner Variablen.",
    "Newton's step is the slope divided by the second derivative, so two nested tapes are needed.":
        "Newtons Schritt ist die Steigung geteilt durch die zweite Ableitung, darum braucht es zwei verschachtelte "
        "Bänder.",
    "Every variable is a `tf.Variable` of its own, made from a float.":
        "Jede Variable ist eine eigene `tf.Variable` mit einer Kommazahl.",
    "The sources may be a list: `tape.gradient(target, [{names}])` gives a list back, in the same order.":
        "Die Quellen dürfen eine Liste sein: `tape.gradient(target, [{names}])` gibt eine Liste in derselben "
        "Reihenfolge zurück.",
    "A tape answers once only, unless it was opened with `persistent=True`.":
        "Ein Band antwortet nur einmal, außer es wurde mit `persistent=True` geöffnet.",
    "A variable that the function does not use has the gradient None; as a number that is 0.":
        "Eine Variable, die die Funktion nicht verwendet, hat den Gradienten None; als Zahl ist das 0.",
    "Run it first and read what it prints. None is a message: the tape knows no way from the source to the target.":
        "Führ es zuerst aus und lies, was es ausgibt. None ist eine Nachricht: Das Band kennt keinen Weg von der "
        "Quelle zum Ziel.",
    "Ask of every line: which kind of number goes in, which comes out, and is the tape recording here?":
        "Frag bei jeder Zeile: Was für eine Zahl geht hinein, was für eine kommt heraus, und nimmt das Band hier auf?",
    "Change one line only, then run it again.": "Ändere nur eine Zeile und führ es wieder aus.",
    "Do not guess: try each choice in a few lines of its own.":
        "Rate nicht: Probier jede Möglichkeit in ein paar Zeilen aus.",
    "More than one may fit.": "Es kann mehr als eine passen.",
    "Try one choice after the other: a loop, a variable at that place, a tape.":
        "Probier eine Möglichkeit nach der anderen: eine Schleife, eine Variable an dieser Stelle, ein Band.",
    "A matrix of 2 rows and 3 columns has the shape [2, 3].":
        "Eine Matrix mit 2 Zeilen und 3 Spalten hat die Form [2, 3].",
    "In a matrix product the inner sizes must agree; the outer ones remain.":
        "In einem Matrixprodukt müssen die inneren Größen übereinstimmen; die äußeren bleiben.",
    "Every tensor knows its shape: look at `result.shape`.":
        "Jeder Tensor kennt seine Form: Sieh dir `result.shape` an.",
    "Step 1: make {name} a `tf.Variable` that holds a float, at the point of the question.":
        "Schritt 1: Mach {name} zu einer `tf.Variable` mit einer Kommazahl, im Punkt der Frage.",
    "Step 2: compute {name} inside `with tf.GradientTape() as tape:`, with {source} itself in the formula.":
        "Schritt 2: Berechne {name} in `with tf.GradientTape() as tape:`, mit {source} selbst in der Formel.",
    "Step 3: after the block, `tape.gradient({name}, {source})`: first what is differentiated, then by what.":
        "Schritt 3: nach dem Block `tape.gradient({name}, {source})`: zuerst was abgeleitet wird, dann wonach.",
    "A tangent has the curve's slope at the point, and it goes through the curve's point there.":
        "Eine Tangente hat im Punkt die Steigung der Kurve und geht dort durch den Punkt der Kurve.",
    "The height of the curve at the point is not where the line crosses the axis.":
        "Die Höhe der Kurve im Punkt ist nicht die Stelle, an der die Gerade die Achse schneidet.",
    "Put the point into the equation of the line and solve for what is missing.":
        "Setz den Punkt in die Geradengleichung ein und löse nach dem Fehlenden auf.",
    "Write numbers with a point (2.0), so that TensorFlow makes floats of them.":
        "Schreib Zahlen mit Punkt (2.0), damit TensorFlow Gleitkommazahlen daraus macht.",
    "Python has its own order: powers before the minus sign, products before sums.":
        "Python hat seine eigene Reihenfolge: Potenzen vor dem Minuszeichen, Produkte vor Summen.",
    "Leave the result in `{name}`, or print it last.": "Leg das Ergebnis in `{name}` ab oder gib es zuletzt aus.",

    # pictures
    "another step than the exercise's": "ein anderer Schritt als in der Aufgabe",
    "another number than the exercise's": "eine andere Zahl als in der Aufgabe",
    "its sign is turned round": "das Vorzeichen ist umgedreht",
    "something is missing here": "hier fehlt etwas",
    "one part too many": "ein Teil zu viel",
    "a fixed number here, so the way from the source ends":
        "hier steht eine feste Zahl, also endet der Weg von der Quelle",
    "another point than the exercise's": "ein anderer Punkt als in der Aufgabe",
    " (cell {cell}, line {line})": " (Zelle {cell}, Zeile {line})",
    " (line {line})": " (Zeile {line})",
    "the tensor's value": "Wert des Tensors",
    "local derivative": "lokale Ableitung",
    "constant": "Konstante",
    "not recorded": "nicht aufgenommen",
    "recording paused": "Aufnahme pausiert",
    "forgotten by reset": "durch reset vergessen",
    "whole numbers": "ganze Zahlen",
    "no derivative": "keine Ableitung",
    "not followed": "nicht verfolgt",

    # more questions
    "{asked} Hand in {what}.": "{asked} Gib {what} ab.",
    "Which shape has {function}, when {shapes}?": "Welche Form hat {function}, wenn {shapes}?",
    "{name} has the shape {shape}, {shapes}": "{name} hat die Form {shape}, {shapes}",
    "{name} has the shape {shape}": "{name} hat die Form {shape}",
    "the function below": "die Funktion unten",
    "Which shape has the result of this program?": "Welche Form hat das Ergebnis dieses Programms?",
    "Compute the local derivative of the node {node} in the graph of {function}: what comes before the node is held "
    "fixed.":
        "Berechne die lokale Ableitung des Knotens {node} im Graphen von {function}: Was vor dem Knoten kommt, wird "
        "festgehalten.",
    "Compute the local derivative of the node {node} in the graph of {function} at {point}: what comes before the "
    "node is held fixed.":
        "Berechne die lokale Ableitung des Knotens {node} im Graphen von {function} bei {point}: Was vor dem Knoten "
        "kommt, wird festgehalten.",
    "For which {name} is the slope 0, for {function}? Let a tape compute the derivative and hand in all of them as a "
    "list, in any order.":
        "Für welche {name} ist die Steigung von {function} gleich 0? Lass ein Band die Ableitung berechnen und gib "
        "alle als Liste ab, in beliebiger Reihenfolge.",
    "For which {name} between {low} and {high} is the slope 0, for {function}? Let a tape compute the derivative and "
    "hand in all of them as a list, in any order.":
        "Für welche {name} zwischen {low} und {high} ist die Steigung von {function} gleich 0? Lass ein Band die "
        "Ableitung berechnen und gib alle als Liste ab, in beliebiger Reihenfolge.",
    "For which {name} does the curve have inflection points, for {function}? Let a tape compute the derivative and "
    "hand in all of them as a list, in any order.":
        "Für welche {name} hat die Kurve {function} Wendepunkte? Lass ein Band die Ableitung berechnen und gib alle "
        "als Liste ab, in beliebiger Reihenfolge.",
    "For which {name} between {low} and {high} does the curve have inflection points, for {function}? Let a tape "
    "compute the derivative and hand in all of them as a list, in any order.":
        "Für welche {name} zwischen {low} und {high} hat die Kurve {function} Wendepunkte? Lass ein Band die Ableitung "
        "berechnen und gib alle als Liste ab, in beliebiger Reihenfolge.",
    "At which of these {name} is {function} increasing?": "Bei welchen dieser {name} steigt {function}?",
    "At which of these {name} is {function} decreasing?": "Bei welchen dieser {name} fällt {function}?",
    "At which of these {name} is {function} concave up?":
        "Bei welchen dieser {name} ist {function} linksgekrümmt (concave up)?",
    "At which of these {name} is {function} concave down?":
        "Bei welchen dieser {name} ist {function} rechtsgekrümmt (concave down)?",
    "Estimate the value at {there} from the tangent to {function} at {point}.":
        "Schätze den Wert bei {there} mit der Tangente an {function} bei {point}.",
    "Estimate the value at {there} from the tangent plane to {function} at {point}.":
        "Schätze den Wert bei {there} mit der Tangentialebene an {function} bei {point}.",
    "Which plane {form} touches {function} at {point}? Hand in all coefficients, c last.":
        "Welche Ebene {form} berührt {function} bei {point}? Gib alle Koeffizienten ab, c zuletzt.",
    "Write {function} as a function with `tf.custom_gradient` and let a tape compute {symbol} at {point} through your "
    "own derivative.":
        "Schreib {function} als Funktion mit `tf.custom_gradient` und lass ein Band {symbol} bei {point} durch deine "
        "eigene Ableitung berechnen.",
    "Compute the hessian of {function} at {point}, and say what the point is: {words}. Hand in [hessian, word].":
        "Berechne die Hesse-Matrix von {function} bei {point} und sag, was für ein Punkt das ist: {words}. Gib "
        "[Hesse-Matrix, Wort] ab.",
    "Minimise {function} from {point} by {rule}. Where are you after {count} step?":
        "Minimiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritt?",
    "Minimise {function} from {point} by {rule}. Where are you after {count} steps?":
        "Minimiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritten?",
    "Maximise {function} from {point} by {rule}. Where are you after {count} step?":
        "Maximiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritt?",
    "Maximise {function} from {point} by {rule}. Where are you after {count} steps?":
        "Maximiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritten?",
    "Minimise {function} from {point} by {rule}. Where are you, and do the steps converge or diverge, after {count} "
    "steps?":
        "Minimiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritten, und konvergieren oder "
        "divergieren (converges, diverges) sie?",
    "Maximise {function} from {point} by {rule}. Where are you, and do the steps converge or diverge, after {count} "
    "steps?":
        "Maximiere {function} ab {point} durch {rule}. Wo bist du nach {count} Schritten, und konvergieren oder "
        "divergieren (converges, diverges) sie?",
    "Newton's method": "das Newton-Verfahren",
    "gradient descent with learning rate {rate}": "Gradientenabstieg mit Lernrate {rate}",
    "gradient ascent (uphill) with learning rate {rate}": "Gradientenaufstieg (bergauf) mit Lernrate {rate}",
    "SGD with learning rate {rate} and momentum {momentum}": "SGD mit Lernrate {rate} und Momentum {momentum}",
    "Adam with learning rate {rate}": "Adam mit Lernrate {rate}",
}
