// What the page was given, and how to name it in either language.

const read = id => JSON.parse(document.getElementById("data-" + id).textContent);
const entities = read("nodes");
const links = read("edges");
const context = read("context");
const words = read("words");

let language = words[context.language] ? context.language : "en";
const otherLanguage = () => (language === "zh" ? "en" : "zh");

entities.forEach(entity => {
  entity.links_ = [];
});
links.forEach((link, number) => {
  link.id = number;
  entities[link.from].links_.push(link);
  if (link.to !== link.from) entities[link.to].links_.push(link);
});

/** A phrase of the interface, its {0}, {1} … filled in. */
function say(key, ...values) {
  return words[language][key].replace(/\{(\d)\}/g, (_, i) => values[i]);
}

const count = number => number.toLocaleString(language === "zh" ? "zh-CN" : "en");

/** The best name of an entity in the current language, or in any. */
function nameOf(entity) {
  return (entity.labels[language] || [])[0] || entity.label;
}

/** Its best name in the other language, if that is another word. */
function otherNameOf(entity) {
  const other = (entity.labels[otherLanguage()] || [])[0];
  return other && other !== nameOf(entity) ? other : "";
}

const allNames = entity => [...new Set([entity.label, ...Object.values(entity.labels).flat()])];

const own = (table, key) => (Object.hasOwn(table, key) ? table[key] : undefined);
const inWords = name => name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
const labelIn = (table, key) => (own(table, key) || {})[language] || inWords(key);
const typeName = type => (type === "Other" ? say("other") : labelIn(context.classes, type));
const className = cls => labelIn(context.classes, cls);
const predicateName = predicate => labelIn(context.predicates, predicate);
const statusName = status => own(words[language].status, status) || status;
const isSymmetric = link => Boolean((own(context.predicates, link.predicate) || {}).symmetric);
const otherEnd = (link, id) => (link.from === id ? link.to : link.from);

/** A key that names a link in the address of the page. */
const keyOf = link => `${entities[link.from].iri} ${link.predicate} ${entities[link.to].iri}`;

const traditional = /[\u3400-\u9fff\uf900-\ufaff]/g;

/** Text as it is compared: width, case, accents, punctuation and traditional characters do not count. */
function folded(text) {
  return text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]|(?<=\p{L})['’](?=\p{L})/gu, "")
    .toLowerCase()
    .replace(traditional, character => own(context.simplified, character) || character)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .replace(/(?<=\p{Script=Han}) | (?=\p{Script=Han})/gu, "")
    .trim();
}
