"""Time the reading of 1 MB of French into plain words: prose, and text dense with figures.

    .venv/bin/python bench/bench_french.py

Processor time of one core, best of three; both must stay under 5 s. Numbers change from line to
line, so that no cache helps more than it would in a real document.
"""

import time

from ess_access.french.speech import spoken

SIZE = 1_000_000
RUNS = 3
PROSE = """La mutuelle accompagne ses adhérent·e·s tout au long de leur vie, dans les moments
simples comme dans les moments difficiles. Vous pouvez nous écrire, nous appeler ou venir nous voir
dans l’agence la plus proche de chez vous, du lundi au vendredi. Les garanties sont expliquées à la
page {n} de ce guide, avec des exemples concrets et les coordonnées de votre conseiller.
"""
DENSE = """Le {d:02}/03/2025 à {h}h30, la mutuelle (SIREN 732 829 320) rembourse {p} % de {n},50 €,
soit {n} € par acte, art. L. 221-{d} du code. Tél. : 01 23 45 {d:02} {p}. Forfait : {n} €/an,
2 paires/2 ans, 100 % BR – {p} % si hors parcours ; {h}-{p} ans ; loi n° 2014-{n} du {d} juillet.
"""


def _text(pattern: str) -> str:
    parts: list[str] = []
    size = number = 0
    while size < SIZE:
        number += 1
        parts.append(
            pattern.format(
                n=number % 9973, d=number % 28 + 1, h=number % 11 + 8, p=number % 80 + 20
            )
        )
        size += len(parts[-1].encode())
    return "\n".join(parts)


def main() -> None:
    """Print the seconds that each text takes."""
    spoken(PROSE + DENSE)
    for name, pattern in (("prose", PROSE), ("figures", DENSE)):
        text = _text(pattern)
        best = float("inf")
        for _ in range(RUNS):
            start = time.process_time()
            spoken(text)
            best = min(best, time.process_time() - start)
        print(f"{name}: {len(text.encode()) / 1e6:.2f} MB in {best:.2f} s (at most 5)")


if __name__ == "__main__":
    main()
