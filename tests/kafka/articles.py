"""Synthetic wire articles: invented people, real-looking form (captions, dateline, sub-head, end mark).

The same seed gives the same articles. stories() makes a stream with re-sends, copies of another
agency, corrections and kills for the tests; long_articles() makes many distinct ones fast, about
6 KB each, for the bench.
"""
import dataclasses
import random

MONTHS = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
CITIES = ["Beijing", "Oslo", "Nairobi", "Lima", "Moscow", "Geneva", "Jakarta", "Ottawa", "Vienna", "Accra", "Hanoi",
          "Tunis", "Quito", "Riga", "Seoul", "Dakar"]
COUNTRIES = ["China", "Norway", "Kenya", "Peru", "Russia", "Switzerland", "Indonesia", "Canada", "Austria", "Ghana",
             "Viet Nam", "Tunisia", "Ecuador", "Latvia", "South Korea", "Senegal"]
BODIES = ["the United Nations", "the World Health Organization", "the African Union", "the European Commission",
          "the International Monetary Fund", "the World Bank"]
ROLES = ["minister of transport", "harbour master", "head of the regional grid", "chief hydrologist", "trade envoy",
         "union leader", "mayor", "spokeswoman for the ministry", "director of the institute", "coach"]
VERBS = ["approved", "postponed", "reviewed", "rejected", "presented", "widened", "signed", "audited", "defended"]
THINGS = ["a plan to rebuild the northern rail line", "the spring irrigation budget", "an accord on river freight",
          "the draft of the fisheries law", "a programme for rural clinics", "the inquiry into the grid failure",
          "a tender for forty ferries", "new rules for grain storage", "the survey of the coastal dikes",
          "an exchange of young engineers", "the export quota for timber", "a fund for flood insurance"]
REASONS = ["after two days of talks", "despite objections from the opposition", "as prices kept rising",
           "before the rainy season", "in line with an earlier agreement", "under pressure from growers",
           "with support from neighbouring states", "following a visit by inspectors"]
SUBHEADS = ["RIVER TRADE", "NEXT STEPS", "COSTS AND DOUBTS", "A LONG ROAD", "VIEW FROM THE COAST"]
SYLLABLES = ["ka", "ven", "tor", "li", "mar", "sho", "dre", "bel", "un", "zi", "pra", "lo", "hem", "quo", "rin", "tas"]
DATELINES = {
    "Xinhua": "{upper}, {month} {day} (Xinhua) -- ",
    "Reuters": "{upper}, {month} {day} (Reuters) - ",
    "AP": "{upper} (AP) -- ",
    "AFP": "{upper}, {month} {day} (AFP) - ",
}
AGENCIES = list(DATELINES)


@dataclasses.dataclass(frozen=True)
class Article:
    story: int
    kind: str  # original, resend, copy (of another agency), correction, kill
    text: str


class Writer:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def word(self):
        return "".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 3))).capitalize()

    def person(self):
        return f"{self.word()} {self.word()}"

    def sentence(self):
        pick = self.random.choice
        number = self.random.randint(11, 98765)
        return pick([
            lambda: f"{self.person()}, {pick(ROLES)} in {pick(CITIES)}, {pick(VERBS)} {pick(THINGS)} {pick(REASONS)}.",
            lambda: f"{pick(COUNTRIES)} and {pick(COUNTRIES)} {pick(VERBS)} {pick(THINGS)} worth {number} million "
                    f"dollars, according to {pick(BODIES)}.",
            lambda: f"\"We counted {number} households along the {self.word()} canal,\" said {self.person()}, "
                    f"{pick(ROLES)}.",
            lambda: f"The {self.word()} company said that it had {pick(VERBS)} {pick(THINGS)} {pick(REASONS)}, and "
                    f"that {number} people would be told by the end of the month.",
            lambda: f"In {pick(CITIES)}, {self.person()} {pick(VERBS)} {pick(THINGS)}; {pick(BODIES)} had asked for "
                    f"{number} tonnes.",
        ])()

    def caption(self, agency, city, month, day):
        return (f"{self.person()}, {self.random.choice(ROLES)}, speaks at a meeting in {city}, {month} {day}, 2024. "
                f"({agency}/{self.person()})")

    def body(self, sentences):
        return [" ".join(sentences[at:at + 2]) for at in range(0, len(sentences), 2)]

    def article(self, agency, body, captions=1):
        """The captions before and after, the dateline, the body with one sub-head, the end mark."""
        city, month, day = self.random.choice(CITIES), self.random.choice(MONTHS), self.random.randint(1, 28)
        lines = [self.caption(agency, city, month, day) for _ in range(captions)]
        dateline = DATELINES[agency].format(upper=city.upper(), month=month, day=day)
        middle = len(body) // 2
        end = " Enditem" if agency == "Xinhua" else ""
        return "\n".join([*lines[:1], dateline + body[0], *body[1:middle], self.random.choice(SUBHEADS),
                          *body[middle:-1], body[-1] + end, *lines[1:]])


def _related(writer, original, agency, body, story):
    """What follows an original later on the wire; most stories have nothing."""
    dice = writer.random.random()
    if dice < 0.20:
        return [Article(story, "resend", original) for _ in range(writer.random.randint(1, 2))]
    if dice < 0.25:
        other = writer.random.choice([a for a in AGENCIES if a != agency])
        return [Article(story, "copy", writer.article(other, body))]
    if dice < 0.28:
        return [Article(story, "correction", "CORRECTED: " + writer.sentence() + "\n" + original)]
    if dice < 0.30:
        return [Article(story, "kill", "KILL: " + writer.sentence() + "\n" + original)]
    return []


def stories(count, seed=1, sentences=10):
    """A stream of exactly `count` articles; what belongs to a story comes after its original."""
    writer = Writer(seed)
    stream, later, story = [], [], 0
    while len(stream) < count:
        ripe = [pair for pair in later if pair[0] <= len(stream)]
        if ripe:
            later.remove(ripe[0])
            stream.append(ripe[0][1])
            continue
        agency = writer.random.choice(AGENCIES)
        body = writer.body([writer.sentence() for _ in range(sentences)])
        original = writer.article(agency, body)
        stream.append(Article(story, "original", original))
        for article in _related(writer, original, agency, body, story):
            later.append((len(stream) + writer.random.randint(0, 200), article))
        story += 1
    return stream


def distinct(count, seed=1, sentences=10):
    """`count` originals, no two of them related."""
    writer = Writer(seed)
    return [Article(story, "original", writer.article(
        writer.random.choice(AGENCIES), writer.body([writer.sentence() for _ in range(sentences)])))
        for story in range(count)]


def long_articles(count, seed=1):
    """Yields `count` distinct articles of about 6 KB as bytes, from a pool of sentences."""
    writer = Writer(seed)
    pool = [writer.sentence() for _ in range(8000)]
    for number in range(count):
        body = writer.body([*writer.random.choices(pool, k=43), f"The docket of this report has number {number}."])
        yield writer.article(writer.random.choice(AGENCIES), body, captions=2).encode()
