"""What learners read, in German (du). Placeholders in braces are filled with the learner's own names."""

from __future__ import annotations

# fmt: off
TEXTS: dict[str, str] = {
    "name.src": "x",
    "name.tgt": "y",
    "name.fn": "die Funktion",
    "name.var": "die Variable",
    "name.other": "eine andere Variable",
    "name.attr": "diesen Namen",
    "name.dtype": "ein anderer dtype",
    "name.val": "eine andere Zahl",
    "name.op": "das",
    "name.tape": "das Band",
    "name.grad": "der Gradient",
    "name.term": "ein Term",
    "name.nth": "",
    "name.mine": "deiner",
    "name.theirs": "der in der Aufgabe",

    "source-not-watched.title": "Das Band folgt {src} nicht",
    "source-not-watched.says":
        "{src} ist ein gewöhnlicher Tensor, und ein Band folgt nur trainierbaren Variablen und Tensoren, "
        "die es beobachten soll. Von {src} steht deshalb nichts auf dem Band.",
    "source-not-watched.says/stopped":
        "Der Fehler sagt nur, dass als Gradient None zurückkam. Es ist None, weil {src} ein gewöhnlicher "
        "Tensor ist, dem das Band nie folgen sollte.",
    "source-not-watched.hint":
        "Woher weiß das Band, welche Eingaben dir wichtig sind? Vergleiche, was tf.Variable und tf.constant "
        "versprechen.",
    "source-not-watched.hint/stopped":
        "Schau einen Schritt vor den Absturz: Was gab das Band zurück, und was für ein Objekt ist seine "
        "Quelle?",

    "source-integer-dtype.title": "{src} enthält ganze Zahlen",
    "source-integer-dtype.says":
        "{src} wurde aus ganzen Zahlen gemacht und hat deshalb den dtype {dtype}. Ableitungen gibt es nur "
        "für Gleitkommazahlen, darum liefert das Band None.",
    "source-integer-dtype.hint":
        "Gib {src}.dtype aus. Was müsstest du tippen, damit schon Python dort eine Kommazahl sieht?",

    "target-computed-outside-tape.title": "Berechnet, während das Band aus war",
    "target-computed-outside-tape.says":
        "Diese Zeile berechnet {tgt}, nachdem die Aufnahme zu Ende war; das Band hat nicht gesehen, wie es "
        "aus {src} entsteht. Nur was im with-Block ausgeführt wird, wird aufgenommen.",
    "target-computed-outside-tape.says/before":
        "Diese Zeile berechnet {tgt}, bevor das Band läuft; es hat nie gesehen, wie {tgt} aus {src} "
        "entsteht.",
    "target-computed-outside-tape.says/here":
        "Hier wird die Funktion noch einmal ausgewertet, während der Gradient abgefragt wird, also nach dem "
        "Ende der Aufnahme. Dieses neue Ergebnis steht nicht auf dem Band.",
    "target-computed-outside-tape.hint":
        "Lies deine Einrückung laut: Ist das Band in dem Moment, in dem diese Zeile läuft, noch an?",
    "target-computed-outside-tape.hint/before":
        "In welcher Reihenfolge müssen \"Aufnahme starten\" und \"Musik spielen\" geschehen?",
    "target-computed-outside-tape.hint/here":
        "Welche Auswertung der Funktion hat das Band gesehen, und ist es die, die du übergibst?",

    "postprocessed-outside-tape.title": "Der letzte Schritt steht nicht auf dem Band",
    "postprocessed-outside-tape.says":
        "Bis auf den letzten Schritt steht alles auf dem Band, aber die Operation in dieser Zeile geschieht "
        "nach dem Ende der Aufnahme. Damit reißt die Kette zu {src}.",
    "postprocessed-outside-tape.says/slice":
        "Auch ein Index ist eine Operation. Wer außerhalb des Blocks einen Eintrag herausnimmt, macht einen "
        "neuen Tensor, den das Band nicht gesehen hat.",
    "postprocessed-outside-tape.hint":
        "Geh den Weg vom Ziel zurück zu {src}. Welches Glied entstand, als das Band aus war?",
    "postprocessed-outside-tape.hint/slice":
        "Ist der herausgenommene Eintrag der aufgenommene Tensor oder ein neuer? Wo könntest du ihn "
        "stattdessen nehmen?",

    "numpy-function-in-tape.title": "NumPy in der aufgenommenen Formel",
    "numpy-function-in-tape.says":
        "np.{fn} berechnet eine gewöhnliche Zahl außerhalb von TensorFlow; das Band sieht diesen Schritt "
        "nicht. Hier ist der Weg von {src} zum Ergebnis abgeschnitten.",
    "numpy-function-in-tape.says/silent":
        "Es kommt ein Gradient heraus, aber was np.{fn} liefert, zählt darin als feste Zahl. Dieser Teil "
        "der Formel trägt nichts zur Steigung bei.",
    "numpy-function-in-tape.says/stopped":
        "np.{fn} liefert eine NumPy-Zahl; das Ziel ist also kein Tensor, und das Band hat nichts "
        "abzuleiten.",
    "numpy-function-in-tape.hint":
        "Welchen Typ hat np.{fn}(...)? Gibt es in TensorFlow eine Funktion für dieselbe Aufgabe?",
    "numpy-function-in-tape.hint/silent":
        "An wie vielen Stellen der Formel steht {src}, und wie viele davon erreichen das Band?",
    "numpy-function-in-tape.hint/stopped": "Was ist type({tgt}) direkt vor dem Gradienten-Aufruf?",

    "math-function-in-tape.title": "Das Python-Modul math in der aufgenommenen Formel",
    "math-function-in-tape.says":
        "math.{fn} liefert eine gewöhnliche Python-Zahl; das Band nimmt nur TensorFlow-Operationen auf. "
        "Dieser Teil der Formel zählt als Konstante.",
    "math-function-in-tape.hint":
        "Was würde tf.{fn} an derselben Stelle liefern, und warum macht das einen Unterschied?",

    "value-extracted-in-tape.title": "Aus der Formel wird eine nackte Zahl genommen",
    "value-extracted-in-tape.says":
        "Diese Zeile nimmt aus einem Tensor die nackte Zahl heraus. Ab da ist es gewöhnliches Rechnen, das "
        "das Band nicht bis {src} zurückverfolgen kann.",
    "value-extracted-in-tape.hint":
        "Wann brauchst du wirklich eine nackte Zahl: während die Funktion aufgenommen wird oder beim "
        "Ausgeben?",

    "python-cast-in-tape.title": "{op}(...) verlässt TensorFlow",
    "python-cast-in-tape.says":
        "{op}(...) macht aus einem Tensor eine Python-Zahl; der Rest der Formel kommt mit TensorFlow nicht "
        "mehr in Berührung.",
    "python-cast-in-tape.hint": "Was ist type({tgt}) direkt vor dem Gradienten-Aufruf?",

    "target-rewrapped-as-variable.title": "Das Ergebnis beginnt eine neue Geschichte",
    "target-rewrapped-as-variable.says":
        "Ein neues tf.Variable speichert nur den Wert des Ergebnisses. Eine Variable hat keine "
        "Vorgeschichte; die Verbindung zu {src} ist verloren.",
    "target-rewrapped-as-variable.hint":
        "Welche der Größen ist die unabhängige? Nur die muss eine Variable sein.",

    "state-blocks-gradient.title": "Durch den Zustand einer Variablen führt kein Gradient",
    "state-blocks-gradient.says":
        "Beim Zuweisen wird ein Wert in den Zustand von {var} kopiert. Das Band sieht {var} danach wieder, "
        "aber nicht, wie der Wert aus {src} entstand.",
    "state-blocks-gradient.hint":
        "Wenn du nur den Inhalt einer Schachtel siehst: Weißt du dann, wer ihn hineingelegt hat? Was könnte "
        "den Wert statt einer Schachtel tragen?",

    "cast-to-integer-in-path.title": "Eine Umwandlung in ganze Zahlen",
    "cast-to-integer-in-path.says":
        "Die Umwandlung in {dtype} wirft die Nachkommastellen weg; kleine Änderungen von {src} ändern das "
        "Ergebnis nicht mehr. Da geht keine Ableitung hindurch.",
    "cast-to-integer-in-path.hint":
        "Wenn sich {src} um 0.001 bewegt: Bewegt sich die Zahl nach der Umwandlung?",

    "non-differentiable-op.title": "{op} hat keine Ableitung",
    "non-differentiable-op.says":
        "{op} ist eine Treppe: fast überall flach. TensorFlow kennt keine Ableitung davon, deshalb ist das "
        "Ergebnis None.",
    "non-differentiable-op.says/index":
        "{op} beantwortet \"welcher\", nicht \"wie viel\". Ein Index ändert sich nicht stetig, also gibt es "
        "keine Ableitung.",
    "non-differentiable-op.hint":
        "Skizziere den Graphen dieser Operation. Welche Steigung hat er zwischen den Sprüngen?",
    "non-differentiable-op.hint/index": "Welche stetige Größe interessiert dich hier eigentlich?",

    "watch-after-compute.title": "watch kommt zu spät",
    "watch-after-compute.says":
        "Erst ab dieser Zeile folgt das Band {src}; die Formel wurde aber schon vorher berechnet.",
    "watch-after-compute.hint":
        "Das Band arbeitet der Reihe nach. Was muss gelten, bevor die erste Operation {src} benutzt?",

    "source-not-trainable.title": "{src} ist nicht trainierbar",
    "source-not-trainable.says":
        "{src} wurde als nicht trainierbar markiert, und das Band folgt von sich aus nur trainierbaren "
        "Variablen.",
    "source-not-trainable.hint": "Was teilt das Argument in dieser Zeile TensorFlow über {src} mit?",

    "auto-watch-switched-off.title": "Dieses Band beobachtet nichts von allein",
    "auto-watch-switched-off.says":
        "Diesem Band wurde gesagt, Variablen nicht von sich aus zu beobachten, und {src} wurde nicht von "
        "Hand angemeldet.",
    "auto-watch-switched-off.hint": "Welche deiner Quellen hast du selbst beim Band angemeldet?",

    "source-is-a-copy.title": "Die Quelle ist nur eine Kopie",
    "source-is-a-copy.says":
        "{src} hat denselben Wert wie {var}, ist aber ein anderer Tensor; die Formel hat ihn nie benutzt.",
    "source-is-a-copy.hint": "Ist das, wonach du ableitest, wirklich dasselbe Ding, das im Block vorkommt?",

    "source-is-a-slice.title": "Ein Ausschnitt ist ein neuer Tensor",
    "source-is-a-slice.says":
        "{src} macht in dem Moment, in dem du fragst, einen neuen Tensor; er gehört nicht zur aufgenommenen "
        "Formel.",
    "source-is-a-slice.hint":
        "Welche Form hat der Gradient nach dem ganzen {var}, und wo darin steht die gesuchte Zahl?",

    "target-and-source-swapped.title": "Die Argumente sind vertauscht",
    "target-and-source-swapped.says":
        "Das erste Argument wird abgeleitet, nach dem zweiten wird abgeleitet. Hier ist es umgekehrt.",
    "target-and-source-swapped.hint":
        "Lies dy/dx laut. Welcher der beiden Buchstaben kommt zuerst, und welches Argument ist das?",

    "source-recreated.title": "Eine neue Variable mit demselben Namen",
    "source-recreated.says":
        "Diese Zeile macht ein neues {src}, das nur den Namen teilt. Die aufgenommene Formel gehört zum "
        "früheren.",
    "source-recreated.hint":
        "Wie viele Variablen namens {src} hat dieses Programm erzeugt, und welche steht in der Formel?",

    "source-rebound-in-tape.title": "{src} bedeutet jetzt etwas anderes",
    "source-rebound-in-tape.says":
        "Nach dieser Zeile ist {src} nicht mehr deine Variable, sondern der neue Tensor. Nach dem wird "
        "abgeleitet, und zwar an einer anderen Stelle.",
    "source-rebound-in-tape.hint": "Welche Werte hat {src} vor und nach dieser Zeile?",

    "variable-replaced-by-tensor.title": "Die Variable wurde durch einen Tensor ersetzt",
    "variable-replaced-by-tensor.says":
        "In der ersten Runde ersetzt diese Zeile deine Variable durch einen gewöhnlichen Tensor. Ab der "
        "zweiten Runde gibt es nichts mehr, dem das Band folgt.",
    "variable-replaced-by-tensor.hint":
        "Gib in jeder Runde type({src}) aus. Welche Methode ändert den Wert einer Variablen an Ort und "
        "Stelle?",

    "variable-augmented-assign.title": "{op} geht bei einer Variablen nicht",
    "variable-augmented-assign.says":
        "Ein tf.Variable lehnt Kurzformen wie {op} ab, weil sie es nicht an Ort und Stelle ändern würden.",
    "variable-augmented-assign.hint":
        "Die Fehlermeldung nennt eine Methode. Was macht sie mit dem Wert, der in {src} gespeichert ist?",

    "stop-gradient-on-path.title": "stop_gradient schneidet den Weg ab",
    "stop-gradient-on-path.says":
        "tf.stop_gradient sagt dem Band, diesen Wert als Konstante zu behandeln; durch ihn führt kein Weg "
        "zurück zu {src}.",
    "stop-gradient-on-path.hint": "Welchen Pfeil des Graphen schneidet diese Funktion ab?",

    "ops-under-stop-recording.title": "Berechnet, während das Band pausierte",
    "ops-under-stop-recording.says":
        "Dieser Schritt läuft, während das Band pausiert; auf dem Band fehlt er.",
    "ops-under-stop-recording.hint": "Von welcher bis zu welcher Zeile pausiert die Aufnahme?",

    "source-not-in-function.title": "None heißt hier \"hängt nicht davon ab\"",
    "source-not-in-function.says":
        "Die aufgenommene Funktion hängt nicht von {src} ab, und TensorFlow schreibt dafür None, nicht 0.",
    "source-not-in-function.hint":
        "Wie steil ist eine Fläche in einer Richtung, die keinen Einfluss auf die Höhe hat? Welches "
        "Argument legt fest, was TensorFlow dann zurückgibt?",

    "tape-reset.title": "Die Aufnahme wurde weggeworfen",
    "tape-reset.says": "reset() löscht alles bisher Aufgenommene, auch deine Funktion.",
    "tape-reset.hint": "Was steht direkt nach dieser Zeile auf dem Band?",

    "wrong-tape-asked.title": "Ein anderes Band hat das aufgenommen",
    "wrong-tape-asked.says":
        "Dieses Band lief nicht, als {tgt} berechnet wurde. Ein anderes Band hat die Aufnahme.",
    "wrong-tape-asked.hint":
        "Ordne jedem Band die Zeilen zu, die es abdeckt. Welches hat gesehen, wie {tgt} berechnet wurde?",

    "tape-not-instantiated.title": "Hinter GradientTape fehlen die Klammern",
    "tape-not-instantiated.says":
        "tf.GradientTape ist die Klasse; ein Band gibt es erst, wenn du sie aufrufst.",
    "tape-not-instantiated.hint": "Wie macht man in Python aus einer Klasse ein Objekt?",

    "method-name-typo.title": "{attr} gibt es hier nicht",
    "method-name-typo.says":
        "Ein Attribut {attr} gibt es hier nicht; der Name wird etwas anders geschrieben.",
    "method-name-typo.says/moved":
        "{attr} gibt es an dieser Stelle nicht; TensorFlow führt es unter einem anderen Namen.",
    "method-name-typo.hint":
        "Vergleiche den Namen Buchstabe für Buchstabe, auch Großschreibung und Mehrzahl.",
    "method-name-typo.hint/moved": "In welchem Teil von TensorFlow würdest du suchen? Denk an {other}.",

    "sources-argument-missing.title": "Wonach soll abgeleitet werden?",
    "sources-argument-missing.says":
        "Eine Ableitung braucht immer zweierlei: was sich ändert und wonach. Das Zweite fehlt.",
    "sources-argument-missing.hint": "Welchen Teil von dy/dx hast du dem Band nicht gesagt?",

    "tape-used-twice.title": "Das Band war schon verbraucht",
    "tape-used-twice.says":
        "Ein gewöhnliches Band wird nach dem ersten Gradienten-Aufruf freigegeben. Diese Zeile ist der "
        "zweite.",
    "tape-used-twice.hint":
        "Frag alles in einem Aufruf ab, oder sag dem Band vorher, dass du es länger brauchst. Welches "
        "Argument tut das?",

    "inner-gradient-outside-outer-tape.title": "Das äußere Band hat die erste Ableitung verpasst",
    "inner-gradient-outside-outer-tape.says":
        "Das äußere Band muss sehen, wie die erste Ableitung berechnet wird. In dieser Zeile ist es schon "
        "aus.",
    "inner-gradient-outside-outer-tape.hint":
        "Für die zweite Ableitung ist die erste die Funktion. Wo muss eine Funktion ausgewertet werden, "
        "damit ein Band sie aufnehmen kann?",

    "one-tape-for-second-derivative.title": "Ein Band allein gibt so nicht beide Ableitungen",
    "one-tape-for-second-derivative.says":
        "Die erste Ableitung wurde berechnet, als dieses Band schon aus war; es weiß also nicht, wie sie "
        "von {src} abhängt.",
    "one-tape-for-second-derivative.hint": "Wer nimmt auf, während die erste Ableitung berechnet wird?",

    "nested-tapes-swapped.title": "Inneres und äußeres Band sind vertauscht",
    "nested-tapes-swapped.says":
        "Das zuerst geöffnete Band muss zuletzt gefragt werden. Hier dient das äußere Band für die erste "
        "Ableitung.",
    "nested-tapes-swapped.hint": "Welches der beiden Bänder läuft noch, während das andere gefragt wird?",

    "constant-derivative-none.title": "Die aufgenommene Funktion ist eine Gerade",
    "constant-derivative-none.says":
        "Die aufgenommene Funktion ist in {src} eine Gerade; ihre Steigung hängt nicht mehr von {src} ab, "
        "und die nächste Ableitung hat keine Verbindung.",
    "constant-derivative-none.hint":
        "Vergleiche die aufgenommene Formel Term für Term mit der in der Aufgabe.",

    "tape-deleted-too-early.title": "Das Band wird zu früh gelöscht",
    "tape-deleted-too-early.says": "{tape} wird hier gelöscht, danach aber noch einmal gefragt.",
    "tape-deleted-too-early.hint": "Welche Zeile braucht {tape} zuletzt?",

    "function-returns-none.title": "{fn} gibt nichts zurück",
    "function-returns-none.says":
        "Die Funktion {fn} berechnet einen Wert, gibt aber nichts zurück; du bekommst von ihr None.",
    "function-returns-none.hint": "Was zeigt print({fn}(...))?",

    "tf1-gradients-api.title": "tf.gradients gehört zu TensorFlow 1",
    "tf1-gradients-api.says":
        "tf.gradients gehört zum alten Graph-Modus. In TensorFlow 2 nimmt zuerst ein Band die Rechnung auf.",
    "tf1-gradients-api.hint": "Welches Objekt hat tf.gradients ersetzt, und wann muss man es öffnen?",

    "tf1-session-placeholder.title": "{attr} gehört zu TensorFlow 1",
    "tf1-session-placeholder.says":
        "Platzhalter und Sitzungen stammen aus TensorFlow 1 und gibt es hier nicht. Werte werden heute "
        "sofort berechnet.",
    "tf1-session-placeholder.hint":
        "Wenn später nichts eingesetzt wird: Was könnte den Wert von Anfang an halten?",

    "watched-python-number.title": "Nur Tensoren lassen sich beobachten",
    "watched-python-number.says":
        "Nur Tensoren lassen sich beobachten. {src} ist an dieser Stelle eine Python-Zahl.",
    "watched-python-number.hint": "Was ist type({src}), und wie machst du daraus zuerst einen Tensor?",

    "source-is-python-number.title": "{src} ist eine gewöhnliche Python-Zahl",
    "source-is-python-number.says":
        "{src} ist eine gewöhnliche Python-Zahl; es findet keine TensorFlow-Operation statt, und nichts "
        "kann aufgenommen werden.",
    "source-is-python-number.hint":
        "Im ersten Schritt geht es um die unabhängige Variable. Was für ein Objekt sollte sie werden?",

    "scalar-indexed.title": "Eine Ableitung ist keine Liste",
    "scalar-indexed.says":
        "Bei einer Quelle gibt das Band einen Tensor zurück, keine Liste. Eine einzelne Zahl hat kein "
        "erstes Element.",
    "scalar-indexed.hint": "Wann gibt tape.gradient eine Liste zurück?",

    "list-has-no-numpy.title": "Das ist eine Liste von Gradienten",
    "list-has-no-numpy.says":
        "Zu einer Liste von Quellen bekommst du eine Liste von Gradienten, und die Liste selbst hat kein "
        "{attr}.",
    "list-has-no-numpy.hint": "Welche Form hat die Antwort, wenn du zwei Quellen übergibst?",

    "apply-gradients-swapped.title": "Erst der Gradient, dann die Variable",
    "apply-gradients-swapped.says":
        "Der Optimierer erwartet Paare: zuerst der Gradient, dann die Variable. Hier steht {var} zuerst.",
    "apply-gradients-swapped.hint": "Was von beiden in jedem Paar wird geändert?",

    "apply-gradients-not-paired.title": "apply_gradients will Paare",
    "apply-gradients-not-paired.says":
        "apply_gradients will eine Liste von Paaren, jeweils ein Gradient und seine Variable. {grad} ist "
        "keine.",
    "apply-gradients-not-paired.hint": "Was erzeugt zip, und was übergibst du hier?",

    "caret-as-power.title": "^ ist in Python keine Potenz",
    "caret-as-power.says": "In Python ist ^ keine Potenz, sondern eine bitweise Operation auf ganzen Zahlen.",
    "caret-as-power.hint": "Welchen Operator haben die früheren Lektionen für ein Quadrat benutzt?",

    "implicit-multiplication.title": "Ein Malzeichen fehlt",
    "implicit-multiplication.says":
        "{op} direkt vor einer Klammer ist in Python ein Funktionsaufruf, kein Produkt.",
    "implicit-multiplication.hint": "Welches Zeichen lassen wir auf Papier weg, im Code aber nicht?",

    "syntax-number-times-name.title": "Ein Malzeichen fehlt",
    "syntax-number-times-name.says":
        "Eine Zahl, auf die direkt Buchstaben folgen, liest Python als kaputte Zahl.",
    "syntax-number-times-name.hint": "Welches Zeichen lassen wir auf Papier weg, im Code aber nicht?",

    "float-types-mixed.title": "{dtype} trifft auf {other}",
    "float-types-mixed.says":
        "TensorFlow mischt Zahlentypen nicht von allein: Ein Operand ist {dtype}, der andere {other}.",
    "float-types-mixed.hint": "Gib von beiden den dtype aus. Welche Zeile hat ihn festgelegt?",

    "pow-integer-base.title": "Ein ganzzahliger Tensor als Basis",
    "pow-integer-base.says":
        "Die Basis {src} ist ein ganzzahliger Tensor, der Exponent ein Gleitkomma-Tensor; TensorFlow mischt "
        "die beiden nicht.",
    "pow-integer-base.hint": "Wie muss die Basis geschrieben sein, damit beide denselben Typ haben?",

    "python-list-of-tensors-target.title": "Die Ausgaben stehen in einer Python-Liste",
    "python-list-of-tensors-target.says":
        "Die Ausgaben stehen in einer Python-Liste; die Jacobi-Matrix braucht sie in einem Tensor.",
    "python-list-of-tensors-target.hint":
        "Welche Funktion packt mehrere Skalare in einen Tensor, und wo muss sie aufgerufen werden?",

    "model-object-as-source.title": "{src} enthält die Variablen nur",
    "model-object-as-source.says":
        "Als Quelle braucht das Band die Variablen selbst, nicht das Objekt, das sie enthält.",
    "model-object-as-source.hint": "Welches Attribut des Objekts zählt seine Variablen auf?",

    "variable-created-in-tf-function.title": "Eine Variable entsteht in einer tf.function",
    "variable-created-in-tf-function.says":
        "Eine tf.function wird einmal nachgezeichnet und wiederverwendet; sie darf nicht bei jedem Aufruf "
        "eine neue Variable machen.",
    "variable-created-in-tf-function.hint":
        "Was soll einmal entstehen, und was soll bei jedem Aufruf geschehen?",

    "numpy-in-tf-function.title": "In einer tf.function gibt es noch keine Zahlen",
    "numpy-in-tf-function.says":
        "Während die Funktion nachgezeichnet wird, haben Tensoren noch keine Werte; .numpy() kann hier "
        "nicht gehen.",
    "numpy-in-tf-function.hint":
        "Wann gibt es die Zahlen: in der nachgezeichneten Funktion oder nach ihrer Rückkehr?",

    "source-shadowed-in-function.title": "Die Funktion macht ihr eigenes {src}",
    "source-shadowed-in-function.says":
        "In der Funktion entsteht ein neues {src}; das äußere wird nie benutzt.",
    "source-shadowed-in-function.hint": "Welche der beiden Variablen dieses Namens kommt in die Formel?",

    "formula-uses-other-variable.title": "Die Formel benutzt {other}",
    "formula-uses-other-variable.says":
        "Die aufgenommene Formel hängt von {other} ab, gefragt ist aber nach {src}.",
    "formula-uses-other-variable.hint":
        "Vergleiche den Buchstaben in der Formel mit dem im Gradienten-Aufruf.",

    "number-substituted-for-x.title": "In der Formel steht eine Zahl statt {src}",
    "number-substituted-for-x.says": "Die Formel enthält die Zahl selbst; {src} kommt darin gar nicht vor.",
    "number-substituted-for-x.hint": "Wenn sich die Variable änderte: Gäbe diese Zeile ein anderes Ergebnis?",

    "python-value-frozen-by-tracing.title": "Die nachgezeichnete Funktion behält die alte Zahl",
    "python-value-frozen-by-tracing.says":
        "Die Funktion wurde mit dem ersten Wert von {src} nachgezeichnet, und diese Zahl steht jetzt fest "
        "im Graphen. Den Python-Namen später zu ändern, wirkt nicht.",
    "python-value-frozen-by-tracing.hint":
        "Wie oft läuft der Python-Code in der Funktion wirklich? Setz ein print hinein.",

    "term-sign-error.title": "Ein Vorzeichen ist umgedreht",
    "term-sign-error.says":
        "Ein Term der aufgenommenen Funktion hat das umgekehrte Vorzeichen wie in der Aufgabe.",
    "term-sign-error.says/term": "Dein Term Nummer {nth} ist {mine}; in der Aufgabe steht {theirs}.",
    "term-sign-error.says/theirs":
        "In der Aufgabe steht {theirs}; in der aufgenommenen Funktion hat dieser Term das umgekehrte "
        "Vorzeichen.",
    "term-sign-error.hint":
        "Lies die Formel in der Aufgabe und in deinem Code Term für Term. Wo gehen sie auseinander?",

    "term-missing.title": "Ein Term fehlt",
    "term-missing.says": "Die aufgenommene Funktion hat weniger Terme als die in der Aufgabe.",
    "term-missing.says/theirs":
        "In der aufgenommenen Funktion fehlt der Term {theirs}; in der Aufgabe steht er.",
    "term-missing.hint": "Zähl die Terme auf dem Papier und im Code. Sind es gleich viele?",

    "term-added.title": "Ein Term zu viel",
    "term-added.says": "Alle Terme der Aufgabe sind da, und noch einer mehr.",
    "term-added.hint": "Welcher deiner Terme hat in der Aufgabe keinen Partner?",

    "wrong-exponent-or-coefficient.title": "Eine Potenz oder ein Faktor weicht ab",
    "wrong-exponent-or-coefficient.says":
        "Die Potenzen oder Faktoren der aufgenommenen Funktion passen nicht zur Aufgabe.",
    "wrong-exponent-or-coefficient.says/term":
        "Dein Term Nummer {nth} ist {mine}; in der Aufgabe steht {theirs}.",
    "wrong-exponent-or-coefficient.says/theirs":
        "In der Aufgabe steht {theirs}; in der aufgenommenen Funktion steht dort eine andere Zahl.",
    "wrong-exponent-or-coefficient.hint":
        "Welcher Term wächst in der Aufgabe am schnellsten, und welcher in deinem Code?",

    "derivative-typed-as-function.title": "Zweimal abgeleitet",
    "derivative-typed-as-function.says":
        "Diese Zeile nimmt die Ableitung auf, die du selbst ausgerechnet hast; das Band leitet sie noch "
        "einmal ab.",
    "derivative-typed-as-function.hint": "Wer soll hier ableiten, du oder das Band?",

    "log-base-ten.title": "Der Logarithmus zur Basis 10",
    "log-base-ten.says":
        "Du benutzt den Logarithmus zur Basis 10. In TensorFlow und in diesem Kurs ist log der natürliche "
        "Logarithmus.",
    "log-base-ten.hint": "Was ist die Ableitung des natürlichen Logarithmus, und was ist sie zur Basis 10?",

    "look-alike-function.title": "Eine Funktion, die nur so aussieht",
    "look-alike-function.says":
        "Eine Funktion in dieser Formel ist nicht die aus der Aufgabe; nur ihr Name sieht ähnlich aus.",
    "look-alike-function.says/theirs":
        "In der Aufgabe steht {theirs}; die aufgenommene Funktion benutzt dort eine andere mit ähnlichem "
        "Namen.",
    "look-alike-function.says/term":
        "Dein Term Nummer {nth} ist {mine}; in der Aufgabe steht {theirs}. Das sind verschiedene "
        "Funktionen.",
    "look-alike-function.hint":
        "Vergleiche die Namen der Funktionen Buchstabe für Buchstabe. Was tun sie bei großen Zahlen?",

    "exponent-missing-parentheses.title": "Um den Exponenten fehlen Klammern",
    "exponent-missing-parentheses.says":
        "Die Potenz bindet stärker als Produkt und Summe; hier steht nur der erste Teil im Exponenten.",
    "exponent-missing-parentheses.hint": "Was rechnet Python in dieser Zeile zuerst?",

    "denominator-missing-parentheses.title": "Im Nenner fehlen Klammern",
    "denominator-missing-parentheses.says":
        "Geteilt wird nur durch den ersten Teil; der Rest steht neben dem Bruch statt im Nenner.",
    "denominator-missing-parentheses.hint":
        "Welcher Teil der Formel steht auf dem Papier unter dem Bruchstrich?",

    "parentheses-missing.title": "Ein Paar Klammern fehlt",
    "parentheses-missing.says":
        "Ohne die Klammern fasst Python diese Formel anders zusammen als die Aufgabe.",
    "parentheses-missing.hint":
        "In welcher Reihenfolge rechnet Python diese Zeile? Wo bräuchtest du auf dem Papier Klammern?",

    "minus-inside-power.title": "Das Minus steht in der Potenz",
    "minus-inside-power.says":
        "Hier wird auch das Minus potenziert; damit ändert sich das Vorzeichen des Terms.",
    "minus-inside-power.hint": "Gehört das Minus in der Aufgabe zu dem, was potenziert wird?",

    "integer-division-exponent.title": "// schneidet den Bruch ab",
    "integer-division-exponent.says":
        "Der doppelte Schrägstrich schneidet die Nachkommastellen ab; der Exponent ist {val}.",
    "integer-division-exponent.hint":
        "Gib nur den Exponenten aus. Was ist er mit einem Schrägstrich, was mit zweien?",

    "degrees-not-radians.title": "Der Winkel ist in Grad",
    "degrees-not-radians.says":
        "Sinus und Kosinus erwarten in TensorFlow das Bogenmaß, und {val} im Bogenmaß sind mehrere volle "
        "Umdrehungen.",
    "degrees-not-radians.hint": "Welche Zahl ist für tf.sin eine volle Umdrehung?",

    "rounded-constant.title": "Eine gerundete Konstante",
    "rounded-constant.says": "Die gerundete Konstante {val} verschiebt die Stellen des Ergebnisses.",
    "rounded-constant.says/pi": "Mit {val} statt pi stimmt schon die dritte Stelle nicht.",
    "rounded-constant.says/e": "{val} ist nur ungefähr e; TensorFlow hat die genaue Funktion.",
    "rounded-constant.hint": "Wie viele Stellen der Konstante hast du getippt? Woher bekommst du alle?",

    "mean-instead-of-sum.title": "Der Mittelwert ist nicht die Summe",
    "mean-instead-of-sum.says":
        "Der Mittelwert teilt durch die Anzahl der Elemente; jede partielle Ableitung ist um diesen Faktor "
        "zu klein.",
    "mean-instead-of-sum.says/sum":
        "Die Summe teilt nicht durch die Anzahl der Elemente; jede partielle Ableitung ist um diesen Faktor "
        "zu groß.",
    "mean-instead-of-sum.hint": "Um welchen Faktor weicht deine Antwort ab, und woher könnte er kommen?",

    "wrong-point.title": "Die richtige Funktion an einer anderen Stelle",
    "wrong-point.says":
        "Deine Funktion stimmt, aber sie wird bei {src} = {val} ausgewertet. Die Aufgabe fragt nach einer "
        "anderen Stelle.",
    "wrong-point.hint":
        "Vergleiche die Zahl in deiner Variablen mit der in der Frage, auch das Vorzeichen. Was ist anders?",

    "different-function.title": "Eine andere Funktion wurde aufgenommen",
    "different-function.says":
        "Die aufgenommene Funktion ist nicht die der Aufgabe; sie weicht an mehr als einer Stelle ab.",
    "different-function.says/terms":
        "Diese Terme der Aufgabe haben in der aufgenommenen Funktion keinen Partner: {theirs}.",
    "different-function.hint":
        "Welchen Teil der Formel aus der Aufgabe berechnet diese Zeile, und welchen nicht?",

    "singular-derivative.title": "Eine unendliche Steigung",
    "singular-derivative.says":
        "An dieser Stelle hat {op} eine senkrechte Tangente oder eine Lücke; die Ableitung ist keine "
        "endliche Zahl.",
    "singular-derivative.hint":
        "Welcher Wert kommt hier bei dieser Operation an, und ist es der aus der Aufgabe?",

    "nan-through-where.title": "Der nicht gewählte Zweig verdirbt den Gradienten",
    "nan-through-where.says":
        "Der Wert stimmt, aber das Band geht auch durch den nicht gewählten Zweig, und dort ist die "
        "Ableitung unendlich. Null mal unendlich gibt NaN.",
    "nan-through-where.hint":
        "Was ist die Ableitung des nicht gewählten Zweigs an dieser Stelle? Wie ließe sich seine Eingabe "
        "unschädlich machen?",

    "outside-domain.title": "An dieser Stelle gibt es keinen Wert",
    "outside-domain.says":
        "{op} hat für die Zahl, die dort ankommt, keinen Wert: {tgt} ist hier selbst NaN, und die Steigung "
        "hat keine Bedeutung.",
    "outside-domain.says/formula":
        "{op} bekommt in dieser Zeile eine Zahl, für die es keinen Wert hat: {tgt} ist selbst NaN, und die "
        "Steigung hat keine Bedeutung.",
    "outside-domain.hint":
        "Für welche Zahlen ist diese Funktion überhaupt definiert? Vergleiche mit deiner Variablen.",

    "value-reported-not-slope.title": "Die Höhe ist nicht die Steigung",
    "value-reported-not-slope.says": "Das ist die Höhe der Kurve an der Stelle, nicht ihre Steilheit.",
    "value-reported-not-slope.hint":
        "Welche Frage beantwortet {tgt}, und welche beantwortet die Ableitung davon?",

    "slope-as-y-over-x.title": "y/x ist die Steigung einer anderen Geraden",
    "slope-as-y-over-x.says":
        "y/x ist die Steigung der Geraden vom Ursprung zum Punkt, nicht die der Kurve in diesem Punkt.",
    "slope-as-y-over-x.hint":
        "Zeichne die Gerade, deren Steigung du berechnet hast. Berührt sie die Kurve im Punkt, oder "
        "schneidet sie sie?",

    "finite-difference-instead-of-tape.title": "Ein Differenzenquotient statt des Bands",
    "finite-difference-instead-of-tape.says":
        "Der Differenzenquotient nähert die Steigung nur an, und die Schrittweite zeigt sich in den "
        "Stellen. Die Aufgabe verlangt das Band.",
    "finite-difference-instead-of-tape.hint":
        "Was passiert mit deinen Stellen, wenn du die Schrittweite änderst? Welches Verfahren braucht "
        "keine?",

    "hard-coded-answer.title": "Die Zahl ist eingetippt",
    "hard-coded-answer.says":
        "Die Zahl ist eingetippt, nicht berechnet. An einer anderen Stelle bliebe sie dieselbe.",
    "hard-coded-answer.hint":
        "Was würde dein Programm ausgeben, wenn nach einer anderen Stelle gefragt wäre?",

    "first-for-second-derivative.title": "Einmal zu wenig abgeleitet",
    "first-for-second-derivative.says":
        "Dieser Wert ist eine niedrigere Ableitung: wie schnell sich die Größe ändert. Gefragt ist, wie "
        "schnell sich diese Rate selbst ändert.",
    "first-for-second-derivative.hint": "Wie oft musst du für das Gefragte ableiten?",

    "derivative-squared.title": "Die zweite Ableitung ist kein Quadrat",
    "derivative-squared.says":
        "Die Schreibweise d2y/dx2 heißt nicht, die Steigung zu quadrieren, sondern sie noch einmal "
        "abzuleiten.",
    "derivative-squared.hint": "Wessen Änderungsrate suchst du: die von y oder die der Steigung?",

    "mixed-vs-pure-second.title": "Zweimal nach derselben Variablen",
    "mixed-vs-pure-second.says":
        "Beide Ableitungen sind nach {src} genommen. Die gemischte Ableitung wechselt zwischen den "
        "Schritten die Variable.",
    "mixed-vs-pure-second.hint": "Wofür steht in f_xy jeder der beiden Buchstaben?",

    "partials-swapped.title": "Die partiellen Ableitungen stehen in anderer Reihenfolge",
    "partials-swapped.says":
        "Die Gradienten kommen in der Reihenfolge der Quellen zurück, und diese Namen folgen nicht der "
        "gefragten Reihenfolge.",
    "partials-swapped.hint":
        "Schreib die Liste der Quellen über die Namen, in die du entpackst. Passen sie zusammen?",

    "partials-added.title": "Partielle Ableitungen werden nicht addiert",
    "partials-added.says":
        "Jede partielle Ableitung beantwortet ihre eigene Frage. Ihre Summe ist nicht die Ableitung der "
        "Funktion.",
    "partials-added.hint": "In welche Richtung müsstest du gehen, damit die Summe etwas bedeutet?",

    "derivative-wrt-intermediate.title": "Nur das letzte Glied der Kette",
    "derivative-wrt-intermediate.says":
        "Das ist die Ableitung nach dem Zwischenergebnis {src}, also nur das letzte Glied der Kette.",
    "derivative-wrt-intermediate.hint":
        "Welche zwei Größen stehen in dem gefragten Symbol? Wie viele Glieder liegen dazwischen?",

    "gradient-sums-vector-target.title": "gradient summiert über alle Ausgaben",
    "gradient-sums-vector-target.says":
        "Bei einem Vektor als Ergebnis summiert gradient die Ableitungen aller Komponenten. Du brauchst sie "
        "einzeln.",
    "gradient-sums-vector-target.hint":
        "Wie viele Zahlen sollte die Antwort haben, und wie viele hast du? Welche andere Methode des Bands "
        "hält sie getrennt?",

    "jacobian-transposed.title": "Zeilen und Spalten sind vertauscht",
    "jacobian-transposed.says":
        "Zeilen und Spalten sind vertauscht: In der Jacobi-Matrix gehört jede Zeile zu einer Ausgabe.",
    "jacobian-transposed.hint": "Welcher Index zählt in J[i, j] die Ausgaben?",

    "hessian-by-gradient.title": "Die Zeilen der Hesse-Matrix wurden addiert",
    "hessian-by-gradient.says":
        "Der äußere Gradient addiert die Zeilen der Hesse-Matrix. Heraus kommt ein Vektor statt einer "
        "Matrix.",
    "hessian-by-gradient.hint":
        "Wie viele zweite Ableitungen hat eine Funktion von zwei Variablen? Welche Methode liefert alle?",

    "batch-jacobian-on-coupled-inputs.title": "Diese Zeilen sind keine einzelnen Proben",
    "batch-jacobian-on-coupled-inputs.says":
        "batch_jacobian nimmt an, dass jede Zeile eine eigene Probe ist. Hier gehen die Zeilen in dieselbe "
        "Formel ein; die Beiträge werden addiert.",
    "batch-jacobian-on-coupled-inputs.hint":
        "Ist deine erste Achse eine Liste von Proben oder sind es die Koordinaten eines Punktes?",

    "monotonicity-from-value.title": "Das Vorzeichen des Werts sagt nichts über die Richtung",
    "monotonicity-from-value.says":
        "Ob der Funktionswert positiv ist, sagt, wo die Kurve liegt, nicht, wohin sie geht.",
    "monotonicity-from-value.hint":
        "Kann eine positive Größe kleiner werden? Welche Zahl sagt dir die Richtung?",

    "monotonicity-inverted.title": "Die Steigung ist verkehrt herum gelesen",
    "monotonicity-inverted.says": "Die Steigung stimmt, aber sie wird verkehrt herum gelesen.",
    "monotonicity-inverted.hint":
        "Geh auf einer Kurve mit negativer Steigung von links nach rechts. Geht es bergauf oder bergab?",

    "extremum-from-zero-gradient.title": "Gradient null ist noch kein Minimum",
    "extremum-from-zero-gradient.says":
        "Ein Gradient von null sagt nur, dass die Stelle kritisch ist. Es kann ein Minimum, ein Maximum "
        "oder ein Sattel sein.",
    "extremum-from-zero-gradient.hint":
        "Wie sieht die Fläche aus, wenn du die Stelle entlang jeder Achse verlässt?",

    "concavity-from-slope.title": "Die Steigung sagt nichts über die Krümmung",
    "concavity-from-slope.says":
        "Die Steigung sagt, ob die Kurve steigt oder fällt, nicht, wie sie sich krümmt.",
    "concavity-from-slope.hint": "Welche Ableitung beschreibt, wie sich die Steigung ändert?",

    "ascent-for-descent-direction.title": "Dieser Vektor zeigt in die Gegenrichtung",
    "ascent-for-descent-direction.says": "Der Gradient zeigt bergauf, gefragt ist der Weg bergab.",
    "ascent-for-descent-direction.hint":
        "Wenn du einen kleinen Schritt entlang deines Vektors gehst: Wächst f oder schrumpft es?",

    "direction-not-normalised.title": "Die Richtung ist kein Einheitsvektor",
    "direction-not-normalised.says":
        "Der Richtungsvektor hat die Länge {val}; das Ergebnis ist um diesen Faktor zu groß.",
    "direction-not-normalised.hint":
        "Wie weit gehst du entlang dieses Vektors? Und wie weit sollte \"pro Längeneinheit\" sein?",

    "tangent-intercept.title": "Die Höhe im Punkt ist nicht der Achsenabschnitt",
    "tangent-intercept.says":
        "Die Höhe im Punkt ist nicht die Höhe, in der die Gerade die y-Achse schneidet.",
    "tangent-intercept.hint":
        "Setz das x des Punktes in deine Geradengleichung ein. Landest du auf der Kurve?",

    "product-of-derivatives.title": "Die Produktregel wurde übersprungen",
    "product-of-derivatives.says": "Die Steigung eines Produkts ist nicht das Produkt der beiden Steigungen.",
    "product-of-derivatives.hint": "Probier deine Regel an x mal x. Stimmt sie?",

    "chain-link-missing.title": "Ein Glied der Kette fehlt",
    "chain-link-missing.says":
        "Das Produkt der Glieder muss den ganzen Weg zwischen den beiden Größen abdecken. Eines ist doppelt "
        "gezählt oder fehlt.",
    "chain-link-missing.hint":
        "Schreib die Ableitung als Produkt von Gliedern mit allen Namen. Welcher Faktor fehlt?",

    "answer-form-not-as-asked.title": "Gefragt ist ein Wort",
    "answer-form-not-as-asked.says": "Die Steigung stimmt. Die Frage ist, was sie für die Kurve bedeutet.",
    "answer-form-not-as-asked.hint": "Steigt oder fällt die Kurve von links nach rechts?",

    "custom-gradient-ignores-upstream.title": "Die Rückwärtsfunktion ignoriert, was ankommt",
    "custom-gradient-ignores-upstream.says":
        "Die Rückwärtsfunktion ignoriert, was von den späteren Operationen ankommt; die Kettenregel endet "
        "hier.",
    "custom-gradient-ignores-upstream.hint":
        "Was bedeutet das Argument der inneren Funktion in der Kettenregel?",

    "newton-step-as-descent.title": "Der Newton-Schritt braucht die Krümmung",
    "newton-step-as-descent.says":
        "Der Schritt benutzt nur die Steigung; der Newton-Schritt berücksichtigt auch die Krümmung.",
    "newton-step-as-descent.hint": "Was passiert mit der Schrittweite, wenn sich die Kurve stärker krümmt?",

    "force-sign.title": "Das Vorzeichen passt noch nicht",
    "force-sign.says": "Die Ableitung der Energie stimmt, aber eine Kraft zeigt zu niedrigerer Energie.",
    "force-sign.says/sign": "Die Ableitung stimmt, aber die gefragte Größe hat das umgekehrte Vorzeichen.",
    "force-sign.hint": "In welche Richtung zieht eine gespannte Feder?",
    "force-sign.hint/sign": "Wie entsteht die gefragte Größe aus der Ableitung?",

    "loss-on-one-sample.title": "Nur ein Datenpunkt geht in den Fehler ein",
    "loss-on-one-sample.says":
        "Nur ein Datenpunkt geht in den Fehler ein, aber die Aufgabe mittelt über alle.",
    "loss-on-one-sample.hint": "Wie viele Datenpunkte erreichen deinen Fehler?",

    "descent-sign.title": "Dieser Schritt geht in die falsche Richtung",
    "descent-sign.says": "Dieser Schritt geht bergauf: Der Gradient zeigt dorthin, wo der Fehler wächst.",
    "descent-sign.says/ascent": "Dieser Schritt geht bergab, gefragt ist aber der Weg bergauf.",
    "descent-sign.hint":
        "Vergleiche die Funktion vor und nach dem Schritt. Hat sie sich bewegt, wie sie soll?",

    "learning-rate-missing.title": "Die Lernrate fehlt",
    "learning-rate-missing.says": "Der ganze Gradient dient als Schritt; die Lernrate kommt nicht vor.",
    "learning-rate-missing.hint": "Wie groß ist der Schritt hier, und wie groß sollte er laut Aufgabe sein?",

    "assign-overwrites.title": "assign vergisst den alten Wert",
    "assign-overwrites.says":
        "assign ersetzt den alten Wert; übrig bleibt nur der Schritt selbst, nicht alter Wert plus Schritt.",
    "assign-overwrites.hint": "Was steht nach dem zweiten Schritt in der Variablen?",

    "tape-outside-loop.title": "Einmal aufgenommen, für alle Schritte benutzt",
    "tape-outside-loop.says":
        "Die Funktion wird nur einmal vor der Schleife aufgenommen; jeder Schritt benutzt die Steigung am "
        "Startpunkt.",
    "tape-outside-loop.hint":
        "Gib den Gradienten in jeder Runde aus. Sollte die Steigung gleich bleiben, während sich die "
        "Variable bewegt?",

    "step-count-off-by-one.title": "Eine andere Zahl von Schritten",
    "step-count-off-by-one.says":
        "Dein Programm macht eine andere Zahl von Schritten, als die Aufgabe verlangt.",
    "step-count-off-by-one.hint": "Wie oft läuft der Rumpf der Schleife?",

    "gradient-inside-context.title": "Gefragt, während das Band noch läuft",
    "gradient-inside-context.says":
        "Die Antwort stimmt. Bei einer ersten Ableitung gehört der Aufruf hinter den Block; darin nimmt das "
        "Band womöglich auch das Ableiten selbst auf.",
    "gradient-inside-context.hint": "Wann ist es nützlich, dass auch das Ableiten aufgenommen wird?",

    "jacobian-inside-context.title": "Das Band läuft noch",
    "jacobian-inside-context.says":
        "Das Ergebnis stimmt, aber das Band läuft noch und nimmt womöglich auch die Arbeit des Ableitens "
        "auf.",
    "jacobian-inside-context.hint": "Welche Einrückung beendet die Aufnahme?",

    "graph-branch-by-numpy.title": "Eine nackte Zahl wählt den Zweig",
    "graph-branch-by-numpy.says":
        "Hier ist das in Ordnung: Der Vergleich wählt nur den Zweig. Ein einfacher Vergleich mit der "
        "Variablen tut dasselbe.",
    "graph-branch-by-numpy.hint": "Geht die nackte Zahl in die Formel ein oder nur in die Entscheidung?",

    "none-tensor-comparison.title": "Ein Tensor im Vergleich mit einer Zahl",
    "none-tensor-comparison.says":
        "In Ordnung, wie es ist. Mit .numpy() oder float() ginge es um eine gewöhnliche Zahl.",
    "none-tensor-comparison.hint": "Welchen Typ hat der Vergleich?",

    "hard-coded-answer.title/word": "Die Antwort ist eingetippt",
    "hard-coded-answer.says/word":
        "Das Wort ist eingetippt; kein Band wurde gefragt. Bei einer anderen Funktion bliebe es dasselbe.",
    "hard-coded-answer.hint/word":
        "Welche Zahl entscheidet zwischen den Wörtern, und wer könnte sie für dich berechnen?",

    "descent-sign.says/newton":
        "Newtons Schritt wird abgezogen: Addiert führt Steigung durch Krümmung von der Nullstelle weg.",

    "hard-coded-answer.says/by-hand":
        "Diese Zahl kommt nicht vom Band: Die Ableitung wurde von Hand ausgerechnet.",
    "hard-coded-answer.hint/by-hand":
        "Was müsstest du in dieser Zeile ändern, wenn die Funktion eine andere wäre? Was bräuchte das Band?",

    "state-blocks-gradient.title/picked": "Eine Zuweisung ist kein Glied der Kette",
    "state-blocks-gradient.says/picked":
        "Diese Antwort lässt den Gradienten durch eine Zuweisung laufen. Zuweisen kopiert eine Zahl in den "
        "Zustand der Variablen, sonst nichts.",

    "non-differentiable-op.title/picked": "Eine Treppe hat keine Steigung, der man folgen könnte",
    "non-differentiable-op.says/picked":
        "Diese Antwort behandelt die Operation wie eine glatte. Ihr Graph ist eine Treppe, fast überall flach.",

    "slope-as-y-over-x.says/picked":
        "Diese Antwort ist y/x: die Steigung der Geraden vom Ursprung zum Punkt, nicht die der Kurve in "
        "diesem Punkt.",

    "value-reported-not-slope.says/picked":
        "Diese Antwort ist die Höhe der Kurve an der Stelle, nicht ihre Steilheit.",

    "wrong-point.says/picked": "Diese Antwort ist die Steigung an einer anderen Stelle als der gefragten.",

    "term-sign-error.says/picked":
        "Diese Antwort kommt heraus, wenn ein Term der Funktion das umgekehrte Vorzeichen hat.",

    "wrong-exponent-or-coefficient.says/picked":
        "Diese Antwort kommt heraus, wenn eine Potenz oder ein Faktor der Funktion anders ist.",

    "term-missing.says/picked": "Diese Antwort kommt heraus, wenn ein Term der Funktion fehlt.",

    "derivative-typed-as-function.says/picked":
        "Diese Antwort ist die Ableitung der Ableitung: Es wurde einmal zu oft abgeleitet.",

    "monotonicity-inverted.says/concavity":
        "Die zweite Ableitung stimmt, aber sie wird verkehrt herum gelesen.",
    "monotonicity-inverted.hint/concavity":
        "Wächst oder schrumpft die Steigung eines Tals von links nach rechts?",
}
